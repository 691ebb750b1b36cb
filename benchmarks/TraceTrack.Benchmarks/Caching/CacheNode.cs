using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using TraceTrack.Bags;
using TraceTrack.Caching;
using TraceTrack.Users;

namespace TraceTrack.Benchmarks.Caching;

/// <summary>One process of an application, as far as one process can have several: the library with its cache, in front of a shared store.</summary>
internal sealed class CacheNode : IAsyncDisposable
{
    /// <summary>Nothing is to expire while it is measured.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ServiceProvider _services;

    private CacheNode(ServiceProvider services)
    {
        _services = services;
        Bags = services.GetRequiredService<IBagStore>();
        Tracker = services.GetRequiredService<ITraceTrack>().As(Actor.System);
    }

    public IBagStore Bags { get; }

    public ITracker Tracker { get; }

    /// <summary>With memory alone.</summary>
    public static Task<CacheNode> StartAsync(BenchStore store) => StartAsync(store, _ => { });

    /// <summary>With a second tier over a connection of the bench's.</summary>
    public static Task<CacheNode> StartAsync(BenchStore store, IConnectionMultiplexer redis) => StartAsync(store, node => node.UseRedis(redis, BePatient));

    /// <summary>With a second tier over a connection of its own.</summary>
    public static Task<CacheNode> StartAsync(BenchStore store, string redis) => StartAsync(store, node => node.UseRedis(redis, BePatient));

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static async Task<CacheNode> StartAsync(BenchStore store, Action<ITraceTrackBuilder> use)
    {
        var services = new ServiceCollection();
        var builder = services.AddTraceTrack();
        store.AddTo(services);
        use(builder.UseCaching(o => o.BagTimeToLive = Life));
        var node = new CacheNode(services.BuildServiceProvider());
        foreach (var hosted in node._services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        return node;
    }

    // A busy computer is no lost Redis: a look-up that gave up would measure the store.
    private static void BePatient(RedisOptions options) =>
        (options.OperationTimeout, options.ConnectTimeout) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
}
