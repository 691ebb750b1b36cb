using TraceTrack.Paging;
using TraceTrack.Scans;

namespace TraceTrack.Caching;

/// <summary>Scans are not kept; the rows that a batch shows or changes are, as they stand after its commit.</summary>
internal sealed class CachingScanStore(IScanStore inner, StoreCache cache) : IScanStore
{
    public async ValueTask<ScanCommit> RecordAsync(ScanRequest request, Func<ScanState, ScanChanges> decide, CancellationToken cancellationToken)
    {
        var change = cache.Begin();
        foreach (var (qr, _) in request.Bags)
            change.MayConcern(qr);
        foreach (var bill in request.Bills)
            change.MayConcern(bill);
        var commit = await change.RunAsync(() => inner.RecordAsync(
            request,
            state =>
            {
                // Rows beyond those named, such as the parent that a child is taken out of.
                var changes = decide(state);
                foreach (var bag in changes.Bags)
                    change.MayConcern(bag.Qr);
                foreach (var bill in changes.Bills)
                    change.MayConcern(bill.Number);
                return changes;
            },
            cancellationToken)).ConfigureAwait(false);
        Collect(change, commit);
        await change.CommitAsync().ConfigureAwait(false);
        return commit;
    }

    public ValueTask<IReadOnlyList<Scan>> ListAsync(ScanFilter filter, Slice<ScanPosition> slice, CancellationToken cancellationToken) =>
        inner.ListAsync(filter, slice, cancellationToken);

    public ValueTask<IReadOnlyList<ScanEvent>?> ReadAfterAsync(EventPosition? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadAfterAsync(after, limit, cancellationToken);

    private static void Collect(CacheChange change, ScanCommit commit)
    {
        var changes = commit.Changes;
        var changedBags = changes.Bags.Select(bag => bag.Qr).ToHashSet();
        foreach (var bag in commit.Bags)
        {
            // The other children of a claimed parent are changed too, and named nowhere else.
            if (changes.Claims.Count > 0 || changedBags.Contains(bag.Qr))
                change.Put(bag);
            else
                change.Keep(bag);
        }

        var changedBills = changes.Bills.Select(bill => bill.Number).ToHashSet();
        foreach (var bill in commit.Bills)
        {
            if (changedBills.Contains(bill.Number))
                change.Put(bill);
            else
                change.Keep(bill);
        }

        foreach (var area in changes.ChangedAreas.OfType<string>())
            change.Bump(CacheScopes.OfArea(area));
        if (changes.Bags.Any(bag => bag.Version == 0))
            change.Bump(CacheScopes.AnyArea);
    }
}
