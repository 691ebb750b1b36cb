using TraceTrack.Bills;
using TraceTrack.Paging;

namespace TraceTrack.Caching;

/// <summary>Bills by number. What a change returns after its commit is kept: the bill, a deleted one as absence, and the parents on it that it changed. Sums go to the store.</summary>
internal sealed class CachingBillStore(IBillStore inner, StoreCache cache) : IBillStore
{
    private readonly CacheLoad<Bill> _load = cache.Bills.Source = async (keys, cancellationToken) => keys.Count == 1
        ? [await inner.FindAsync(BillNumber.FromStored(keys[0]), cancellationToken).ConfigureAwait(false)]
        : await inner.FindManyAsync([.. keys.Select(BillNumber.FromStored)], cancellationToken).ConfigureAwait(false);

    public ValueTask<Bill?> FindAsync(BillNumber number, CancellationToken cancellationToken) =>
        cache.Bills.TryGet(number.Value, out var bill) ? new(bill) : cache.Bills.LoadAsync(number.Value, _load, cancellationToken);

    public ValueTask<IReadOnlyList<Bill?>> FindManyAsync(IReadOnlyList<BillNumber> numbers, CancellationToken cancellationToken)
    {
        var keys = new string[numbers.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = numbers[i].Value;
        return cache.Bills.GetManyAsync(keys, _load, cancellationToken);
    }

    public ValueTask<IReadOnlyList<Bill>> ListAsync(BillFilter filter, Slice<BillPosition> slice, CancellationToken cancellationToken) =>
        inner.ListAsync(filter, slice, cancellationToken);

    public async ValueTask<Bill?> CreateAsync(CreateBill command, string createdBy, CancellationToken cancellationToken)
    {
        var change = cache.Begin();
        change.MayConcern(command.Number);
        var bill = await change.RunAsync(() => inner.CreateAsync(command, createdBy, cancellationToken)).ConfigureAwait(false);
        if (bill is not null)
            await change.Put(bill).CommitAsync().ConfigureAwait(false);
        return bill;
    }

    public async ValueTask<IReadOnlyList<BillCommit>> ChangeManyAsync(
        IReadOnlyList<BillNumber> numbers, Func<IReadOnlyList<BillState>, IReadOnlyList<BillChange>> decide, CancellationToken cancellationToken)
    {
        var change = cache.Begin();
        foreach (var number in numbers)
            change.MayConcern(number);
        var commits = await change.RunAsync(() => inner.ChangeManyAsync(
            numbers,
            states =>
            {
                foreach (var parent in states.SelectMany(state => state.Parents))
                    change.MayConcern(parent.Qr);
                return decide(states);
            },
            cancellationToken)).ConfigureAwait(false);
        await KeepAsync(change, commits).ConfigureAwait(false);
        return commits;
    }

    public async ValueTask<BillCommit?> RecountAsync(
        BillNumber number, Func<BillState, IReadOnlyList<ParentContent>, BillChange?> decide, CancellationToken cancellationToken)
    {
        var change = cache.Begin();
        change.MayConcern(number);
        var commit = await change.RunAsync(() => inner.RecountAsync(
            number,
            (state, contents) =>
            {
                foreach (var parent in state.Parents)
                    change.MayConcern(parent.Qr);
                return decide(state, contents);
            },
            cancellationToken)).ConfigureAwait(false);
        if (commit is not null)
            await KeepAsync(change, [commit]).ConfigureAwait(false);
        return commit;
    }

    public ValueTask<IReadOnlyList<BillerSummary>> SummarizeAsync(TimeRange created, CancellationToken cancellationToken) =>
        inner.SummarizeAsync(created, cancellationToken);

    private static ValueTask KeepAsync(CacheChange change, IReadOnlyList<BillCommit> commits)
    {
        foreach (var commit in commits)
        {
            _ = commit.IsDeletion ? change.Delete(commit.Bill) : change.Put(commit.Bill);
            foreach (var parent in commit.Parents)
                change.Put(parent);
        }

        return change.CommitAsync();
    }
}
