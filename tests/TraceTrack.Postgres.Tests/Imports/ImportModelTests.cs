using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack.Imports;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Imports;

/// <summary>Many random dirty files against the in-memory importer; a few more large ones.</summary>
public sealed class ImportModelTests(PostgresServer server)
{
    private const int Stores = 4;

    private const string Empty = """
        DELETE FROM tracetrack.bill_bag; DELETE FROM tracetrack.bill; DELETE FROM tracetrack.bag; DELETE FROM tracetrack.link_interval;
        DELETE FROM tracetrack.scan; DELETE FROM tracetrack.scan_receipt; DELETE FROM tracetrack.import; DELETE FROM tracetrack.import_result;
        UPDATE tracetrack.totals SET bags = 0, parents = 0, children = 0, bills = 0, scans = 0
        """;

    [Fact]
    public async Task Random_dirty_files_come_out_as_in_memory()
    {
        var seeds = Environment.GetEnvironmentVariable("TRACETRACK_DEEP") == "1" ? 10_000 : 1_000;
        // Whether a commit survives a crash is not asked here, and waiting for the disk would be most of the time.
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { Options = "-c synchronous_commit=off", MaxAutoPrepare = 50 }.ConnectionString);
        var seen = await Task.WhenAll(Enumerable.Range(0, Stores).Select(store => Task.Run(async () =>
        {
            var met = new HashSet<(RowOutcome, RowReason)>();
            await using var postgres = await PostgresStore.CreateAsync(server, ImportModelContract.Options, source: source);
            for (var seed = store; seed < seeds; seed += Stores)
            {
                met.UnionWith(await RunAsync(postgres, 100_000 + seed, rows: 20));
                // What was deleted is in the way of every look-up until then.
                if (seed / Stores % 20 == 0)
                    await postgres.ExecuteAsync("VACUUM tracetrack.bag");
            }

            return met;
        })));
        // Files that never meet a rule would compare nothing.
        Assert.Equal(Enum.GetValues<RowReason>(), seen.SelectMany(one => one).Where(one => one.Item1 == RowOutcome.Rejected).Select(one => one.Item2).Distinct().Order());
        Assert.Contains((RowOutcome.Kept, RowReason.LinkedElsewhere), seen.SelectMany(one => one));
    }

    [Fact]
    public async Task Larger_ones_do_too()
    {
        await using var postgres = await PostgresStore.CreateAsync(server, ImportModelContract.Options);
        for (var seed = 1; seed <= 10; seed++)
            await RunAsync(postgres, seed, rows: 400);
    }

    private static async Task<HashSet<(RowOutcome, RowReason)>> RunAsync(PostgresStore postgres, int seed, int rows)
    {
        await postgres.ExecuteAsync(Empty);
        // Every other time as in a new store, whose keys are as low as the places of rows in a file.
        if (seed / Stores % 2 == 0)
            await postgres.ExecuteAsync("SELECT setval('tracetrack.bag_id_seq', 1, false)");
        await using var memory = new ServiceCollection().AddTraceTrack(ImportModelContract.Options).UseInMemory().Services.BuildServiceProvider();
        var run = new ImportModel(new(postgres.Services), new(memory), seed);
        await run.RunAsync(rows);
        return run.Seen;
    }
}
