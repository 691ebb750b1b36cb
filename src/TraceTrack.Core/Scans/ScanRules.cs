using TraceTrack.Users;

namespace TraceTrack.Scans;

/// <summary>The rules of scanning, as one pure function of the locked rows. It has no clock and does no I/O.</summary>
public static class ScanRules
{
    /// <summary>Decides a batch of scans one after the other; each sees what the ones before it changed.</summary>
    /// <param name="state">The locked rows. Changed by the decision: a new attempt needs a new state.</param>
    /// <param name="commands">The scans.</param>
    /// <param name="actor">Who scans.</param>
    /// <param name="options">The warehouse's rules.</param>
    /// <returns>What to write.</returns>
    public static ScanChanges Decide(ScanState state, IReadOnlyList<RecordScan> commands, Actor actor, TraceTrackOptions options)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(options);
        var decider = new ScanDecider(state, actor, options);
        var decisions = new ScanDecision[commands.Count];
        for (var i = 0; i < decisions.Length; i++)
            decisions[i] = decider.Decide(commands[i]);
        return new()
        {
            Decisions = decisions,
            Bags = [.. state.ChangedBags.OrderBy(bag => bag.Id)],
            UnusedBags = [.. state.UnusedBags],
            Bills = [.. state.ChangedBills.OrderBy(bill => bill.Id)],
            EndedLinks = decider.EndedLinks,
            Claims = decider.Claims,
            ChangedAreas = [.. state.ChangedAreas],
        };
    }
}
