using Microsoft.Extensions.Logging.Abstractions;
using TraceTrack.DemoData;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Cost;

/// <summary>Each saving that the report estimates, measured: the same work with the feature off and on.</summary>
internal static class CostBench
{
    private const int QuickBags = 100_000;

    public static async Task<int> RunAsync(bool quick, CancellationToken cancellation)
    {
        await using var postgres = await LocalPostgres.FindOrStartAsync(new() { Name = "bench", Ephemeral = true }, NullLogger.Instance, cancellation);
        if (postgres is null)
        {
            await Console.Error.WriteLineAsync("No PostgreSQL to measure. " + LocalServicesAdvice.InstallPostgres);
            return 2;
        }

        var warehouse = new DemoWarehouse(quick ? QuickBags : DemoWarehouse.DefaultBags);
        await using var database = await BenchDatabase.CreateAsync(postgres.ConnectionString, cancellation);
        Work.Say($"{warehouse.Bags:N0} bags, {warehouse.BillCount:N0} bills, {warehouse.HistoryRows:N0} scans");
        await DemoStore.FillAsync(database.TraceTrack, new() { Bags = warehouse.Bags, PasswordHash = "nobody logs in" }, cancellationToken: cancellation);
        await database.ExecuteAsync("VACUUM (ANALYZE)", cancellation);
        await database.ExecuteAsync("CHECKPOINT", cancellation);

        var table = new CostTable(new("cost", quick));
        Work.Say("indexes");
        await IndexCost.RunAsync(table, database, warehouse, cancellation);
        Work.Say("pool");
        await PoolCost.RunAsync(table, database, warehouse, cancellation);
        Work.Say("N+1, compression");
        await LoaderCost.RunAsync(table, database, cancellation);
        await CompressionCost.RunAsync(table, database, cancellation);
        Work.Say("async");
        await AsyncCost.RunAsync(table, database, warehouse, quick, cancellation);
        Work.Say("bulk");
        await BulkCost.RunAsync(table, postgres.ConnectionString, cancellation);
        Work.Say("cache");
        // Last, since it changes the warehouse.
        await CacheCost.RunAsync(table, database, warehouse, quick ? 6_000 : 40_000, cancellation);
        await table.WriteAsync($"cost: {warehouse.Bags:N0} bags; each feature off and on, on the same work", TimeProvider.System);
        if (quick)
            Work.Say($"Left out by --quick: all bags but {QuickBags:N0} (with bills, users and scans in proportion), and most of the requests for async and cache.");
        return 0;
    }
}
