using TraceTrack.Bags;

namespace TraceTrack.Caching;

/// <summary>The children of parents: codes by the parent's version, then the rows.</summary>
internal sealed partial class CachingBagStore
{
    public ValueTask<IReadOnlyList<Bag>> ChildrenOfAsync(IReadOnlyList<QrCode> parents, CancellationToken cancellationToken)
    {
        var keys = new List<string>(parents.Count);
        foreach (var qr in parents)
        {
            // Without the parent's version nobody knows which list is the present one, and finding out would take as long as asking for the children.
            if (!cache.Bags.TryFind(qr.Value, out var parent))
                return inner.ChildrenOfAsync(parents, cancellationToken);
            if (parent is { ChildCount: > 0 })
                keys.Add(ChildrenCodec.Key(parent));
        }

        return keys.Count == 0 ? new([]) : FindChildrenAsync(parents, keys, cancellationToken);
    }

    private async ValueTask<IReadOnlyList<Bag>> FindChildrenAsync(IReadOnlyList<QrCode> parents, List<string> keys, CancellationToken cancellationToken)
    {
        var lists = await cache.Children.GetManyAsync(keys, LoadChildrenAsync, cancellationToken).ConfigureAwait(false);
        var holders = new Dictionary<QrCode, QrCode>();
        var isOne = true;
        for (var i = 0; i < keys.Count; i++)
        {
            var parent = ChildrenCodec.ParentOf(keys[i]);
            foreach (var code in lists[i]!.Codes)
                isOne &= holders.TryAdd(code, parent);
        }

        var children = await FindManyAsync([.. holders.Keys.Order()], cancellationToken).ConfigureAwait(false);
        // A row that says otherwise is newer than the list: the parent has changed since, and this process is just hearing of it.
        return isOne && children.All(child => child is not null && child.ParentQr == holders[child.Qr])
            ? [.. children.OfType<Bag>()]
            : await inner.ChildrenOfAsync(parents, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists are loaded with their rows, which memory keeps too.</summary>
    private async ValueTask<IReadOnlyList<CodeList?>> LoadChildrenAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var (begunAt, generation) = (cache.Time.Exact, cache.Time.Generation);
        QrCode[] parents = [.. keys.Select(ChildrenCodec.ParentOf)];
        var children = await inner.ChildrenOfAsync(parents, cancellationToken).ConfigureAwait(false);
        foreach (var child in children)
            cache.Bags.Offer(child.Qr.Value, child, begunAt, generation);
        var lists = children.ToLookup(child => child.ParentQr!.Value, child => child.Qr);
        return Array.ConvertAll(parents, parent => new CodeList([.. lists[parent]]));
    }
}
