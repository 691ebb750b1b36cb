using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Testing;

namespace TraceTrack.Caching;

public sealed class CacheMetricsTests
{
    [Fact]
    public async Task Keys_are_counted_by_kind_and_by_the_tier_that_answered()
    {
        using var measured = new Measurements();
        await using var node = await Node.StartAsync(traceTrack =>
        {
            traceTrack.Services.AddSingleton<IMeterFactory>(measured);
            traceTrack.UseInMemory().UseCaching();
        });
        await node.Warehouse.FindBagAsync("CB1");
        await node.Warehouse.FindBagAsync("CB1");
        await node.Warehouse.ObserveAsync("CB1");
        await node.Warehouse.FindBagAsync("CB1");
        await node.Warehouse.CreateBillAsync("B-1");
        await node.Warehouse.BillAsync("B-1");
        await node.Warehouse.SearchAsync("CB");
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["tracetrack.cache.kind=bag tracetrack.cache.tier=store"] = 1,
                ["tracetrack.cache.kind=bag tracetrack.cache.tier=memory"] = 3,
                ["tracetrack.cache.kind=bill tracetrack.cache.tier=memory"] = 1,
                ["tracetrack.cache.kind=search tracetrack.cache.tier=store"] = 1,
            },
            measured.Sums(CachingDiagnostics.Reads));
        Assert.Equal(
            new Dictionary<string, double> { ["tracetrack.cache.kind=bag"] = 1, ["tracetrack.cache.kind=search"] = 1 },
            measured.Sums(CachingDiagnostics.Loads));
    }

    [Fact]
    public async Task Memory_says_how_full_it_is()
    {
        using var measured = new Measurements();
        await using var node = await Node.StartAsync(traceTrack =>
        {
            traceTrack.Services.AddSingleton<IMeterFactory>(measured);
            traceTrack.UseInMemory().UseCaching();
        });
        await node.Warehouse.FillAsync("SB1", 4);
        measured.Observe();
        Assert.Equal(5, measured.Sums(CachingDiagnostics.Entries)["tracetrack.cache.kind=bag"]);
        Assert.InRange(measured.Sums(CachingDiagnostics.Bytes)["tracetrack.cache.kind=bag"], 5 * 300, 5 * 1000);
    }

    [Fact]
    public async Task What_is_told_and_heard_and_perhaps_missed_is_counted_and_loads_are_timed()
    {
        var tier = new RecordingTier(TimeProvider.System);
        using var here = new Measurements();
        using var there = new Measurements();
        await using var writer = await StartAsync(here);
        await using var reader = await StartAsync(there);
        await reader.Warehouse.FindBagAsync("CB1");
        await writer.Warehouse.ObserveAsync("CB1");
        await Eventually.HoldsAsync(() => there.Sums(CachingDiagnostics.Fences).ContainsKey("tracetrack.cache.origin=other"));
        Assert.Equal(new Dictionary<string, double> { ["tracetrack.cache.origin=own"] = 1 }, here.Sums(CachingDiagnostics.Fences));
        Assert.Equal(new Dictionary<string, double> { ["tracetrack.cache.origin=other"] = 1 }, there.Sums(CachingDiagnostics.Fences));
        Assert.All(there.Values(CachingDiagnostics.LoadDuration), seconds => Assert.InRange(seconds, double.Epsilon, 60));
        Assert.Single(there.Values(CachingDiagnostics.LoadDuration));
        var flushes = there.Values(CachingDiagnostics.Flushes).Length;
        tier.Interrupt();
        Assert.Equal(flushes + 1, there.Values(CachingDiagnostics.Flushes).Length);
        here.Observe();
        Assert.Equal([0], here.Values(CachingDiagnostics.Breaker));

        Task<Node> StartAsync(Measurements measured) => Node.StartAsync(traceTrack =>
        {
            traceTrack.Services.AddSingleton<IMeterFactory>(measured);
            traceTrack.UseInMemory().UseCaching().UseSecondTier(_ => tier);
        });
    }

    [Fact]
    public async Task Faults_of_the_second_tier_are_counted()
    {
        using var measured = new Measurements();
        await using var node = await Node.StartAsync(traceTrack =>
        {
            traceTrack.Services.AddSingleton<IMeterFactory>(measured);
            traceTrack.UseInMemory().UseCaching().UseRedis("127.0.0.1:1", o => o.ConnectTimeout = TimeSpan.FromSeconds(10));
        });
        await node.Warehouse.ObserveAsync("CB1");
        Assert.True(measured.Sums(CachingDiagnostics.Faults)["tracetrack.action=commit"] >= 1);
    }
}
