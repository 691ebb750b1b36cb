using BenchmarkDotNet.Attributes;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using ZiggyCreatures.Caching.Fusion;

namespace TraceTrack.Benchmarks.Caching;

/// <summary>What does a look-up by QR code cost that memory answers, against the bare IMemoryCache under it and against other caches?</summary>
[MemoryDiagnoser]
public class MemoryHitBenchmarks
{
    private readonly MemoryCache _memory = Peers.Memory();
    private readonly FusionCache _fusion = Peers.Fusion();
    private ConcurrentLru<string, Bag> _lru = null!;
    private BenchStore _store = null!;
    private CacheNode _node = null!;
    private ServiceProvider _hybridServices = null!;
    private HybridCache _hybrid = null!;
    private QrCode[] _codes = [];
    private int _at;

    /// <summary>One stays in the processor's nearest cache; ten thousand, in random order, do not.</summary>
    [Params(1, 10_000)]
    public int Bags { get; set; }

    [GlobalSetup]
    public async Task FillAsync()
    {
        _store = await BenchStore.FillAsync(Bags);
        _node = await CacheNode.StartAsync(_store);
        _codes = _store.Codes;
        _lru = new(Math.Max(16, 3 * Bags));
        _hybridServices = Peers.Hybrid();
        _hybrid = _hybridServices.GetRequiredService<HybridCache>();
        foreach (var bag in await _node.Bags.FindManyAsync(_codes, CancellationToken.None))
        {
            _memory.Set(bag!.Qr.Value, bag, CacheNode.Life);
            _lru.AddOrUpdate(bag.Qr.Value, bag);
            await _hybrid.SetAsync(bag.Qr.Value, new Kept(bag));
            await _fusion.SetAsync(bag.Qr.Value, bag);
        }

        _store.Bags.Forget();
        Check();
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        if (_store.Bags.Statements != 0)
            throw new InvalidOperationException("Not all was answered by memory.");
        await _node.DisposeAsync();
        await _store.DisposeAsync();
        await _hybridServices.DisposeAsync();
        _fusion.Dispose();
        _memory.Dispose();
    }

    [Benchmark(Baseline = true)]
    public Bag MemoryCache() => _memory.TryGetValue(Next().Value, out Bag? bag) ? bag! : throw Miss();

    [Benchmark]
    public Bag TraceTrack() => Now(_node.Bags.FindAsync(Next(), CancellationToken.None)) ?? throw Miss();

    [Benchmark]
    public Bag HybridCache() => Now(Peers.FindAsync(_hybrid, Next())).Bag;

    [Benchmark]
    public Bag FusionCache() => Now(_fusion.GetOrDefaultAsync<Bag>(Next().Value)) ?? throw Miss();

    [Benchmark]
    public Bag BitFaster() => _lru.TryGet(Next().Value, out var bag) ? bag : throw Miss();

    private QrCode Next()
    {
        var at = _at + 1;
        _at = at < _codes.Length ? at : 0;
        return _codes[_at];
    }

    /// <summary>The answer, which must be there at once.</summary>
    private static T Now<T>(ValueTask<T> answer) => answer.IsCompletedSuccessfully ? answer.GetAwaiter().GetResult() : throw Miss();

    /// <summary>Each cache holds each bag.</summary>
    private void Check()
    {
        foreach (var find in new Func<Bag>[] { MemoryCache, TraceTrack, HybridCache, FusionCache, BitFaster })
        {
            _at = 0;
            for (var i = 1; i <= _codes.Length; i++)
            {
                if (find().Qr != _codes[i % _codes.Length])
                    throw new InvalidOperationException($"A cache does not hold {_codes[i % _codes.Length]}.");
            }
        }
    }

    private static InvalidOperationException Miss() => new("Memory does not hold the bag.");
}
