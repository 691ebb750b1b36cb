namespace TraceTrack.Caching;

/// <summary>Asks the store for many keys in one statement; one entry a key, in order, null where there is nothing.</summary>
internal delegate ValueTask<IReadOnlyList<T?>> CacheLoad<T>(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    where T : class;

/// <summary>Memory, then one load for all who ask (the second tier in one round trip, then the store in one statement).</summary>
internal sealed class TieredCache<T>(
    CacheCodec<T> codec, MemoryTier<T> memory, SharedTier? shared, CacheLifetimes lifetimes, CacheTime time, KindMetrics metrics, Action<Action>? later = null)
    : IDisposable
    where T : class
{
    /// <summary>Keys of one refreshing load.</summary>
    private const int MostRefreshed = 500;

    private readonly CacheLoader<T> _loader = new(codec, memory, shared, lifetimes, time, metrics, later);

    public MemoryTier<T> Memory => memory;

    public CacheCodec<T> Codec => codec;

    public CacheLifetimes Lifetimes => lifetimes;

    public KindMetrics Metrics => metrics;

    /// <summary>What loads keys of this kind; needed for refreshing only.</summary>
    public CacheLoad<T>? Source { get; set; }

    /// <summary>The hit path.</summary>
    public bool TryGet(string key, out T? value)
    {
        if (memory.TryGet(key, out var entry))
        {
            metrics.MemoryHits(1);
            value = entry.Value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>As <see cref="TryGet"/>, and what memory is about to keep: for who would ask the store instead.</summary>
    public bool TryFind(string key, out T? value) => TryGet(key, out value) || memory.TryGetAnswered(key, out value);

    /// <summary>Loads one key that memory does not have. Cancelling ends the wait of this caller only.</summary>
    public ValueTask<T?> LoadAsync(string key, CacheLoad<T> load, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flight = memory.Join(key, out var begun);
        return begun ? LandAsync(flight, load, cancellationToken) : new(flight.WhenDone().WaitAsync(cancellationToken));
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
                (missing ??= new(values.Length - i)).Add(i);
        }

        metrics.MemoryHits(values.Length - (missing?.Count ?? 0));
        return missing is null ? new(values) : LoadManyAsync(keys, values, missing, load, cancellationToken);
    }

    /// <summary>Keeps a row that a load saw beside what it was for.</summary>
    /// <param name="key">The row's key.</param>
    /// <param name="value">The row.</param>
    /// <param name="begunAt">When the load began.</param>
    /// <param name="generation">The generation then.</param>
    public void Offer(string key, T value, DateTimeOffset begunAt, long generation) =>
        memory.Offer(key, value, codec.VersionOf(value), time.EndIn(lifetimes.Memory, begunAt), generation);

    /// <summary>Loads anew what was asked for shortly before its end: all of it in one statement.</summary>
    public void Refresh()
    {
        if (Source is not { } load)
            return;
        var flights = memory.BeginRefresh(MostRefreshed);
        if (flights.Count == 0)
            return;
        metrics.Refreshed(flights.Count);
        _ = _loader.LandAsync(flights, load, isRefresh: true);
    }

    public void Dispose() => memory.Dispose();

    private async ValueTask<T?> LandAsync(Flight<T> flight, CacheLoad<T> load, CancellationToken cancellationToken)
    {
        await _loader.LandAsync([flight], load, isRefresh: false).WaitAsync(cancellationToken).ConfigureAwait(false);
        return flight.Result;
    }

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
        {
            // Not through the flights: who waits for his own load goes on where it ends, without another thread.
            await _loader.LandAsync(begun, load, isRefresh: false).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        var own = 0;
        for (var i = 0; i < joined.Length; i++)
        {
            if (own < begun.Count && joined[i] == begun[own])
            {
                own++;
                values[missing[i]] = joined[i].Result;
            }
            else
            {
                values[missing[i]] = await joined[i].WhenDone().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return values;
    }
}
