using Npgsql;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Connections;

/// <summary>A statement that waits for longer than its time limit is cancelled in the middle of a batch.</summary>
public sealed class CommandTimeoutTests(PostgresServer server)
{
    [Fact]
    public async Task A_connection_whose_command_took_too_long_goes_on_working()
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = 1, MaxAutoPrepare = 50, AutoPrepareMinUsages = 2, CommandTimeout = 1, NoResetOnClose = true };
        await using var source = NpgsqlDataSource.Create(settings.ConnectionString);
        await using var store = await PostgresStore.CreateAsync(server, source: source, postgres: options => options.MaxRetries = 0);
        var warehouse = new Warehouse(store.Services);
        // Once, so that the statements are prepared by the very batch that is cut off.
        await warehouse.LinkAsync("CB1", "SB1");

        await using (var other = await server.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var hold = new NpgsqlCommand($"LOCK TABLE {store.Schema}.bag IN EXCLUSIVE MODE", other);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => warehouse.LinkAsync("CB2", "SB1"));
        }

        for (var i = 3; i < 8; i++)
            await warehouse.LinkAsync($"CB{i}", "SB1");
        Assert.Equal(6, (await warehouse.BagAsync("SB1")).ChildCount);
    }
}
