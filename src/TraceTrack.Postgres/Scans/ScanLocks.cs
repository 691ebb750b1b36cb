using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace TraceTrack.Postgres;

/// <summary>What the first batch of a scan locked and read.</summary>
internal sealed record ScanLocks(
    IReadOnlySet<long> LockedBills,
    IReadOnlySet<long> LockedBags,
    IReadOnlyList<Bag> Bags,
    IReadOnlyList<Bill> Bills,
    IReadOnlyList<ScanReceipt> Receipts,
    DateTimeOffset Now,
    long[] EventIds,
    long[] Versions,
    IReadOnlyList<Scan> Latest)
{
    /// <summary>
    /// True when a row read is not one of those locked: while this transaction waited for a child, the child moved to another parent,
    /// or a parent to another bill. True also when a code that was there, or was to be registered, is gone: its bag was deleted
    /// meanwhile. The work then begins anew. A code that only an Undo is about may well be gone: nothing registers it, and its absence is
    /// what refuses the Undo.
    /// </summary>
    public bool AreStale(ScanRequest request)
    {
        if (Bags.Any(bag => !LockedBags.Contains(bag.Id)) || Bills.Any(bill => !LockedBills.Contains(bill.Id)))
            return true;
        if (!request.RegisterUnknownBags)
            return false;
        var read = Bags.Select(bag => bag.Qr).ToHashSet();
        return request.Bags.Any(bag => !read.Contains(bag.Qr));
    }
}
