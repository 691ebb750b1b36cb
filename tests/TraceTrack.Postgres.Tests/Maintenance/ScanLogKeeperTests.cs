using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack.Bags;
using TraceTrack.History;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Maintenance;

public sealed class ScanLogKeeperTests(PostgresServer server)
{
    private static readonly DateOnly January = new(2020, 1, 1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Partitions_are_made_as_far_ahead_as_the_options_say()
    {
        await using var store = await OpenAsync(log => log.MonthsAhead = 6);
        var report = await MaintainAsync(store);
        Assert.Equal(3, report.CreatedPartitions.Count);
        var last = DateTime.Parse(
            (await store.ScalarAsync<string>("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '6 months', 'YYYY-MM-01')"))!,
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(ScanPartitions.Name(DateOnly.FromDateTime(last)), report.CreatedPartitions[^1]);
        Assert.Empty((await MaintainAsync(store)).CreatedPartitions);
    }

    [Fact]
    public async Task Nothing_is_detached_unless_a_retention_is_set()
    {
        await using var store = await OpenAsync();
        await ImportAsync(store, 1, 3);
        var report = await MaintainAsync(store);
        Assert.Equal((0, 0, 0), (report.DetachedMonths.Count, report.DueMonths.Count, report.Problems.Count));
    }

    [Fact]
    public async Task Months_beyond_the_retention_are_detached_and_go_on_counting()
    {
        await using var store = await OpenAsync(log => log.RetentionMonths = 3);
        await ImportAsync(store, 1, 3);
        await ImportAsync(store, 2, 2);
        await Tracker(store).Scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse("C001")), Stop);
        var report = await MaintainAsync(store);
        Assert.Equal(
            [new ArchivedMonth(January, "scan_archived_2020_01", 3), new(new(2020, 2, 1), "scan_archived_2020_02", 2)], report.DetachedMonths);
        Assert.Equal((0, 0), (report.DueMonths.Count, report.Problems.Count));
        Assert.Equal(1, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan"));
        Assert.Equal(3, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_archived_2020_01"));
        await AssertExactAsync(store, 6);
        await store.ExecuteAsync("DROP TABLE tracetrack.scan_archived_2020_01");
        await AssertExactAsync(store, 6);
        Assert.Empty((await MaintainAsync(store)).DetachedMonths);
    }

    [Fact]
    public async Task The_months_of_the_retention_stay()
    {
        await using var store = await OpenAsync(log => log.RetentionMonths = 3);
        // The month before those that the migration made, and the one before that.
        var now = await store.ScalarAsync<DateTime>("SELECT clock_timestamp()");
        var present = new DateOnly(now.Year, now.Month, 1);
        await ImportAsync(store, present.AddMonths(-3), 1);
        await ImportAsync(store, present.AddMonths(-4), 1);
        Assert.Equal(present.AddMonths(-4), Assert.Single((await MaintainAsync(store)).DetachedMonths).Month);
    }

    [Fact]
    public async Task With_detaching_off_due_months_are_told_only()
    {
        await using var store = await OpenAsync(log => (log.RetentionMonths, log.DetachArchived) = (3, false));
        await ImportAsync(store, 1, 3);
        var report = await MaintainAsync(store);
        Assert.Equal((January, 0), (Assert.Single(report.DueMonths), report.DetachedMonths.Count));
        Assert.Equal(3, (await Keeper(store).DetachAsync(new(2020, 1, 17), Stop))!.Rows);
        Assert.Null(await Keeper(store).DetachAsync(January, Stop));
        await AssertExactAsync(store, 3);
    }

    [Fact]
    public async Task A_month_that_comes_back_with_an_imported_log_can_be_detached_again()
    {
        await using var store = await OpenAsync();
        await ImportAsync(store, 1, 3);
        Assert.Equal("scan_archived_2020_01", (await Keeper(store).DetachAsync(January, Stop))!.Table);
        await ImportAsync(store, 1, 2);
        Assert.Equal(2, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_2020_01"));
        Assert.Equal(new ArchivedMonth(January, "scan_archived_2020_01_2", 2), await Keeper(store).DetachAsync(January, Stop));
        await AssertExactAsync(store, 5);
        // Its indexes went with it: those of the log are whole without.
        Assert.Empty((await store.Services.GetRequiredService<IndexBootstrapper>().ReportAsync(Stop)).Problems);
    }

    [Fact]
    public async Task Rows_that_come_while_their_month_is_being_detached_are_counted()
    {
        await using var store = await OpenAsync();
        await ImportAsync(store, 1, 2000);
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await store.ExecuteAsync("""
                    INSERT INTO tracetrack.scan (recorded_at, scanned_at, scan_id, action, outcome, qr, actor_id)
                    VALUES ('2020-01-20Z', now(), gen_random_uuid(), 1, 1, 'C001', 'x')
                    """);
            }
        })).ToArray();
        await Task.Delay(100, Stop);
        var archived = await Keeper(store).DetachAsync(January, Stop);
        await enough.CancelAsync();
        await Task.WhenAll(writers);
        Assert.True(archived!.Rows > 2000);
        Assert.Equal(archived.Rows, await store.ScalarAsync<long>($"SELECT count(*) FROM tracetrack.{archived.Table}"));
        Assert.Equal(archived.Rows, await store.ScalarAsync<long>("SELECT rows FROM tracetrack.scan_archive"));
    }

    [Fact]
    public async Task Long_work_on_the_log_keeps_a_month_where_it_is_and_scanners_go_on()
    {
        await using var store = await OpenAsync(log => log.RetentionMonths = 3);
        await ImportAsync(store, 1, 3);
        await using (var connection = await server.Source.OpenConnectionAsync(Stop))
        await using (await connection.BeginTransactionAsync(Stop))
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) FROM {store.Schema}.scan", connection);
            await command.ExecuteScalarAsync(Stop);
            var report = await MaintainAsync(store);
            Assert.Contains("2020-01 could not be detached", Assert.Single(report.Problems), StringComparison.Ordinal);
            Assert.Equal(January, Assert.Single(report.DueMonths));
            var error = await Assert.ThrowsAsync<ConflictException>(async () => await Keeper(store).DetachAsync(January, Stop));
            Assert.Equal(ErrorCodes.StoreBusy, error.Code);
            var scan = await Tracker(store).Scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse("C001")), Stop);
            Assert.Equal(ScanOutcome.Recorded, scan.Outcome);
        }

        await AssertExactAsync(store, 4);
        Assert.Single((await MaintainAsync(store)).DetachedMonths);
        await AssertExactAsync(store, 4);
    }

    [Fact]
    public async Task While_one_process_is_at_it_the_others_leave_it_to_that_one()
    {
        await using var store = await OpenAsync(log => log.RetentionMonths = 3);
        await ImportAsync(store, 1, 3);
        await using var connection = await server.Source.OpenConnectionAsync(Stop);
        await using (await AdvisoryGate.EnterAsync(connection, store.Schema, () => { }, TimeProvider.System, Stop))
        {
            var report = await MaintainAsync(store);
            Assert.Equal((true, 0), (report.IsSkipped, report.DetachedMonths.Count));
            var error = await Assert.ThrowsAsync<ConflictException>(async () => await Keeper(store).DetachAsync(January, Stop));
            Assert.Equal(ErrorCodes.StoreBusy, error.Code);
        }

        Assert.Single((await MaintainAsync(store)).DetachedMonths);
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MaintainAsync(store)));
        Assert.Contains(together, report => !report.IsSkipped);
        // The session is given back as it was.
        Assert.Equal("0", await store.ScalarAsync<string>("SHOW lock_timeout"));
    }

    [Fact]
    public async Task Receipts_are_deleted_when_the_replay_window_has_passed_and_not_before()
    {
        await using var store = await OpenAsync();
        await store.ExecuteAsync("""
            INSERT INTO tracetrack.scan_receipt (scan_id, payload_hash, recorded_at, event_id, outcome, actor_id)
            SELECT gen_random_uuid(), gen_random_uuid(), clock_timestamp() - n * interval '1 minute' - interval '89 days', n, 1, 'x'
            FROM generate_series(1, 12000) n
            """);
        // A device's clock may be five minutes ahead, and what it sent is accepted again for as much longer.
        var kept = await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_receipt WHERE recorded_at > clock_timestamp() - interval '90 days 5 minutes'");
        var report = await MaintainAsync(store);
        Assert.InRange(report.PrunedReceipts, 12_000 - kept, 12_000 - kept + 1);
        Assert.Equal(12_000 - report.PrunedReceipts, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan_receipt"));
        Assert.True(report.PrunedReceipts > 10_000);
    }

    [Fact]
    public async Task What_happened_in_an_archived_month_is_told_by_stays_and_receipts()
    {
        await using var store = await OpenAsync();
        var tracker = Tracker(store);
        var link = RecordScan.Link(ScanId.New(), QrCode.Parse("C001"), QrCode.Parse("SB1"));
        var linked = (await tracker.Scans.RecordAsync(link, Stop)).Scan;
        await tracker.Scans.RecordAsync(RecordScan.Unlink(ScanId.New(), link.Qr!.Value), Stop);
        await Keeper(store).DetachAsync(DateOnly.FromDateTime(linked.RecordedAt.UtcDateTime), Stop);
        Assert.Equal(ScanOutcome.Replayed, (await tracker.Scans.RecordAsync(link, Stop)).Outcome);
        var history = await tracker.History.OfBagAsync(link.Qr!.Value, PageRequest.First(), Stop);
        Assert.Equal([(HistoryKind.Left, "SB1"), (HistoryKind.Entered, "SB1")], history.Items.Select(entry => (entry.Kind, entry.OtherBag!.Value.Value)));
        var stay = await tracker.History.ParentAtAsync(link.Qr!.Value, linked.RecordedAt, Stop);
        Assert.Equal((linked.RecordedAt, null, null), (stay!.Since, stay.ScanId, stay.ImportId));
        // The month goes on in the default partition.
        Assert.Equal(ScanOutcome.Recorded, (await tracker.Scans.RecordAsync(RecordScan.Observe(ScanId.New(), link.Qr!.Value), Stop)).Outcome);
        await AssertExactAsync(store, 3);
    }

    private async Task<PostgresStore> OpenAsync(Action<ScanLogOptions>? options = null) =>
        await PostgresStore.CreateAsync(server, postgres: postgres => options?.Invoke(postgres.ScanLog));

    private static ITracker Tracker(PostgresStore store) => store.TraceTrack.As(Actor.System);

    private static ScanLogKeeper Keeper(PostgresStore store) => store.Services.GetRequiredService<ScanLogKeeper>();

    private static Task<ScanLogReport> MaintainAsync(PostgresStore store) => Keeper(store).MaintainAsync(Stop).AsTask();

    private static Task ImportAsync(PostgresStore store, int month, int scans) => ImportAsync(store, new DateOnly(2020, month, 1), scans);

    private static async Task ImportAsync(PostgresStore store, DateOnly month, int scans)
    {
        var log = Enumerable.Range(0, scans).Select(i => new Scan
        {
            ScanId = ScanId.New(),
            Action = ScanAction.Observe,
            Qr = QrCode.Parse($"C{i:000}"),
            Outcome = ScanOutcome.Recorded,
            ActorId = "anna",
            ScannedAt = At(i),
            RecordedAt = At(i),
        });
        await Tracker(store).Imports.ImportScansAsync(log.ToAsyncEnumerable(), new(), cancellationToken: Stop);

        DateTimeOffset At(int i) => new(month.Year, month.Month, 1 + (i % 28), 1, 2, 3, TimeSpan.Zero);
    }

    private static async Task AssertExactAsync(PostgresStore store, long scans)
    {
        var recount = await Tracker(store).Totals.ReconcileAsync(Stop);
        Assert.True(recount.IsExact, $"kept {recount.Kept}, counted {recount.Counted}");
        Assert.Equal(scans, recount.Counted.Scans);
    }
}
