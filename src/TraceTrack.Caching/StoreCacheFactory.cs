using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TraceTrack.Caching;

internal static class StoreCacheFactory
{
    public static StoreCache Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<CachingOptions>>().Value;
        var metrics = services.GetRequiredService<CacheMetrics>();
        // Real time, not the application's clock: it is the network that is waited for.
        var network = services.GetService<NetworkClock>();
        var shared = services.GetService<ICacheTier>() is { } tier
            ? new SharedTier(
                tier, services.GetRequiredService<SecondTierOptions>(), options.UnheardTimeToLive, network?.Clock ?? TimeProvider.System,
                metrics, services.GetRequiredService<ILogger<SharedTier>>())
            : null;
        var cache = Create(options, shared, services.GetRequiredService<TimeProvider>(), metrics, network);
        metrics.Observe(cache);
        cache.Start();
        return cache;
    }

    private static StoreCache Create(
        CachingOptions options, SharedTier? shared, TimeProvider clock, CacheMetrics metrics, NetworkClock? network)
    {
        var time = new CacheTime(clock, options.UnheardTimeToLive, network?.Chance);
        var tenth = options.MemoryLimitBytes / 10;

        TieredCache<T> Tiers<T>(CacheCodec<T> codec, long limit, CacheLifetimes lifetimes, bool isShared = true)
            where T : class => new(
                codec, new(codec, limit, lifetimes, time, network?.Continuations ?? TaskCreationOptions.RunContinuationsAsynchronously),
                isShared ? shared : null, lifetimes, time, metrics.Of(codec.Kind), network?.Later);

        return new(
            Tiers(new BagCodec(), 6 * tenth, new(options.BagTimeToLive, options.BagTimeToLive, options.AbsenceTimeToLive, options.StaleTimeToLive, IsRefreshed: true)),
            Tiers(new BillCodec(), tenth, new(options.BillTimeToLive, options.BillTimeToLive, options.AbsenceTimeToLive, options.StaleTimeToLive, IsRefreshed: true)),
            // That a token is unknown is not kept: whoever tries many would fill the memory. And nobody goes on with a session that cannot be looked up.
            Tiers(
                new LoginSessionCodec(), tenth,
                new(options.LoginSessionMemoryTimeToLive, options.LoginSessionTimeToLive, TimeSpan.Zero, TimeSpan.Zero, IsRefreshed: false)),
            Tiers(new SearchCodec(), tenth, new(options.SearchTimeToLive, options.SearchTimeToLive, TimeSpan.Zero, TimeSpan.Zero, IsRefreshed: false)),
            Tiers(new ChildrenCodec(), tenth, new(options.BagTimeToLive, options.BagTimeToLive, TimeSpan.Zero, TimeSpan.Zero, IsRefreshed: false), isShared: false),
            shared,
            time);
    }
}
