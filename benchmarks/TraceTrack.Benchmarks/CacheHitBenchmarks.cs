using System.ComponentModel;
using BenchmarkDotNet.Attributes;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Scans;
using TraceTrack.Users;
using ZiggyCreatures.Caching.Fusion;

namespace TraceTrack.Benchmarks;

/// <summary>What does a look-up by QR code cost that memory answers, against the bare IMemoryCache under it and against other caches?</summary>
[MemoryDiagnoser]
public class CacheHitBenchmarks : IDisposable
{
    private static readonly QrCode Qr = QrCode.Parse("CB00000001");

    private readonly MemoryCache _memory = new(new MemoryCacheOptions());
    private readonly ConcurrentLru<string, Bag> _lru = new(1000);
    private ServiceProvider _services = null!;
    private IBagStore _store = null!;
    private HybridCache _hybrid = null!;
    private IFusionCache _fusion = null!;

    [GlobalSetup]
    public async Task FillAsync()
    {
        var services = new ServiceCollection();
        services.AddTraceTrack().UseInMemory().UseCaching();
        services.AddHybridCache();
        services.AddFusionCache();
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<ITraceTrack>().As(Actor.System).Scans.RecordAsync(RecordScan.Observe(ScanId.New(), Qr));
        _store = _services.GetRequiredService<IBagStore>();
        _hybrid = _services.GetRequiredService<HybridCache>();
        _fusion = _services.GetRequiredService<IFusionCache>();
        var bag = await _store.FindAsync(Qr, CancellationToken.None);
        _memory.Set(Qr.Value, bag!, TimeSpan.FromHours(1));
        _lru.AddOrUpdate(Qr.Value, bag!);
        await _hybrid.SetAsync(Qr.Value, new Kept(bag!));
        await _fusion.SetAsync(Qr.Value, bag!);
        if (MemoryCache()?.Qr != Qr || (await TraceTrack())?.Qr != Qr || (await HybridCache()).Bag.Qr != Qr || (await FusionCache())?.Qr != Qr || BitFaster()?.Qr != Qr)
            throw new InvalidOperationException("A cache does not hold the bag.");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _memory.Dispose();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Bag? MemoryCache() => _memory.TryGetValue(Qr.Value, out Bag? bag) ? bag : null;

    [Benchmark]
    public ValueTask<Bag?> TraceTrack() => _store.FindAsync(Qr, CancellationToken.None);

    [Benchmark]
    public ValueTask<Kept> HybridCache() => _hybrid.GetOrCreateAsync<Kept>(Qr.Value, static _ => throw new InvalidOperationException("A miss."));

    [Benchmark]
    public ValueTask<Bag?> FusionCache() => _fusion.GetOrDefaultAsync<Bag>(Qr.Value);

    [Benchmark]
    public Bag? BitFaster() => _lru.TryGet(Qr.Value, out var bag) ? bag : null;

    /// <summary>HybridCache copies at each read what is not said to be immutable; that would be another question.</summary>
    [ImmutableObject(true)]
    public sealed record Kept(Bag Bag);
}
