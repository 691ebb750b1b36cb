using Npgsql;
using TraceTrack.Scans;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Scans;

/// <summary>A claim changes children that the scan did not name, and of which somebody may hold one and wait for the parent.</summary>
public sealed class ClaimTests(PostgresServer server)
{
    [Fact]
    public async Task A_claim_that_meets_a_child_in_use_lets_go_of_the_parent_and_waits_in_its_place()
    {
        // One connection, so that what a broken-off batch leaves behind in it would show.
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = 1, MaxAutoPrepare = 100, NoResetOnClose = true, ApplicationName = "claims" }.ConnectionString);
        await using var store = await PostgresStore.CreateAsync(server, source: source);
        var warehouse = new Warehouse(store.Services);
        for (var i = 0; i < 5; i++)
        {
            await warehouse.LinkAsync($"C{i}00", $"SB{i}");
            await warehouse.LinkAsync($"C{i}01", $"SB{i}");
            // Bags are locked by id, and an import gives a parent its id when the first child names it: then the child would come after it.
            Assert.True((await warehouse.BagAsync($"C{i}00")).Id < (await warehouse.BagAsync($"SB{i}")).Id);
            await using var other = await server.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await LockAsync(other, $"BEGIN; SELECT FROM {store.Schema}.bag WHERE qr = 'C{i}00' FOR NO KEY UPDATE");
            var claim = warehouse.ObserveAsync($"SB{i}", warehouse.Dispatcher("NORTH"));
            while (await server.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'claims' AND wait_event_type = 'Lock'") == 0)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            // As a scan that takes the child out of the parent does. With the parent held by the claim, this would be a deadlock.
            await LockAsync(other, $"SELECT FROM {store.Schema}.bag WHERE qr = 'SB{i}' FOR NO KEY UPDATE; COMMIT");
            Assert.Equal(ScanOutcome.Recorded, (await claim).Outcome);
            Assert.Equal(["NORTH", "NORTH"], (await warehouse.ChildrenAsync($"SB{i}")).Select(child => child.Area));
        }

        await Consistency.AssertHoldsAsync(warehouse);
    }

    private static async Task LockAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
