using System.Diagnostics;
using System.Diagnostics.Metrics;
using TraceTrack.Scans;

namespace TraceTrack.Diagnostics;

internal sealed class ScanOperation(Meter meter, TimeProvider clock)
    : Operation<ScanResult>(clock, meter.CreateHistogram(
        TraceTrackDiagnostics.ScanDuration, "s", "How long scans took", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] }))
{
    private readonly Counter<long> _scans = meter.CreateCounter<long>(TraceTrackDiagnostics.Scans, "{scan}", "Scans answered");
    private readonly Counter<long> _rejections = meter.CreateCounter<long>(TraceTrackDiagnostics.ScanRejections, "{scan}", "Scans rejected, by reason");

    protected override bool IsCounted => _scans.Enabled || _rejections.Enabled;

    protected override string Outcome(ScanResult result) => TagValue.Of(result.Outcome);

    protected override void Count(string action, string outcome, ScanResult result, Activity? activity)
    {
        activity?.SetTag(TraceTrackDiagnostics.CountTag, 1);
        _scans.Add(1, new(TraceTrackDiagnostics.ActionTag, action), new(TraceTrackDiagnostics.OutcomeTag, outcome));
        if (result.Rejection is not { } rejection)
            return;
        var reason = TagValue.Of(rejection);
        activity?.SetTag(TraceTrackDiagnostics.ReasonTag, reason);
        _rejections.Add(1, new(TraceTrackDiagnostics.ActionTag, action), new(TraceTrackDiagnostics.ReasonTag, reason));
    }
}
