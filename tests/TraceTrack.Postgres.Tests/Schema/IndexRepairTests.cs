using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace TraceTrack.Postgres.Tests.Schema;

/// <summary>What interrupted builds, crashes and people leave behind.</summary>
public sealed class IndexRepairTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_unique_index_that_rows_contradict_is_a_problem_in_words_and_no_exception()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("DROP INDEX tracetrack.bag_qr_key; DROP INDEX tracetrack.bag_kind_child_idx");
        await store.ExecuteAsync("INSERT INTO tracetrack.bag (version, created_at, changed_at, kind, qr) SELECT 1, now(), now(), 2, 'C1X' FROM generate_series(1, 2)");
        var report = await Bootstrapper(store).OptimizeAsync(cancellationToken: Stop);
        Assert.Contains("C1X", Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.Equal(["bag_kind_child_idx"], report.Created);
        // As a start does it: it goes on, and each one leaves as little behind as the one before.
        await Bootstrapper(store).HealAsync(Stop);
        Assert.DoesNotContain((await Bootstrapper(store).ReportAsync(Stop)).Indexes, index => index.Name.Contains("_ccnew", StringComparison.Ordinal));

        await store.ExecuteAsync("DELETE FROM tracetrack.bag WHERE ctid = (SELECT min(ctid) FROM tracetrack.bag)");
        report = await Bootstrapper(store).OptimizeAsync(cancellationToken: Stop);
        Assert.Empty(report.Problems);
        Assert.Equal(["bag_qr_key"], report.Rebuilt);
        Assert.All(report.Indexes, index => Assert.True(index.IsValid, index.Name));
    }

    [Fact]
    public async Task A_partitioned_index_whose_building_stopped_between_partitions_is_completed()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("""
            DROP INDEX tracetrack.scan_qr_idx;
            CREATE INDEX scan_qr_idx ON ONLY tracetrack.scan (qr, recorded_at, id);
            CREATE INDEX scan_default_qr_idx ON tracetrack.scan_default (qr, recorded_at, id);
            ALTER INDEX tracetrack.scan_qr_idx ATTACH PARTITION tracetrack.scan_default_qr_idx
            """);
        var before = await Bootstrapper(store).ReportAsync(Stop);
        Assert.Contains("scan_qr_idx", Assert.Single(before.Problems), StringComparison.Ordinal);
        var after = await Bootstrapper(store).OptimizeAsync(cancellationToken: Stop);
        Assert.Equal(["scan_qr_idx"], after.Rebuilt);
        Assert.Empty((await Bootstrapper(store).ReportAsync(Stop)).Problems);
    }

    [Fact]
    public async Task An_index_of_a_partition_that_is_invalid_is_rebuilt_and_completes_the_whole()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("""
            DROP INDEX tracetrack.scan_qr_idx;
            CREATE INDEX scan_qr_idx ON ONLY tracetrack.scan (qr, recorded_at, id);
            INSERT INTO tracetrack.scan_default (recorded_at, scanned_at, scan_id, action, outcome, qr, actor_id)
            VALUES ('2020-01-15Z', '2020-01-15Z', gen_random_uuid(), 1, 1, 'C001', 'x')
            """);
        // A part that was interrupted while rows were in the partition: marked by hand, as there is no crash to be had at a set moment.
        await store.ExecuteAsync("CREATE INDEX scan_default_qr_idx ON tracetrack.scan_default (qr, recorded_at, id)");
        await store.ExecuteAsync("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'tracetrack.scan_default_qr_idx'::regclass");
        var report = await Bootstrapper(store).OptimizeAsync(cancellationToken: Stop);
        Assert.Equal(["scan_default_qr_idx", "scan_qr_idx"], report.Rebuilt);
        Assert.Empty((await Bootstrapper(store).ReportAsync(Stop)).Problems);
    }

    [Fact]
    public async Task What_an_interrupted_rebuild_left_over_is_removed()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("CREATE INDEX bag_kind_child_idx_ccnew ON tracetrack.bag (qr) WHERE kind = 2");
        await store.ExecuteAsync("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'tracetrack.bag_kind_child_idx_ccnew'::regclass");
        await Bootstrapper(store).HealAsync(Stop);
        Assert.DoesNotContain((await Bootstrapper(store).ReportAsync(Stop)).Indexes, index => index.Name.EndsWith("_ccnew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Writers_go_on_while_an_index_is_built()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("INSERT INTO tracetrack.bag (version, created_at, changed_at, kind, qr) SELECT 1, now(), now(), 2, 'C' || n FROM generate_series(1, 50000) n");
        await store.ExecuteAsync("DROP INDEX tracetrack.bag_kind_child_idx; DROP INDEX tracetrack.bag_status_other_idx");
        // Open before the build begins, and writing: the build has to wait for it, and must not make anyone else wait.
        await using var connection = await server.Source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using (var command = new NpgsqlCommand($"UPDATE {store.Schema}.bag SET area = 'NORTH' WHERE qr = 'C1'", connection))
            await command.ExecuteNonQueryAsync(Stop);
        var building = Bootstrapper(store).OptimizeAsync(cancellationToken: Stop);
        await WaitUntilAsync(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%' AND query LIKE '%" + store.Schema + "%' AND wait_event_type = 'Lock')");
        await store.ExecuteAsync("SET lock_timeout = '2s'; INSERT INTO tracetrack.bag (version, created_at, changed_at, kind, qr) VALUES (1, now(), now(), 2, 'D1X')");
        await transaction.CommitAsync(Stop);
        Assert.Equal(["bag_kind_child_idx", "bag_status_other_idx"], (await building).Created);
    }

    [Fact]
    public async Task A_report_shows_sizes_uses_and_a_teams_own_indexes()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("""CREATE UNIQUE INDEX "Team's own" ON tracetrack.bag (lower(qr), version DESC) WHERE kind = 2""");
        var index = (await Bootstrapper(store).ReportAsync(Stop)).Indexes.Single(index => index.Name == "Team's own");
        Assert.Equal(("bag", "lower(qr), version WHERE kind = 2", "", 0L, true, true), (index.Table, index.Columns, index.Purpose, index.Scans, index.IsValid, index.IsUnique));
        Assert.True(index.SizeBytes > 0);
        var whole = (await Bootstrapper(store).ReportAsync(Stop)).Indexes.Single(index => index.Name == "scan_qr_idx");
        Assert.True(whole.SizeBytes > 0, "The sum of the partitions' indexes");
    }

    [Fact]
    public async Task A_schema_without_tables_is_named_in_a_typed_error()
    {
        await using var store = await PostgresStore.CreateAsync(server, migrate: false);
        Assert.Equal(ErrorCodes.SchemaMismatch, (await Assert.ThrowsAsync<TraceTrackException>(() => Bootstrapper(store).ReportAsync(Stop))).Code);
        Assert.Equal(ErrorCodes.SchemaMismatch, (await Assert.ThrowsAsync<TraceTrackException>(() => Bootstrapper(store).OptimizeAsync(cancellationToken: Stop))).Code);
    }

    private static IndexBootstrapper Bootstrapper(PostgresStore store) => store.Services.GetRequiredService<IndexBootstrapper>();

    private async Task WaitUntilAsync(string condition)
    {
        for (var i = 0; i < 500 && !await server.ScalarAsync<bool>(condition); i++)
            await Task.Delay(20, Stop);
        Assert.True(await server.ScalarAsync<bool>(condition), condition);
    }
}
