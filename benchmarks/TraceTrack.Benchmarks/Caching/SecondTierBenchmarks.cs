using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TraceTrack.Bags;
using TraceTrack.LocalServices;
using ZiggyCreatures.Caching.Fusion;

namespace TraceTrack.Benchmarks.Caching;

/// <summary>
/// What all subjects of the second tier share: one redis-server, one connection to it, and ten thousand bags that each of them keeps there in
/// its own form.
/// </summary>
/// <remarks>
/// Memory never has what is asked for: each iteration begins with new caches, empty in memory and with room for everything, and asks for each
/// bag at most once. A memory kept too small instead would measure how it throws entries out. So the time includes filling memory, which
/// every hit of a second tier does.
/// </remarks>
public abstract class SecondTierBenchmarks
{
    protected const int Bags = 10_000;

    private BenchStore _store = null!;
    private LocalRedis _server = null!;
    private ConnectionMultiplexer _connection = null!;
    private RedisCache _shared = null!;
    private CacheNode _node = null!;
    private ServiceProvider _hybridServices = null!;

    protected IDatabase Database { get; private set; } = null!;

    protected IBagStore Node => _node.Bags;

    protected HybridCache Hybrid { get; private set; } = null!;

    protected FusionCache Fusion { get; private set; } = null!;

    protected QrCode[] Codes { get; private set; } = [];

    /// <value>Where the library keeps the bags, in the order of <see cref="Codes"/>.</value>
    protected RedisKey[] Names { get; private set; } = [];

    [GlobalSetup(Targets = ["Redis", "TraceTrack"])]
    public async Task FillAsync()
    {
        await StartAsync();
        await Node.FindManyAsync(Codes, CancellationToken.None);
        Names = await FindNamesAsync();
        _store.Bags.Forget();
        Open();
        await CheckAsync(await Node.FindManyAsync(Codes, CancellationToken.None));
    }

    [GlobalSetup(Target = "HybridCache")]
    public async Task FillHybridCacheAsync()
    {
        await StartAsync();
        await FillAsync(bag => Hybrid.SetAsync(bag.Qr.Value, new Kept(bag)));
        await CheckAsync(await Task.WhenAll(Codes.Select(async qr => (await Peers.FindAsync(Hybrid, qr)).Bag)));
    }

    [GlobalSetup(Target = "FusionCache")]
    public async Task FillFusionCacheAsync()
    {
        await StartAsync();
        await FillAsync(bag => Fusion.SetAsync(bag.Qr.Value, bag));
        await CheckAsync(await Task.WhenAll(Codes.Select(qr => Peers.FindAsync(Fusion, qr).AsTask())));
    }

    [IterationSetup]
    public void Open()
    {
        Close();
        _node = CacheNode.StartAsync(_store, _connection).GetAwaiter().GetResult();
        _hybridServices = Peers.Hybrid(_shared);
        Hybrid = _hybridServices.GetRequiredService<HybridCache>();
        Fusion = Peers.Fusion(_shared);
        Start();
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        Close();
        if (_store.Bags.Statements != 0)
            throw new InvalidOperationException("Not all was answered by the second tier.");
        _shared.Dispose();
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }

    /// <summary>Begins with the first bag again.</summary>
    protected abstract void Start();

    protected static void Check(Bag? bag, QrCode expected)
    {
        if (bag?.Qr != expected)
            throw new InvalidOperationException($"A second tier does not hold {expected}.");
    }

    private async Task StartAsync()
    {
        _server = await LocalRedis.FindOrStartAsync(new() { Name = "bench-cache", Ephemeral = true }, NullLogger.Instance)
            ?? throw new InvalidOperationException("No Redis to measure. " + LocalServicesAdvice.InstallRedis);
        _connection = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString);
        Database = _connection.GetDatabase();
        _shared = Peers.Shared(_connection);
        _store = await BenchStore.FillAsync(Bags);
        Codes = _store.Codes;
        Open();
    }

    /// <summary>Another cache, whose memory is empty again afterwards.</summary>
    private async Task FillAsync(Func<Bag, ValueTask> set)
    {
        foreach (var bags in (await _store.Bags.FindManyAsync(Codes, CancellationToken.None)).Chunk(1_000))
            await Task.WhenAll(bags.Select(bag => set(bag!).AsTask()));
        _store.Bags.Forget();
        Open();
    }

    /// <summary>All that was found is what is stored.</summary>
    private async Task CheckAsync(IReadOnlyList<Bag?> found)
    {
        var stored = await _store.Bags.FindManyAsync(Codes, CancellationToken.None);
        if (!found.SequenceEqual(stored))
            throw new InvalidOperationException("A second tier does not hold what is stored.");
        if (_store.Bags.Statements != 1)
            throw new InvalidOperationException("Not all was answered by the second tier.");
        _store.Bags.Forget();
    }

    private void Close()
    {
        _node?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _hybridServices?.Dispose();
        Fusion?.Dispose();
    }

    /// <summary>
    /// The bare floor reads the very values that the library does; their names end with the code. A load answers before it has filled the
    /// second tier, so they come to be there a little later.
    /// </summary>
    private async Task<RedisKey[]> FindNamesAsync()
    {
        var names = new Dictionary<string, RedisKey>(StringComparer.Ordinal);
        for (var deadline = Environment.TickCount64 + 20_000; names.Count < Bags; await Task.Delay(10))
        {
            if (Environment.TickCount64 > deadline)
                throw new InvalidOperationException($"The library keeps {names.Count} bags in Redis, {Bags} expected.");
            await foreach (var name in _connection.GetServers()[0].KeysAsync(pattern: "*:b:CB*", pageSize: Bags))
                names[name.ToString().Split(':')[^1]] = name;
        }

        return Array.ConvertAll(Codes, qr => names[qr.Value]);
    }
}
