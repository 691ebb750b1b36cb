using System.Diagnostics;
using System.Net.Http.Headers;
using Npgsql;
using TraceTrack.Postgres;

namespace GraphQLHost.EndToEnd;

/// <summary>The whole path: HTTP, GraphQL, rules, PostgreSQL.</summary>
public sealed class PostgresHostTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_bag_is_scanned_loaded_dispatched_and_shown_with_its_children()
    {
        await using var host = await PostgresHost.StartAsync(await server.NewDatabaseAsync());
        await host.LogInAsync();
        await host.AskAsync("""mutation { recordScan(input: {scanId: "0199c1de-0000-7000-8000-000000000001", action: LINK, qr: "cb1", parent: "sb1"}) { outcome } }""");
        await host.AskAsync("""mutation { createBill(input: {number: "b-1", capacity: 5}) { bill { number } } }""");
        await host.AskAsync("""mutation { recordScan(input: {scanId: "0199c1de-0000-7000-8000-000000000002", action: LOAD, qr: "SB1", bill: "B-1"}) { outcome } }""");
        await host.AskAsync("""mutation { completeBill(input: {number: "B-1"}) { bill { status } } }""");
        var answer = await host.AskAsync("""
            {
              bag(qr: "SB1") { status childCount children { qr status parent { qr } } bill { number status actualWeightKg parents { qr } } }
              bags(first: 5, filter: { kind: PARENT }) { nodes { qr childCount children { qr } } pageInfo { endCursor hasNextPage } }
              search(text: "b1") { qr }
              totals { bags parents children bills scans users cache { memory shared store hitRatio } }
              me { userName role }
            }
            """);
        Assert.Equal("DISPATCHED", answer.GetProperty("bag").GetProperty("status").GetString());
        var child = answer.GetProperty("bag").GetProperty("children")[0];
        Assert.Equal(("CB1", "DISPATCHED", "SB1"), (child.GetProperty("qr").GetString(), child.GetProperty("status").GetString(), child.GetProperty("parent").GetProperty("qr").GetString()));
        Assert.Equal("COMPLETED", answer.GetProperty("bag").GetProperty("bill").GetProperty("status").GetString());
        Assert.Equal("SB1", answer.GetProperty("bag").GetProperty("bill").GetProperty("parents")[0].GetProperty("qr").GetString());
        Assert.Equal(2, answer.GetProperty("totals").GetProperty("bags").GetInt32());
        Assert.Equal(2, answer.GetProperty("totals").GetProperty("scans").GetInt32());
        var cache = answer.GetProperty("totals").GetProperty("cache");
        Assert.True(cache.GetProperty("memory").GetInt64() > 0 && cache.GetProperty("store").GetInt64() > 0);
        Assert.Equal(0, cache.GetProperty("shared").GetInt64());
        Assert.InRange(cache.GetProperty("hitRatio").GetDecimal(), 0.001m, 0.999m);
        Assert.Equal("ADMIN", answer.GetProperty("me").GetProperty("role").GetString());
    }

    [Fact]
    public async Task Sessions_and_bags_outlive_a_restart_of_the_host()
    {
        var database = await server.NewDatabaseAsync();
        AuthenticationHeaderValue? session;
        await using (var first = await PostgresHost.StartAsync(database))
        {
            await first.LogInAsync();
            await first.AskAsync("""mutation { recordScan(input: {scanId: "0199c1de-0000-7000-8000-000000000003", action: OBSERVE, qr: "C100"}) { outcome } }""");
            session = first.Session;
        }

        await using var second = await PostgresHost.StartAsync(database);
        second.Session = session;
        var answer = await second.AskAsync("""
            mutation { recordScan(input: {scanId: "0199c1de-0000-7000-8000-000000000003", action: OBSERVE, qr: "C100"}) { outcome replay bag { qr } } }
            """);
        Assert.Equal("REPLAYED", answer.GetProperty("recordScan").GetProperty("outcome").GetString());
        Assert.Equal("C100", answer.GetProperty("recordScan").GetProperty("bag").GetProperty("qr").GetString());
    }

    [Fact]
    public async Task The_host_tells_of_its_cache_and_its_pool_and_asks_no_statement_for_it()
    {
        await using var host = await PostgresHost.StartAsync(await server.NewDatabaseAsync());
        await host.LogInAsync();
        await host.AskAsync("{ bag(qr: \"C404\") { qr } }");
        var health = (await host.AskAsync("{ hostHealth { cache { tier hits misses hitRatio } pool { inUse idle max waiting } } }")).GetProperty("hostHealth");
        Assert.Equal(["memory", "redis"], health.GetProperty("cache").EnumerateArray().Select(tier => tier.GetProperty("tier").GetString()));
        var pool = health.GetProperty("pool");
        Assert.InRange(pool.GetProperty("idle").GetInt32(), 1, pool.GetProperty("max").GetInt32());
        Assert.Equal(0, pool.GetProperty("waiting").GetInt32());
    }

    [Fact]
    public async Task Four_processes_migrate_one_database_at_once()
    {
        var database = await server.NewDatabaseAsync();
        var processes = Enumerable.Range(0, 4).Select(_ => Start("migrate", database)).ToArray();
        foreach (var process in processes)
        {
            var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output);
            process.Dispose();
        }

        await using var source = NpgsqlDataSource.Create(database);
        await using var count = source.CreateCommand("SELECT (SELECT count(*) FROM tracetrack.migration) + 100 * (SELECT count(*) FROM tracetrack.store)");
        var migrations = typeof(SchemaMigrator).Assembly.GetManifestResourceNames().Count(name => name.EndsWith(".sql", StringComparison.Ordinal));
        Assert.Equal(100L + migrations, await count.ExecuteScalarAsync());
    }

    private static Process Start(string verb, string database)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HostApplication).Assembly.Location, verb])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TRACETRACK_POSTGRES"] = database;
        return Process.Start(start)!;
    }
}
