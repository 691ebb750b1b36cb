using BenchmarkDotNet.Attributes;

namespace TraceTrack.Benchmarks.Caching;

/// <summary>What does one look-up cost that Redis answers, against its bare GET and against other caches over the same server?</summary>
[MemoryDiagnoser]
public class SecondTierHitBenchmarks : SecondTierBenchmarks
{
    private const int Hits = 1_000;

    private int _at;

    [Benchmark(Baseline = true, OperationsPerInvoke = Hits)]
    public async Task<long> Redis()
    {
        long bytes = 0;
        for (var i = 0; i < Hits; i++)
            bytes += (await Database.StringGetAsync(Names[_at++])).Length();
        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Hits)]
    public async Task TraceTrack()
    {
        for (var i = 0; i < Hits; i++, _at++)
            Check(await Node.FindAsync(Codes[_at], CancellationToken.None), Codes[_at]);
    }

    [Benchmark(OperationsPerInvoke = Hits)]
    public async Task HybridCache()
    {
        for (var i = 0; i < Hits; i++, _at++)
            Check((await Peers.FindAsync(Hybrid, Codes[_at])).Bag, Codes[_at]);
    }

    [Benchmark(OperationsPerInvoke = Hits)]
    public async Task FusionCache()
    {
        for (var i = 0; i < Hits; i++, _at++)
            Check(await Peers.FindAsync(Fusion, Codes[_at]), Codes[_at]);
    }

    protected override void Start() => _at = 0;
}
