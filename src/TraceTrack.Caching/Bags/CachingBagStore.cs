using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;

namespace TraceTrack.Caching;

/// <summary>Bags by code, searches, and which children a parent has. A deletion is kept as absence. Lists and bills' parents go to the store: they follow from many rows at once.</summary>
internal sealed partial class CachingBagStore(IBagStore inner, StoreCache cache) : IBagStore
{
    private readonly CacheLoad<Bag> _load = cache.Bags.Source = async (keys, cancellationToken) => keys.Count == 1
        ? [await inner.FindAsync(QrCode.FromStored(keys[0]), cancellationToken).ConfigureAwait(false)]
        : await inner.FindManyAsync([.. keys.Select(QrCode.FromStored)], cancellationToken).ConfigureAwait(false);

    public ValueTask<Bag?> FindAsync(QrCode qr, CancellationToken cancellationToken) =>
        cache.Bags.TryGet(qr.Value, out var bag) ? new(bag) : cache.Bags.LoadAsync(qr.Value, _load, cancellationToken);

    public ValueTask<IReadOnlyList<Bag?>> FindManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken)
    {
        var keys = new string[qrs.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = qrs[i].Value;
        return cache.Bags.GetManyAsync(keys, _load, cancellationToken);
    }

    public ValueTask<IReadOnlyList<Bag>> OnBillsAsync(IReadOnlyList<BillNumber> bills, CancellationToken cancellationToken) =>
        inner.OnBillsAsync(bills, cancellationToken);

    public ValueTask<IReadOnlyList<Bag>> ListAsync(BagFilter filter, Slice<QrCode> slice, CancellationToken cancellationToken) =>
        inner.ListAsync(filter, slice, cancellationToken);

    public async ValueTask<IReadOnlyList<QrCode>> SearchAsync(string text, string? area, int limit, CancellationToken cancellationToken)
    {
        // The epoch of before the load: an answer that a change has overtaken is kept under a key that nobody asks for any more.
        var key = SearchCodec.Key(cache.Epochs.Of(CacheScopes.OfArea(area)), text, area, limit);
        if (!cache.Searches.TryGet(key, out var answer))
        {
            answer = await cache.Searches.LoadAsync(
                key,
                async (_, token) => [new CodeList(await inner.SearchAsync(text, area, limit, token).ConfigureAwait(false))],
                cancellationToken).ConfigureAwait(false);
        }

        return answer!.Codes;
    }

    public async ValueTask<BagDeletion> DeleteManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken)
    {
        var change = cache.Begin();
        foreach (var qr in qrs)
            change.MayConcern(qr);
        // Which areas the bags have nobody says before they are gone, and searches of those know them.
        change.MayConcernEverything();
        var deletion = await change.RunAsync(() => inner.DeleteManyAsync(qrs, cancellationToken)).ConfigureAwait(false);
        foreach (var bag in deletion.Bags)
        {
            change.Delete(bag).Bump(CacheScopes.AnyArea);
            if (bag.Area is { } area)
                change.Bump(CacheScopes.OfArea(area));
        }

        await change.CommitAsync().ConfigureAwait(false);
        return deletion;
    }
}
