using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;

namespace TraceTrack.Benchmarks.Caching;

/// <summary>Counts what a cache asks of the store, and can hold the answers back until all who are to ask have asked.</summary>
internal sealed class CountingBagStore(IBagStore inner) : IBagStore
{
    private int _statements;
    private int _keys;

    /// <value>Look-ups by code, of one or many.</value>
    public int Statements => Volatile.Read(ref _statements);

    /// <value>Codes asked for in them.</value>
    public int Keys => Volatile.Read(ref _keys);

    /// <value>No look-up is answered before it ends.</value>
    public Task Gate { get; set; } = Task.CompletedTask;

    public void Forget() => (_statements, _keys) = (0, 0);

    public async ValueTask<Bag?> FindAsync(QrCode qr, CancellationToken cancellationToken)
    {
        await CountAsync(1);
        return await inner.FindAsync(qr, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Bag?>> FindManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken)
    {
        await CountAsync(qrs.Count);
        return await inner.FindManyAsync(qrs, cancellationToken);
    }

    public ValueTask<IReadOnlyList<Bag>> ChildrenOfAsync(IReadOnlyList<QrCode> parents, CancellationToken cancellationToken) =>
        inner.ChildrenOfAsync(parents, cancellationToken);

    public ValueTask<IReadOnlyList<Bag>> OnBillsAsync(IReadOnlyList<BillNumber> bills, CancellationToken cancellationToken) =>
        inner.OnBillsAsync(bills, cancellationToken);

    public ValueTask<IReadOnlyList<Bag>> ListAsync(BagFilter filter, Slice<QrCode> slice, CancellationToken cancellationToken) =>
        inner.ListAsync(filter, slice, cancellationToken);

    public ValueTask<IReadOnlyList<QrCode>> SearchAsync(string text, string? area, int limit, CancellationToken cancellationToken) =>
        inner.SearchAsync(text, area, limit, cancellationToken);

    public ValueTask<BagDeletion> DeleteManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken) =>
        inner.DeleteManyAsync(qrs, cancellationToken);

    private Task CountAsync(int keys)
    {
        Interlocked.Increment(ref _statements);
        Interlocked.Add(ref _keys, keys);
        return Gate;
    }
}
