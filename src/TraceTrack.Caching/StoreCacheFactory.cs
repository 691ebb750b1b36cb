using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TraceTrack.Caching;

internal static class StoreCacheFactory
{
    public static StoreCache Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<CachingOptions>>().Value;
        var clock = services.GetRequiredService<TimeProvider>();
        var metrics = services.GetRequiredService<CacheMetrics>();
        var shared = services.GetService<ICacheTier>();
        var tenth = options.MemoryLimitBytes / 10;

        TieredCache<T> Tiers<T>(CacheCodec<T> codec, long limit, TimeSpan memory, TimeSpan second, TimeSpan absence)
            where T : class => new(codec, new(codec, limit, clock), shared, new(memory, second, absence), clock, metrics);

        var cache = new StoreCache(
            Tiers(new BagCodec(), 7 * tenth, options.BagTimeToLive, options.BagTimeToLive, options.AbsenceTimeToLive),
            Tiers(new BillCodec(), tenth, options.BillTimeToLive, options.BillTimeToLive, options.AbsenceTimeToLive),
            // That a token is unknown is not kept: whoever tries many would fill the memory.
            Tiers(new LoginSessionCodec(), tenth, options.LoginSessionMemoryTimeToLive, options.LoginSessionTimeToLive, TimeSpan.Zero),
            Tiers(new SearchCodec(), tenth, options.SearchTimeToLive, options.SearchTimeToLive, TimeSpan.Zero),
            shared,
            clock);
        services.GetRequiredService<StoreMessages>().ListenFor(cache);
        metrics.Observe(cache);
        return cache;
    }
}
