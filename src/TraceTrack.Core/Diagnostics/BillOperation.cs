using System.Diagnostics;
using System.Diagnostics.Metrics;
using TraceTrack.Bills;

namespace TraceTrack.Diagnostics;

internal sealed class BillOperation(Meter meter, TimeProvider clock) : Operation<Bill>(clock)
{
    public const string Create = "create_bill";
    public const string Complete = "complete_bill";

    private readonly Counter<long> _changes = meter.CreateCounter<long>(TraceTrackDiagnostics.BillChanges, "{bill}", "Bills created or completed");

    protected override bool IsCounted => _changes.Enabled;

    protected override string Outcome(Bill result) => "done";

    protected override void Count(string action, string outcome, Bill result, Activity? activity)
    {
        activity?.SetTag(TraceTrackDiagnostics.CountTag, result.ParentCount);
        _changes.Add(1, new KeyValuePair<string, object?>(TraceTrackDiagnostics.ActionTag, action));
    }
}
