using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Connections;

/// <summary>Connections that the server ends under the stores, as a restart or a failover does.</summary>
public sealed class FaultTests(PostgresServer server)
{
    [Fact]
    public async Task Reads_and_scans_go_on_when_the_server_ends_every_connection()
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { ApplicationName = "fault-" + PostgresServer.NewSchema() }.ConnectionString);
        await using var store = await PostgresStore.CreateAsync(server, source: source);
        var tracker = store.TraceTrack.As(Actor.System);
        await tracker.Scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse("C001")), TestContext.Current.CancellationToken);
        await EndAsync(source);
        Assert.NotNull(await tracker.Bags.FindAsync(QrCode.Parse("C001"), TestContext.Current.CancellationToken));
        await EndAsync(source);
        var scan = await tracker.Scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse("C002")), TestContext.Current.CancellationToken);
        Assert.Equal(ScanOutcome.Recorded, scan.Outcome);
        Assert.Equal(2, (await tracker.Totals.GetAsync(TestContext.Current.CancellationToken)).Scans);
    }

    [Theory]
    [InlineData(PostgresErrorCodes.DeadlockDetected, true)]
    [InlineData(PostgresErrorCodes.SerializationFailure, true)]
    [InlineData(PostgresErrorCodes.AdminShutdown, false)]
    [InlineData(PostgresErrorCodes.UniqueViolation, false)]
    public void A_write_without_identity_is_repeated_only_when_the_server_rolled_it_back(string code, bool repeated) =>
        Assert.Equal(repeated, Retries.IsRolledBack(new PostgresException("x", "ERROR", "ERROR", code)));

    [Fact]
    public async Task What_a_decision_throws_leaves_nothing_written_and_nothing_locked()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var tracker = store.TraceTrack.As(Actor.System);
        var bill = await tracker.Bills.CreateAsync(new(BillNumber.Parse("B1"), 5), TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            var error = await Assert.ThrowsAsync<ConflictException>(
                async () => await tracker.Bills.CompleteAsync(bill.Number, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal(ErrorCodes.BillEmpty, error.Code);
        }

        var loaded = await tracker.Scans.RecordAsync(RecordScan.Load(ScanId.New(), QrCode.Parse("SB1"), bill.Number), TestContext.Current.CancellationToken);
        Assert.Equal(ScanOutcome.Recorded, loaded.Outcome);
        Assert.Equal(0, await server.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND query LIKE '%" + store.Schema + "%'"));
    }

    [Fact]
    public async Task A_deadlock_that_is_not_tried_again_is_a_busy_store_with_nothing_written()
    {
        await using var store = await PostgresStore.CreateAsync(server, postgres: options => options.MaxRetries = 0);
        var tracker = store.TraceTrack.As(Actor.System);
        var parent = QrCode.Parse("SB1");
        await tracker.Scans.RecordAsync(RecordScan.Observe(ScanId.New(), parent), TestContext.Current.CancellationToken);
        var bill = await tracker.Bills.CreateAsync(new(BillNumber.Parse("B1"), 5), TestContext.Current.CancellationToken);
        await using var other = await server.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // Whoever looks first gives way: the server looks on behalf of the scan after a second.
        await ExecuteAsync("SET deadlock_timeout = '1min'");
        await using (var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await ExecuteAsync($"SELECT FROM {store.Schema}.bag WHERE qr = 'SB1' FOR UPDATE");
            var load = tracker.Scans.RecordAsync(RecordScan.Load(ScanId.New(), parent, bill.Number), TestContext.Current.CancellationToken).AsTask();
            while (!await store.WaitsForBagAsync())
                Assert.False(load.IsCompleted);
            await ExecuteAsync($"SELECT FROM {store.Schema}.bill WHERE number = 'B1' FOR UPDATE");
            var error = await Assert.ThrowsAsync<ConflictException>(() => load);
            Assert.Equal(ErrorCodes.StoreBusy, error.Code);
        }

        await ExecuteAsync("RESET deadlock_timeout");
        Assert.Null((await tracker.Bags.FindAsync(parent, TestContext.Current.CancellationToken))!.BillNumber);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, other);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task EndAsync(NpgsqlDataSource source)
    {
        var name = new NpgsqlConnectionStringBuilder(source.ConnectionString).ApplicationName;
        Assert.True(await server.ScalarAsync<long>($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '{name}'") > 0);
    }
}
