using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TraceTrack.Diagnostics;

internal sealed class ExportOperation(Meter meter, TimeProvider clock)
    : Operation<long>(clock, meter.CreateHistogram(
        TraceTrackDiagnostics.ExportDuration, "s", "How long exports took", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000] }))
{
    public const string Bags = "export_bags";

    private readonly Counter<long> _rows = meter.CreateCounter<long>(TraceTrackDiagnostics.ExportRows, "{row}", "Rows of exports");

    protected override bool IsCounted => _rows.Enabled;

    protected override string Outcome(long result) => "done";

    protected override void Count(string action, string outcome, long result, Activity? activity)
    {
        activity?.SetTag(TraceTrackDiagnostics.CountTag, result);
        _rows.Add(result, new KeyValuePair<string, object?>(TraceTrackDiagnostics.ActionTag, action));
    }
}
