using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace TraceTrack.Postgres;

/// <summary>What the first batch of a scan locked and read.</summary>
internal sealed record ScanLocks(
    IReadOnlyList<long> LockedBills,
    IReadOnlyList<long> LockedBags,
    IReadOnlyList<Bag> Bags,
    IReadOnlyList<Bill> Bills,
    IReadOnlyList<ScanReceipt> Receipts,
    DateTimeOffset Now,
    long[] EventIds,
    long[] Versions,
    IReadOnlyList<Scan> Undoable)
{
    /// <summary>
    /// True when a row read is not one of those locked: while this transaction waited for a child, the child moved to another parent,
    /// or a parent to another bill. The work then begins anew.
    /// </summary>
    public bool AreStale => Bags.Any(bag => !LockedBags.Contains(bag.Id)) || Bills.Any(bill => !LockedBills.Contains(bill.Id));
}
