using TraceTrack.Bags;
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
        var attempts = 0;
        var commit = await change.RunAsync(() => inner.RecordAsync(
            request,
            state =>
            {
                var changes = decide(state);
                attempts++;
                change.MayBeCommitted = true;
                MayConcern(change, changes);
                return changes;
            },
            cancellationToken)).ConfigureAwait(false);
        var replays = Replays(commit);
        if (replays.Length > 0)
            ForgetReplayed(change, replays, isRepeated: attempts > 1);
        Collect(change, commit, isKnown: replays.Length == 0);
        await change.CommitAsync().ConfigureAwait(false);
        return commit;
    }

    public ValueTask<IReadOnlyList<Scan>> ListAsync(ScanFilter filter, Slice<ScanPosition> slice, CancellationToken cancellationToken) =>
        inner.ListAsync(filter, slice, cancellationToken);

    public ValueTask<IReadOnlyList<ScanEvent>?> ReadAfterAsync(EventPosition? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadAfterAsync(after, limit, cancellationToken);

    public ValueTask<EventPosition> FindFeedEndAsync(CancellationToken cancellationToken) => inner.FindFeedEndAsync(cancellationToken);

    /// <summary>What is to be forgotten should nobody hear how the write ended: also rows beyond those named, such as the parent that a child is taken out of.</summary>
    private static void MayConcern(CacheChange change, ScanChanges changes)
    {
        foreach (var bag in changes.Bags)
            change.MayConcern(bag.Qr);
        foreach (var bill in changes.Bills)
            change.MayConcern(bill.Number);
        foreach (var scope in ScopesOf(changes))
            change.MayConcern(scope);
        // The children of a claimed parent are named nowhere.
        if (changes.Claims.Count > 0)
            change.MayConcernEverything();
    }

    /// <summary>Scans answered from receipts of before, be they another request's, or those of an attempt of this one whose answer got lost.</summary>
    private static Scan[] Replays(ScanCommit commit) =>
        [.. commit.Changes.Decisions.Where(decision => decision is { IsReplay: true, Scan.EventId: > 0 }).Select(decision => decision.Scan)];

    /// <summary>
    /// What a replayed scan changed may be news to this process, and to Redis: who recorded it may not have lived to tell. A receipt of an
    /// attempt of this request shows that the attempt was committed, with all it decided.
    /// </summary>
    private static void ForgetReplayed(CacheChange change, Scan[] replays, bool isRepeated)
    {
        foreach (var scan in replays.Where(scan => scan.Outcome == ScanOutcome.Recorded))
        {
            foreach (var qr in new[] { scan.Qr, scan.ParentQr, scan.FromParentQr }.OfType<QrCode>())
                change.MayConcern(qr);
            if (scan.BillNumber is { } bill)
                change.MayConcern(bill);
            change.Bump(CacheScopes.AnyArea).Bump(CacheScopes.OfArea(scan.Area));
        }

        if (isRepeated)
            change.Forget();
        else
            change.ForgetRows();
    }

    private static IEnumerable<string> ScopesOf(ScanChanges changes)
    {
        foreach (var area in changes.ChangedAreas.OfType<string>())
            yield return CacheScopes.OfArea(area);
        if (changes.Bags.Any(bag => bag.Version == 0))
            yield return CacheScopes.AnyArea;
    }

    /// <param name="change">What is told.</param>
    /// <param name="commit">What was written.</param>
    /// <param name="isKnown">True when rows that this request did not change are no news to anybody.</param>
    private static void Collect(CacheChange change, ScanCommit commit, bool isKnown)
    {
        var changes = commit.Changes;
        var changedBags = changes.Bags.Select(bag => bag.Qr).ToHashSet();
        foreach (var bag in commit.Bags)
        {
            // The other children of a claimed parent are changed too, and named nowhere else.
            if (!isKnown || changes.Claims.Count > 0 || changedBags.Contains(bag.Qr))
                change.Put(bag);
            else
                change.Keep(bag);
        }

        var changedBills = changes.Bills.Select(bill => bill.Number).ToHashSet();
        foreach (var bill in commit.Bills)
        {
            if (!isKnown || changedBills.Contains(bill.Number))
                change.Put(bill);
            else
                change.Keep(bill);
        }

        foreach (var scope in ScopesOf(changes))
            change.Bump(scope);
    }
}
