using System.Diagnostics;
using System.Diagnostics.Metrics;
using TraceTrack.Bags;

namespace TraceTrack.Diagnostics;

internal sealed class DeleteOperation(Meter meter, TimeProvider clock) : Operation<IReadOnlyList<DeleteResult>>(clock)
{
    public const string Bags = "delete_bags";

    private readonly Counter<long> _deletions = meter.CreateCounter<long>(TraceTrackDiagnostics.BagDeletions, "{bag}", "Bags deleted, and refused to be");

    protected override bool IsCounted => _deletions.Enabled;

    protected override string Outcome(IReadOnlyList<DeleteResult> result) => "done";

    protected override void Count(string action, string outcome, IReadOnlyList<DeleteResult> result, Activity? activity)
    {
        activity?.SetTag(TraceTrackDiagnostics.CountTag, result.Count);
        foreach (var group in result.GroupBy(one => one.Rejection))
        {
            if (group.Key is { } reason)
                _deletions.Add(group.Count(), new(TraceTrackDiagnostics.OutcomeTag, "refused"), new(TraceTrackDiagnostics.ReasonTag, TagValue.Of(reason)));
            else
                _deletions.Add(group.Count(), new KeyValuePair<string, object?>(TraceTrackDiagnostics.OutcomeTag, "deleted"));
        }
    }
}
