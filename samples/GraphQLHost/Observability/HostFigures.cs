using System.Globalization;
using GraphQLHost.Live;
using TraceTrack.Caching;

namespace GraphQLHost.Observability;

/// <param name="Tier">memory or redis.</param>
/// <param name="Hits">Keys that it answered.</param>
/// <param name="Misses">Keys that it was asked for and lacked.</param>
internal sealed record TierFigures(string Tier, long Hits, long Misses)
{
    public decimal? HitRatio => Hits + Misses > 0 ? (decimal)Hits / (Hits + Misses) : null;
}

/// <summary>How this host is, as of one moment.</summary>
internal sealed record HostSnapshot(
    string Node, DateTimeOffset At, long UptimeSeconds, decimal RequestsPerSecond, decimal ErrorsPerSecond, decimal? P50Ms, decimal? P95Ms, decimal? P99Ms,
    IReadOnlyList<TierFigures> Cache, PoolFigures? Pool, decimal MemoryMb, long Subscriptions, decimal? FeedLagMs);

/// <summary>Gathers what the host knows of itself. Nobody else is asked: neither the store nor Redis.</summary>
internal sealed class HostFigures(RequestWindow requests, PoolWatch pool, StreamPlaces places, LiveFeed feed, TimeProvider clock, CacheStatistics? cache = null)
{
    private const decimal Mebibyte = 1024 * 1024;

    private static readonly string Node = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");

    private readonly long _started = clock.GetTimestamp();

    public HostSnapshot Read()
    {
        var window = requests.Read();
        return new(
            Node, clock.GetUtcNow(), (long)clock.GetElapsedTime(_started).TotalSeconds,
            (decimal)(window.Count / window.Seconds), (decimal)(window.Failed / window.Seconds),
            Milliseconds(window.P50), Milliseconds(window.P95), Milliseconds(window.P99),
            Tiers(window.CacheBefore), pool.Read(), Environment.WorkingSet / Mebibyte, places.Taken, Milliseconds(feed.Lag));
    }

    private TierFigures[] Tiers(CacheReads? before)
    {
        if (cache is null)
            return [];
        var now = cache.Read();
        var from = before ?? now;
        var (memory, shared, store) = (now.Memory - from.Memory, now.Shared - from.Shared, now.Store - from.Store);
        return [new("memory", memory, shared + store), new("redis", shared, store)];
    }

    private static decimal? Milliseconds(TimeSpan? time) => time is { } known ? (decimal)known.TotalMilliseconds : null;
}
