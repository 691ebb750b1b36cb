using System.Diagnostics.Metrics;

namespace TraceTrack.Diagnostics;

internal sealed class SessionCounter(Meter meter)
{
    private readonly Counter<long> _sessions = meter.CreateCounter<long>(TraceTrackDiagnostics.LoginSessions, "{session}", "Login sessions started, found and refused");

    public void Started() => Add("started");

    public void Answered(bool found) => Add(found ? "found" : "refused");

    private void Add(string outcome) => _sessions.Add(1, new KeyValuePair<string, object?>(TraceTrackDiagnostics.OutcomeTag, outcome));
}
