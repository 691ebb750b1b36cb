using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TraceTrack.DemoData;

namespace TraceTrack.LoadTest.Cost;

/// <summary>The same users with the library's cache in memory and without one; what reaches the database for their reads is counted.</summary>
internal static class CacheCost
{
    public static async Task RunAsync(CostTable table, BenchDatabase database, DemoWarehouse warehouse, int requests, CancellationToken cancellation)
    {
        var off = await CountAsync(database, warehouse, requests, cached: false, cancellation);
        var on = await CountAsync(database, warehouse, requests, cached: true, cancellation);
        table.Add(new("cache", $"{off.Reads:#,0} reads among {requests:#,0} requests of the mix", "statements a read", "", off.PerRead, on.PerRead)
        {
            Claim = "database hits −80 %",
            Least = 80,
        });
        table.Tell("cache", "tracetrack", "reads without the database", 100 * on.WithoutDatabase, "%");
    }

    private static async Task<MixCounts> CountAsync(BenchDatabase database, DemoWarehouse warehouse, int requests, bool cached, CancellationToken cancellation)
    {
        var builder = new ServiceCollection().AddTraceTrack().UsePostgres(database.ConnectionString);
        if (cached)
            builder.UseCaching();
        await using var services = builder.Services.BuildServiceProvider();
        var hosted = services.GetServices<IHostedService>().ToArray();
        foreach (var service in hosted)
            await service.StartAsync(cancellation);
        using var sent = new SentStatements(database.Name);
        var mix = new Mix(services.GetRequiredService<ITraceTrack>(), warehouse, sent);
        // As many requests as are counted warm up.
        await mix.RunAsync(requests, cancellation);
        var counts = await mix.RunAsync(requests, cancellation);
        await mix.TidyAsync(cancellation);
        foreach (var service in hosted)
            await service.StopAsync(cancellation);
        return counts;
    }
}
