namespace TraceTrack.Caching;

/// <summary>Asks the store for many keys in one statement; one entry a key, in order, null where there is nothing.</summary>
internal delegate ValueTask<IReadOnlyList<T?>> CacheLoad<T>(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    where T : class;

/// <summary>Memory, then one load for all who ask (the second tier in one round trip, then the store in one statement).</summary>
internal sealed class TieredCache<T>(
    CacheCodec<T> codec, MemoryTier<T> memory, ICacheTier? shared, CacheLifetimes lifetimes, TimeProvider clock, CacheMetrics metrics) : IDisposable
    where T : class
{
    private readonly KindMetrics _metrics = metrics.Of(codec.Kind);

    public MemoryTier<T> Memory => memory;

    public CacheCodec<T> Codec => codec;

    public CacheLifetimes Lifetimes => lifetimes;

    /// <summary>The hit path.</summary>
    public bool TryGet(string key, out T? value)
    {
        if (memory.TryGet(key, out var entry))
        {
            _metrics.MemoryHits(1);
            value = entry.Value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Loads one key that memory does not have. Cancelling ends the wait of this caller only.</summary>
    public async ValueTask<T?> LoadAsync(string key, CacheLoad<T> load, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flight = memory.Join(key, out var begun);
        if (begun)
            _ = new CacheLoader<T>(this, shared, clock, _metrics).RunAsync([flight], load);
        return await flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads many keys: memory for all, then one load for the rest.</summary>
    /// <returns>One value a key, in order; null where there is nothing.</returns>
    public ValueTask<IReadOnlyList<T?>> GetManyAsync(IReadOnlyList<string> keys, CacheLoad<T> load, CancellationToken cancellationToken)
    {
        var values = new T?[keys.Count];
        List<int>? missing = null;
        for (var i = 0; i < values.Length; i++)
        {
            if (memory.TryGet(keys[i], out var entry))
                values[i] = entry.Value;
            else
                (missing ??= []).Add(i);
        }

        _metrics.MemoryHits(values.Length - (missing?.Count ?? 0));
        return missing is null ? new(values) : LoadManyAsync(keys, values, missing, load, cancellationToken);
    }

    public void Dispose() => memory.Dispose();

    private async ValueTask<IReadOnlyList<T?>> LoadManyAsync(
        IReadOnlyList<string> keys, T?[] values, List<int> missing, CacheLoad<T> load, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var joined = new Flight<T>[missing.Count];
        var begun = new List<Flight<T>>(missing.Count);
        for (var i = 0; i < joined.Length; i++)
        {
            joined[i] = memory.Join(keys[missing[i]], out var isOwn);
            if (isOwn)
                begun.Add(joined[i]);
        }

        if (begun.Count > 0)
            _ = new CacheLoader<T>(this, shared, clock, _metrics).RunAsync(begun, load);
        for (var i = 0; i < joined.Length; i++)
            values[missing[i]] = await joined[i].Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return values;
    }
}
