using System.Diagnostics;
using TraceTrack.Bags;

namespace TraceTrack.Diagnostics;

/// <summary>An activity only: look-ups are too many to count here, and the store's driver times them.</summary>
internal sealed class SearchOperation(TimeProvider clock) : Operation<IReadOnlyList<Bag>>(clock)
{
    public const string Bags = "search_bags";

    protected override bool IsCounted => false;

    protected override string Outcome(IReadOnlyList<Bag> result) => "done";

    protected override void Count(string action, string outcome, IReadOnlyList<Bag> result, Activity? activity) =>
        activity?.SetTag(TraceTrackDiagnostics.CountTag, result.Count);
}
