using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack.Caching.Simulation;

/// <summary>The simulation's nodes, clients and rules, with a real redis-server and in real time.</summary>
internal sealed class RedisStorm : IAsyncDisposable
{
    private const int Nodes = 3;
    private const int ClientsOfANode = 4;

    private readonly RedisProcess _redis;
    private readonly SharedStore _store = new(TimeProvider.System);
    private readonly Tokens _tokens = new();
    private readonly ToldWrites _told = new(isToldByAnswer: true);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _clients = [];
    private SimNode[] _nodes = [];

    private RedisStorm(RedisProcess redis) => _redis = redis;

    public History History { get; private set; } = null!;

    public static async Task<RedisStorm> StartAsync(RedisProcess redis)
    {
        var storm = new RedisStorm(redis);
        await storm._store.SeedAsync();
        var caching = new CachingOptions();
        Hasten(caching);
        // A machine that is busy with other tests may stand still for seconds, and so do the timers of the cache.
        storm.History = new(new(caching, new(), TimeSpan.FromSeconds(10)), storm._store.Look, Now, new(Now));
        storm._nodes = [.. Enumerable.Range(0, Nodes).Select(storm.NodeOf)];
        foreach (var node in storm._nodes)
            await node.StartAsync();
        foreach (var (node, i) in storm._nodes.SelectMany(node => Enumerable.Range(0, ClientsOfANode).Select(i => (node, i))))
            storm._clients.Add(Task.Run(() => storm.ServeAsync(node, new(i))));
        return storm;
    }

    /// <summary>Ends the clients, and waits until all nodes agree with the store.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients);
        await Eventually.HoldsAsync(async () =>
        {
            foreach (var node in _nodes)
            {
                foreach (var (key, value) in await node.ReadAllAsync(_store))
                {
                    if (!Equals(History.Now(key), value))
                        return false;
                }
            }

            return true;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients);
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _store.DisposeAsync();
        _end.Dispose();
    }

    private static long Now() => TimeProvider.System.GetUtcNow().UtcTicks;

    private static void Hasten(CachingOptions options)
    {
        (options.BagTimeToLive, options.BillTimeToLive, options.SearchTimeToLive) = (TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(8));
        (options.LoginSessionTimeToLive, options.LoginSessionMemoryTimeToLive) = (TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(5));
        (options.AbsenceTimeToLive, options.StaleTimeToLive, options.UnheardTimeToLive) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2));
    }

    private async ValueTask PassStoreAsync(StoreWay way)
    {
        switch (Random.Shared.Next(200))
        {
            case 0 when !_end.IsCancellationRequested:
                throw new StoreFault();
            case < 20:
                await Task.Delay(Random.Shared.Next(1, 30));
                break;
            case < 60:
                await Task.Yield();
                break;
        }
    }

    private SimNode NodeOf(int node)
    {
        var time = new StoreTime(Now);
        return new(
            _store,
            new LayerBelow(time, History, PassStoreAsync),
            new LayerAbove(node, time, History, Now),
            TimeProvider.System,
            traceTrack =>
            {
                traceTrack.UseCaching(Hasten).UseRedis(_redis.ConnectionString);
                traceTrack.Services.AddSingleton<ICacheTier>(provider => new ToldTier(provider.GetRequiredService<RedisTier>(), node, History, _told));
            });
    }

    private async Task ServeAsync(SimNode node, Random chance)
    {
        var workload = new Workload(node.Door, _store, _tokens, chance);
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await workload.ActAsync();
            }
            catch (StoreFault)
            {
                // The store's is the only failure a user may see.
            }

            await Task.Delay(chance.Next(1, 20));
        }
    }
}
