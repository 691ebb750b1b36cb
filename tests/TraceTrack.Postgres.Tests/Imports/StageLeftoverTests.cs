using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Postgres.Tests.Imports.Crashes;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Imports;

/// <summary>A staging table that somebody reads, as a dump of the database does for hours, keeps nobody waiting, and goes when it is free.</summary>
public sealed class StageLeftoverTests(PostgresServer server)
{
    /// <summary>Far more than anything here takes, and less than the time limit of a command.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    public async Task A_table_that_is_read_when_its_import_ends_is_left_to_the_next_sweep(bool dryRun, int connections)
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await using var scene = new CrashScene(server.ConnectionString, store.Schema);
        await scene.Imports.ImportAsync(new BagRow[] { new("C0A") }.ToAsyncEnumerable(), new(), cancellationToken: Stop);
        await using var reader = await server.Source.OpenConnectionAsync(Stop);
        await using var transaction = await reader.BeginTransactionAsync(Stop);
        var options = new ImportOptions { DryRun = dryRun, Connections = connections };

        var report = await scene.Imports.ImportAsync(CrashScene.RowsAsync(ReadAsync), options, cancellationToken: Stop).AsTask().WaitAsync(Soon, Stop);
        Assert.Equal((CrashScene.Rows, CrashScene.Rows / 100), (report.RowsRead, report.Rejected[RowReason.InvalidQrCode]));
        Assert.Equal(1, await LeftTablesAsync(store));
        var scan = await store.TraceTrack.As(Actor.System).Scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse("C0B")), Stop);
        Assert.Equal(ScanOutcome.Recorded, scan.Outcome);

        await transaction.RollbackAsync(Stop);
        await scene.StartAsync();
        Assert.Equal(0, await LeftTablesAsync(store));

        async Task ReadAsync()
        {
            var table = await store.ScalarAsync<string>(
                $"SELECT relname::text FROM pg_class WHERE relnamespace = '{store.Schema}'::regnamespace AND relname LIKE 'import\\_stage\\_%'");
            await using var command = new NpgsqlCommand($"LOCK TABLE {store.Schema}.{table} IN ACCESS SHARE MODE", reader, transaction);
            await command.ExecuteNonQueryAsync(Stop);
        }
    }

    [Fact]
    public async Task A_start_and_other_imports_pass_by_a_leftover_that_is_read()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await using var scene = new CrashScene(server.ConnectionString, store.Schema);
        await scene.Imports.ImportAsync(new BagRow[] { new("C0A") }.ToAsyncEnumerable(), new(), cancellationToken: Stop);
        await store.ExecuteAsync("CREATE TABLE tracetrack.import_stage_999 (x integer)");
        await using (var reader = await server.Source.OpenConnectionAsync(Stop))
        await using (var transaction = await reader.BeginTransactionAsync(Stop))
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) FROM {store.Schema}.import_stage_999", reader, transaction);
            await command.ExecuteScalarAsync(Stop);
            // Migrates as well.
            await scene.StartAsync().WaitAsync(Soon, Stop);
            foreach (var options in new ImportOptions[] { new() { Connections = 2 }, new() { DryRun = true } })
                await scene.Imports.ImportAsync(new BagRow[] { new("C0B") }.ToAsyncEnumerable(), options, cancellationToken: Stop).AsTask().WaitAsync(Soon, Stop);
            Assert.Equal(1, await LeftTablesAsync(store));
        }

        await scene.Imports.ImportAsync(new BagRow[] { new("C0C") }.ToAsyncEnumerable(), new() { Connections = 2 }, cancellationToken: Stop);
        Assert.Equal(0, await LeftTablesAsync(store));
    }

    [Fact]
    public async Task A_leftover_that_a_view_needs_keeps_nobody_from_starting()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await using var scene = new CrashScene(server.ConnectionString, store.Schema);
        await store.ExecuteAsync("CREATE TABLE tracetrack.import_stage_998 (x integer); CREATE VIEW tracetrack.team AS SELECT x FROM tracetrack.import_stage_998");
        await scene.StartAsync();
        Assert.Equal(1, await LeftTablesAsync(store));
        await store.ExecuteAsync("DROP VIEW tracetrack.team");
        await scene.StartAsync();
        Assert.Equal(0, await LeftTablesAsync(store));
    }

    private static Task<long> LeftTablesAsync(PostgresStore store) => store.ScalarAsync<long>(
        $"SELECT count(*) FROM pg_class WHERE relnamespace = '{store.Schema}'::regnamespace AND relkind = 'r' AND relname LIKE 'import\\_stage\\_%'");
}
