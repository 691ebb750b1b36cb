using System.Diagnostics;
using System.Diagnostics.Metrics;
using TraceTrack.Imports;

namespace TraceTrack.Diagnostics;

internal sealed class ImportOperation(Meter meter, TimeProvider clock)
    : Operation<ImportReport>(clock, meter.CreateHistogram(
        TraceTrackDiagnostics.ImportDuration, "s", "How long imports took", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000] }))
{
    public const string Bags = "import_bags";
    public const string Scans = "import_scans";

    private readonly Counter<long> _rows = meter.CreateCounter<long>(TraceTrackDiagnostics.ImportRows, "{row}", "Rows of imports, taken and refused");

    protected override bool IsCounted => _rows.Enabled;

    protected override string Outcome(ImportReport result) => result switch
    {
        { IsReplay: true } => "replayed",
        { IsDryRun: true } => "checked",
        { IsRolledBack: true } => "rolled_back",
        _ => "done",
    };

    protected override void Count(string action, string outcome, ImportReport result, Activity? activity)
    {
        activity?.SetTag(TraceTrackDiagnostics.CountTag, result.RowsRead);
        if (result.IsReplay || result.IsDryRun)
            return;
        var done = new KeyValuePair<string, object?>(TraceTrackDiagnostics.ActionTag, action);
        _rows.Add(
            result.IsRolledBack ? 0 : result.RowsRead - result.RejectedRows - result.Kept, done, new(TraceTrackDiagnostics.OutcomeTag, "taken"));
        if (result.Kept > 0)
            _rows.Add(result.Kept, done, new(TraceTrackDiagnostics.OutcomeTag, "kept"));
        foreach (var (reason, count) in result.Rejected)
            _rows.Add(count, done, new(TraceTrackDiagnostics.OutcomeTag, "refused"), new(TraceTrackDiagnostics.ReasonTag, TagValue.Of(reason)));
    }
}
