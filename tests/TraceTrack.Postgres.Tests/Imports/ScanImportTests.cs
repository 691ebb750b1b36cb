using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Imports;

public sealed class ScanImportTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Months_without_a_partition_get_one_in_whatever_order_they_come()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        Scan[] log = [At(2023, 5), At(2021, 12), At(2023, 5), At(2023, 6), At(2021, 12)];
        await ImportAsync(store, log);
        Assert.Equal(2, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_2023_05"));
        Assert.Equal(2, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_2021_12"));
        Assert.Equal(1, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_2023_06"));
        Assert.Equal(0, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_default"));
    }

    [Fact]
    public async Task A_month_that_has_rows_in_the_default_partition_goes_on_there()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("""
            INSERT INTO tracetrack.scan_default (recorded_at, scanned_at, scan_id, action, outcome, qr, actor_id)
            VALUES ('2020-01-15Z', '2020-01-15Z', gen_random_uuid(), 1, 1, 'C001', 'x')
            """);
        await ImportAsync(store, At(2020, 1), At(2020, 2));
        Assert.Equal(2, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_default"));
        Assert.Equal(1, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_2020_02"));
    }

    [Fact]
    public async Task Scanning_the_feed_and_a_recount_go_on_while_the_rows_of_a_log_are_awaited()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var tracker = store.TraceTrack.As(Actor.System);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var importing = Task.Run(async () => await tracker.Imports.ImportScansAsync(Pausing(), new(), cancellationToken: Stop), Stop);
        await asked.Task;
        var scan = await tracker.Scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse("C002")), Stop);
        Assert.Equal(ScanOutcome.Recorded, (await tracker.Scans.RecordAsync(RecordScan.Undo(ScanId.New()), Stop)).Outcome);
        // Other tests' transactions may keep it back for a moment.
        ScanFeedPage feed;
        do
            feed = await tracker.Scans.ReadAfterAsync(null, cancellationToken: Stop);
        while (feed.Events.Count == 0);
        Assert.Equal(scan.Scan.ScanId, feed.Events[0].Scan.ScanId);
        Assert.True((await tracker.Totals.ReconcileAsync(Stop)).IsExact);
        Assert.Equal(0, await store.ScalarAsync<long>(
            $"SELECT count(*) FROM pg_locks WHERE relation::regclass::text LIKE '{store.Schema}.%'"));
        goOn.SetResult();
        Assert.Equal(2, (await importing).Scans);
        Assert.Equal(1, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_2020_01"));
        Assert.Equal(1, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_2020_02"));
        Assert.True((await tracker.Totals.ReconcileAsync(Stop)).IsExact);

        async IAsyncEnumerable<Scan> Pausing()
        {
            yield return At(2020, 1);
            asked.SetResult();
            await goOn.Task;
            yield return At(2020, 2);
        }
    }

    [Fact]
    public async Task A_month_whose_partition_would_keep_scanners_waiting_goes_to_the_default_one()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await using var connection = await server.Source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {store.Schema}.scan", connection);
        await command.ExecuteScalarAsync(Stop);
        Assert.Equal(1, (await ImportAsync(store, At(2020, 1))).Scans);
        Assert.Equal(1, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_default"));
    }

    [Fact]
    public async Task A_long_log_waits_on_disk_and_arrives_whole()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        const int Count = 20_000;
        await ImportAsync(store, [.. Enumerable.Range(0, Count).Select(i => At(2024, 1) with { Qr = QrCode.Parse($"C{i:00000}") })]);
        Assert.Equal(Count, await store.ScalarAsync<long>("SELECT count(DISTINCT qr) FROM tracetrack.scan"));
    }

    [Fact]
    public async Task Every_column_arrives_as_it_was_given()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var scan = At(2024, 2) with
        {
            Action = ScanAction.Link,
            ParentQr = QrCode.Parse("SB1"),
            BillNumber = TraceTrack.Bills.BillNumber.Parse("B-1"),
            Outcome = ScanOutcome.Rejected,
            Rejection = ScanRejection.ParentFull,
            // Longer than the buffer rows are encoded into.
            Fact = "30/30 ✓ " + new string('ü', 200_000),
            Area = "NORTH",
        };
        await ImportAsync(store, scan);
        Assert.Equal(
            $"{scan.ScanId} 2 3 4 C001 SB1 B-1 anna NORTH 200008 2024-02-03 04:05:06.123456 2024-02-03 04:05:05",
            await store.ScalarAsync<string>("""
                SELECT concat_ws(' ', scan_id, action, outcome, rejection, qr, parent_qr, bill_number, actor_id, area, length(fact),
                    to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), to_char(scanned_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'))
                FROM tracetrack.scan
                """));
        Assert.Equal(scan.Fact, await store.ScalarAsync<string>("SELECT fact FROM tracetrack.scan"));
    }

    [Fact]
    public async Task A_character_no_database_takes_is_a_typed_error()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(store, At(2024, 1), At(2024, 2) with { Fact = "a\0b" }));
        Assert.Equal(ErrorCodes.InvalidImport, error.Code);
        Assert.Equal(0, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan"));
    }

    [Fact]
    public async Task Of_the_same_import_sent_twice_at_once_one_is_done_and_both_are_answered()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var id = Guid.NewGuid();
        var imports = store.TraceTrack.As(Actor.System).Imports;
        var now = TimeProvider.System.GetUtcNow();
        var log = Enumerable.Range(0, 2_000).Select(_ => At(2024, 1) with { RecordedAt = now, ScannedAt = now }).ToArray();
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () => await imports.ImportScansAsync(log.ToAsyncEnumerable(), new() { ImportId = id }, cancellationToken: Stop), Stop)));
        Assert.Single(reports, report => !report.IsReplay);
        Assert.Single(reports.Select(report => report.Key).Distinct());
        Assert.Equal(2_000, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan"));
        Assert.Equal(2_000, (await store.TraceTrack.As(Actor.System).Totals.GetAsync(Stop)).Scans);
    }

    private static Scan At(int year, int month) => new()
    {
        ScanId = ScanId.New(),
        Action = ScanAction.Observe,
        Qr = QrCode.Parse("C001"),
        Outcome = ScanOutcome.Recorded,
        ActorId = "anna",
        RecordedAt = new DateTimeOffset(year, month, 3, 4, 5, 6, TimeSpan.Zero).AddMicroseconds(123_456),
        ScannedAt = new(year, month, 3, 9, 35, 5, TimeSpan.FromHours(5.5)),
    };

    private static async Task<ImportReport> ImportAsync(PostgresStore store, params Scan[] log) =>
        await store.TraceTrack.As(Actor.System).Imports.ImportScansAsync(log.ToAsyncEnumerable(), new(), cancellationToken: Stop);
}
