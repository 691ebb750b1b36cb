namespace TraceTrack.Caching;

/// <summary>One load of some keys. It runs on whatever becomes of those who asked, and never throws: each flight lands or fails.</summary>
internal sealed class CacheLoader<T>(TieredCache<T> cache, ICacheTier? shared, TimeProvider clock, KindMetrics metrics)
    where T : class
{
    public async Task RunAsync(IReadOnlyList<Flight<T>> flights, CacheLoad<T> load)
    {
        var rest = flights;
        try
        {
            var stamp = default(byte[]);
            if (shared is not null)
                (stamp, rest) = await ReadSharedAsync(shared, flights).ConfigureAwait(false);
            if (rest.Count == 0)
                return;
            metrics.Load(rest.Count);
            var values = await load([.. rest.Select(flight => flight.Key)], CancellationToken.None).ConfigureAwait(false);
            var kept = LandAll(rest, values);
            rest = [];
            if (stamp is not null && kept.Count > 0)
                await FillAsync(shared!, stamp, kept).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Whatever it is, those who asked get it; landed flights take no second end.
            foreach (var flight in rest)
                cache.Memory.Fail(flight, error);
        }
    }

    private async ValueTask<(byte[]? Stamp, IReadOnlyList<Flight<T>> Missing)> ReadSharedAsync(ICacheTier tier, IReadOnlyList<Flight<T>> flights)
    {
        var answer = await tier.GetAsync(cache.Codec.ScopesOf(flights[0].Key), Array.ConvertAll([.. flights], flight => Key(flight.Key))).ConfigureAwait(false);
        if (answer.Entries.Length == 0)
            return (answer.Stamp, flights);
        var now = clock.GetUtcNow();
        var rest = new List<Flight<T>>(flights.Count);
        for (var i = 0; i < flights.Count; i++)
        {
            // An entry that a fence has made old meanwhile is a miss too: the store has the newer one.
            if (!answer.Entries[i].IsEmpty
                && Envelope.TryRead(cache.Codec, answer.Entries[i].Span, out var value, out var version, out var expiresAt)
                && expiresAt > now && version >= flights[i].Fence)
            {
                cache.Memory.Land(flights[i], value, version, Least(MemoryTime(value), expiresAt - now));
            }
            else
            {
                rest.Add(flights[i]);
            }
        }

        metrics.SharedHits(flights.Count - rest.Count);
        return (answer.Stamp, rest);
    }

    /// <returns>What the shared tier may keep.</returns>
    private List<(string Key, T? Value, long Version)> LandAll(IReadOnlyList<Flight<T>> flights, IReadOnlyList<T?> values)
    {
        var kept = new List<(string, T?, long)>(flights.Count);
        for (var i = 0; i < flights.Count; i++)
        {
            var version = values[i] is { } row ? cache.Codec.VersionOf(row) : 0;
            if (cache.Memory.Land(flights[i], values[i], version, MemoryTime(values[i])) && SharedTime(values[i]) > TimeSpan.Zero)
                kept.Add((flights[i].Key, values[i], version));
        }

        return kept;
    }

    private ValueTask FillAsync(ICacheTier tier, byte[] stamp, List<(string Key, T? Value, long Version)> loaded)
    {
        var now = clock.GetUtcNow();
        var buffer = new PayloadWriter();
        var entries = new List<TierEntry>(loaded.Count);
        foreach (var (key, value, version) in loaded)
        {
            var time = CacheLifetimes.Jitter(SharedTime(value));
            entries.Add(new(Key(key), version, time, Envelope.Write(cache.Codec, buffer, value, version, now + time)));
        }

        return tier.FillAsync(cache.Codec.ScopesOf(loaded[0].Key), stamp, entries);
    }

    private string Key(string key) => CacheKeys.Shared(cache.Codec, key);

    private TimeSpan MemoryTime(T? value) => value is null ? Least(cache.Lifetimes.Absence, cache.Lifetimes.Memory) : cache.Lifetimes.Memory;

    private TimeSpan SharedTime(T? value) => value is null ? Least(cache.Lifetimes.Absence, cache.Lifetimes.Shared) : cache.Lifetimes.Shared;

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
