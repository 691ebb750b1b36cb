using System.Diagnostics;
using System.Diagnostics.Metrics;
using TraceTrack.Bills;

namespace TraceTrack.Diagnostics;

internal sealed class BillBatchOperation(Counter<long> changes, TimeProvider clock) : Operation<IReadOnlyList<BillResult>>(clock)
{
    public const string Complete = "complete_bills";
    public const string Reopen = "reopen_bills";

    protected override bool IsCounted => changes.Enabled;

    protected override string Outcome(IReadOnlyList<BillResult> result) => "done";

    protected override void Count(string action, string outcome, IReadOnlyList<BillResult> result, Activity? activity)
    {
        activity?.SetTag(TraceTrackDiagnostics.CountTag, result.Count);
        // A bill counts the same, whichever way it came.
        changes.Add(
            result.Count(one => one.Outcome == BillOutcome.Changed),
            new KeyValuePair<string, object?>(TraceTrackDiagnostics.ActionTag, action == Complete ? BillOperation.Complete : BillOperation.Reopen));
    }
}
