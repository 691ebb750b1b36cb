using System.Diagnostics.Metrics;
using TraceTrack.Scans;

namespace TraceTrack.Diagnostics;

/// <summary>What single scans and batches measure alike: a scan counts the same, whichever way it came.</summary>
internal sealed class ScanInstruments(Meter meter)
{
    private readonly Counter<long> _scans = meter.CreateCounter<long>(TraceTrackDiagnostics.Scans, "{scan}", "Scans answered");
    private readonly Counter<long> _rejections = meter.CreateCounter<long>(TraceTrackDiagnostics.ScanRejections, "{scan}", "Scans rejected, by reason");

    public Histogram<double> Duration { get; } = meter.CreateHistogram(
        TraceTrackDiagnostics.ScanDuration, "s", "How long scans took", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    public bool AreCounted => _scans.Enabled || _rejections.Enabled;

    public void Count(string action, string outcome, ScanRejection? rejection)
    {
        _scans.Add(1, new(TraceTrackDiagnostics.ActionTag, action), new(TraceTrackDiagnostics.OutcomeTag, outcome));
        if (rejection is { } reason)
            _rejections.Add(1, new(TraceTrackDiagnostics.ActionTag, action), new(TraceTrackDiagnostics.ReasonTag, TagValue.Of(reason)));
    }
}
