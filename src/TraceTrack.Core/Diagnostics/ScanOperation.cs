using System.Diagnostics;
using TraceTrack.Scans;

namespace TraceTrack.Diagnostics;

internal sealed class ScanOperation(ScanInstruments instruments, TimeProvider clock) : Operation<ScanResult>(clock, instruments.Duration)
{
    protected override bool IsCounted => instruments.AreCounted;

    protected override string Outcome(ScanResult result) => TagValue.Of(result.Outcome);

    protected override void Count(string action, string outcome, ScanResult result, Activity? activity)
    {
        activity?.SetTag(TraceTrackDiagnostics.CountTag, 1);
        instruments.Count(action, outcome, result.Rejection);
        if (result.Rejection is { } rejection)
            activity?.SetTag(TraceTrackDiagnostics.ReasonTag, TagValue.Of(rejection));
    }
}
