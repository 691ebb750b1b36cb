using System.Diagnostics;
using System.Diagnostics.Metrics;
using TraceTrack.Bills;

namespace TraceTrack.Diagnostics;

internal sealed class RecalculationOperation(Meter meter, TimeProvider clock) : Operation<BillRecalculation>(clock)
{
    public const string Bill = "recalculate_bill";

    private readonly Counter<long> _recalculations = meter.CreateCounter<long>(
        TraceTrackDiagnostics.BillRecalculations, "{bill}", "Bills counted anew: exact, or mended");

    protected override bool IsCounted => _recalculations.Enabled;

    protected override string Outcome(BillRecalculation result) => result.IsExact ? "exact" : "mended";

    protected override void Count(string action, string outcome, BillRecalculation result, Activity? activity)
    {
        activity?.SetTag(TraceTrackDiagnostics.CountTag, result.Differences.Count);
        _recalculations.Add(1, new KeyValuePair<string, object?>(TraceTrackDiagnostics.OutcomeTag, outcome));
    }
}
