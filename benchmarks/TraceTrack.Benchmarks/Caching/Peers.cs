using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using TraceTrack.Bags;
using ZiggyCreatures.Caching.Fusion;

namespace TraceTrack.Benchmarks.Caching;

/// <summary>The other caches, each new and empty in memory, over the same second tier when there is one.</summary>
internal static class Peers
{
    public static MemoryCache Memory() => new(new MemoryCacheOptions());

    /// <summary>The second tier of both, over the connection that all subjects share.</summary>
    public static RedisCache Shared(IConnectionMultiplexer redis) => new(new RedisCacheOptions { ConnectionMultiplexerFactory = () => Task.FromResult(redis) });

    /// <returns>Services that hold a HybridCache.</returns>
    public static ServiceProvider Hybrid(IDistributedCache? shared = null)
    {
        var services = new ServiceCollection();
        if (shared is not null)
            services.AddSingleton(shared);
        services.AddHybridCache(o => o.DefaultEntryOptions = new() { Expiration = CacheNode.Life, LocalCacheExpiration = CacheNode.Life })
            .AddSerializer<Kept, BagBytes>();
        return services.BuildServiceProvider();
    }

    public static FusionCache Fusion(IDistributedCache? shared = null)
    {
        var cache = new FusionCache(new FusionCacheOptions { DefaultEntryOptions = new(CacheNode.Life), DisableTagging = true }, Memory());
        if (shared is not null)
            cache.SetupSerializer(new BagBytes()).SetupDistributedCache(shared);
        return cache;
    }

    public static ValueTask<Kept> FindAsync(HybridCache cache, QrCode qr) =>
        cache.GetOrCreateAsync<Kept>(qr.Value, static _ => throw new InvalidOperationException("HybridCache does not hold the bag."));

    public static async ValueTask<Bag> FindAsync(FusionCache cache, QrCode qr) =>
        await cache.GetOrDefaultAsync<Bag>(qr.Value) ?? throw new InvalidOperationException("FusionCache does not hold the bag.");
}
