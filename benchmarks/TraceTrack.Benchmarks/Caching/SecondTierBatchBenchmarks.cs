using BenchmarkDotNet.Attributes;
using StackExchange.Redis;
using TraceTrack.Bags;

namespace TraceTrack.Benchmarks.Caching;

/// <summary>
/// What do a hundred bags cost that Redis answers, against one bare MGET of the same values? The other caches have no batch, so they are asked
/// for all hundred at once, which shares round trips where they can be shared.
/// </summary>
[MemoryDiagnoser]
public class SecondTierBatchBenchmarks : SecondTierBenchmarks
{
    private const int BatchSize = 100;
    private const int Batches = Bags / BatchSize;

    private QrCode[][] _codes = [];
    private RedisKey[][] _names = [];
    private int _at;

    [Benchmark(Baseline = true, OperationsPerInvoke = Batches)]
    public async Task<long> Redis()
    {
        long bytes = 0;
        for (var i = 0; i < Batches; i++)
            bytes += (await Database.StringGetAsync(_names[_at++])).Length;
        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Batches)]
    public async Task TraceTrack()
    {
        for (var i = 0; i < Batches; i++, _at++)
            Check((await Node.FindManyAsync(_codes[_at], CancellationToken.None))[^1], _codes[_at][^1]);
    }

    [Benchmark(OperationsPerInvoke = Batches)]
    public async Task HybridCache()
    {
        for (var i = 0; i < Batches; i++, _at++)
            Check((await Task.WhenAll(_codes[_at].Select(qr => Peers.FindAsync(Hybrid, qr).AsTask())))[^1].Bag, _codes[_at][^1]);
    }

    [Benchmark(OperationsPerInvoke = Batches)]
    public async Task FusionCache()
    {
        for (var i = 0; i < Batches; i++, _at++)
            Check((await Task.WhenAll(_codes[_at].Select(qr => Peers.FindAsync(Fusion, qr).AsTask())))[^1], _codes[_at][^1]);
    }

    protected override void Start()
    {
        _codes = [.. Codes.Chunk(BatchSize)];
        _names = [.. Names.Chunk(BatchSize)];
        _at = 0;
    }
}
