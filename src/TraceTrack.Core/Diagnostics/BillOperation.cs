using System.Diagnostics;
using System.Diagnostics.Metrics;
using TraceTrack.Bills;

namespace TraceTrack.Diagnostics;

internal sealed class BillOperation(Counter<long> changes, TimeProvider clock) : Operation<Bill>(clock)
{
    public const string Create = "create_bill";
    public const string Complete = "complete_bill";
    public const string Reopen = "reopen_bill";
    public const string Resize = "resize_bill";
    public const string Delete = "delete_bill";

    protected override bool IsCounted => changes.Enabled;

    protected override string Outcome(Bill result) => "done";

    protected override void Count(string action, string outcome, Bill result, Activity? activity)
    {
        activity?.SetTag(TraceTrackDiagnostics.CountTag, result.ParentCount);
        changes.Add(1, new KeyValuePair<string, object?>(TraceTrackDiagnostics.ActionTag, action));
    }
}
