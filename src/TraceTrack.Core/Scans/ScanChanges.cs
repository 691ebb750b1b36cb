using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.Scans;

/// <summary>What became of one scan of a batch.</summary>
/// <param name="Scan">Its log row; for a replay the first one's.</param>
/// <param name="IsReplay">True when it was answered from a receipt and writes nothing.</param>
/// <param name="KeepsReceipt">True when a receipt is written with the log row.</param>
/// <param name="PayloadHash">What the receipt remembers of the command.</param>
public sealed record ScanDecision(Scan Scan, bool IsReplay, bool KeepsReceipt, Guid PayloadHash);

/// <summary>A parent without area that a dispatcher claimed: its other children, not among the locked rows, follow.</summary>
/// <param name="ParentId">Key of the parent.</param>
/// <param name="Area">The new area.</param>
/// <param name="ChangedAt">The time of the change.</param>
public sealed record AreaClaim(long ParentId, string Area, DateTimeOffset ChangedAt);

/// <summary>What a batch of scans wants written, in one transaction.</summary>
public sealed class ScanChanges
{
    /// <summary>One decision a command, in order. Those that are no replays are written to the log in this order.</summary>
    public required IReadOnlyList<ScanDecision> Decisions { get; init; }

    /// <summary>Bags with their new values, ordered by key; the store gives each a new version. Version 0 registers the bag.</summary>
    public required IReadOnlyList<Bag> Bags { get; init; }

    /// <summary>Codes shown as bags of version 0 that are not to be registered.</summary>
    public required IReadOnlyList<QrCode> UnusedBags { get; init; }

    /// <summary>Bills with their new values, ordered by key; the store gives each a new version.</summary>
    public required IReadOnlyList<Bill> Bills { get; init; }

    /// <summary>Stays of children that ended.</summary>
    public required IReadOnlyList<LinkInterval> EndedLinks { get; init; }

    /// <summary>Parents whose remaining children take an area.</summary>
    public required IReadOnlyList<AreaClaim> Claims { get; init; }

    /// <summary>Areas (null: none) that gained or lost a bag: where one was registered, where one went, and where it came from.</summary>
    public required IReadOnlyCollection<string?> ChangedAreas { get; init; }

    /// <summary>Scans that were taken back, each with the Undo that did it; the store marks their receipts.</summary>
    public IEnumerable<(ScanId Scan, ScanId UndoneBy)> Undone => Decisions
        .Where(decision => decision is { IsReplay: false, Scan: { Action: ScanAction.Undo, Outcome: ScanOutcome.Recorded } })
        .Select(decision => (decision.Scan.Undoes!.Value, decision.Scan.ScanId));

    /// <summary>True when every scan was a replay: the store rolls back.</summary>
    public bool IsNothing => Decisions.All(decision => decision.IsReplay);
}

/// <summary>What a store wrote for a batch of scans.</summary>
/// <param name="Changes">The decision that was written.</param>
/// <param name="EventIds">Keys of the log rows, one a decision; a replay's is the first one's.</param>
/// <param name="Bags">All bags shown to the decision or changed, as they stand after the commit; those not registered are left out.</param>
/// <param name="Bills">All bills shown to the decision, as they stand after the commit.</param>
public sealed record ScanCommit(
    ScanChanges Changes, IReadOnlyList<long> EventIds, IReadOnlyList<Bag> Bags, IReadOnlyList<Bill> Bills);
