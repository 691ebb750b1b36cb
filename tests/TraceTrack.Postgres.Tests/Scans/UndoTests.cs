using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Scans;

/// <summary>What an undo finds in the tables.</summary>
public sealed class UndoTests(PostgresServer server)
{
    private static readonly QrCode Child = QrCode.Parse("C0001");
    private static readonly QrCode Parent = QrCode.Parse("SB00001");

    [Fact]
    public async Task The_receipt_of_a_scan_undone_names_the_undo_and_its_log_row_stays_as_it_was()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var scans = store.TraceTrack.As(Actor.System).Scans;
        var link = await scans.RecordAsync(RecordScan.Link(ScanId.New(), Child, Parent), TestContext.Current.CancellationToken);
        const string Row = "SELECT s::text FROM tracetrack.scan s WHERE s.action = 2";
        var before = await store.ScalarAsync<string>(Row);
        var undo = await scans.RecordAsync(RecordScan.Undo(ScanId.New()), TestContext.Current.CancellationToken);
        Assert.Equal(undo.Scan.ScanId.Value, await store.ScalarAsync<Guid>($"SELECT undone_by FROM tracetrack.scan_receipt WHERE scan_id = '{link.Scan.ScanId}'"));
        Assert.Equal(before, await store.ScalarAsync<string>(Row));
        Assert.Equal(0, await store.ScalarAsync<long>($"SELECT count(*) FROM tracetrack.scan_receipt WHERE scan_id = '{undo.Scan.ScanId}' AND undone_by IS NOT NULL"));
    }

    [Fact]
    public async Task A_scan_recorded_two_hours_ago_is_not_undone_and_one_that_was_imported_never()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var tracker = store.TraceTrack.As(Actor.System);
        var link = await tracker.Scans.RecordAsync(RecordScan.Link(ScanId.New(), Child, Parent), TestContext.Current.CancellationToken);
        await store.ExecuteAsync("UPDATE tracetrack.scan SET recorded_at = recorded_at - interval '2 hours'");
        await store.ExecuteAsync("UPDATE tracetrack.scan_receipt SET recorded_at = recorded_at - interval '2 hours'");
        Assert.Equal(ScanRejection.UndoWindowPassed, (await UndoAsync()).Rejection);
        await tracker.Imports.ImportScansAsync(
            new[] { link.Scan with { ScanId = ScanId.New(), RecordedAt = link.Scan.RecordedAt.AddSeconds(-1) } }.ToAsyncEnumerable(),
            new() { ImportId = Guid.NewGuid() }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ScanRejection.UndoWindowPassed, (await UndoAsync()).Rejection);
        Assert.Equal(Parent, (await tracker.Bags.FindAsync(Child, TestContext.Current.CancellationToken))!.ParentQr);

        async Task<ScanResult> UndoAsync() => await tracker.Scans.RecordAsync(RecordScan.Undo(ScanId.New()), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_scan_recorded_while_an_undo_waits_for_its_bags_is_the_one_that_is_undone()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var scans = store.TraceTrack.As(Actor.System).Scans;
        await scans.RecordAsync(RecordScan.Link(ScanId.New(), Child, Parent), TestContext.Current.CancellationToken);
        await using var connection = await server.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"SELECT FROM {store.Schema}.bag FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var undoing = Task.Run(async () => await scans.RecordAsync(RecordScan.Undo(ScanId.New())), TestContext.Current.CancellationToken);
        while (!await store.WaitsForBagAsync())
            Assert.False(undoing.IsCompleted);

        var latest = await scans.RecordAsync(
            RecordScan.Link(ScanId.New(), QrCode.Parse("C0002"), QrCode.Parse("SB00002")), TestContext.Current.CancellationToken);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal((ScanOutcome.Recorded, latest.Scan.ScanId), ((await undoing).Outcome, (await undoing).Scan.Undoes));
    }

    [Fact]
    public async Task Imported_rows_of_relinks_and_undos_say_what_they_were_about()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var tracker = store.TraceTrack.As(Actor.System);
        var at = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var relink = new Scan
        {
            ScanId = ScanId.New(),
            Action = ScanAction.Relink,
            Qr = Child,
            ParentQr = Parent,
            FromParentQr = QrCode.Parse("SB00002"),
            Outcome = ScanOutcome.Recorded,
            ActorId = "u1",
            ScannedAt = at,
            RecordedAt = at,
        };
        var undo = relink with { ScanId = ScanId.New(), Action = ScanAction.Undo, Undoes = relink.ScanId, RecordedAt = at.AddMinutes(1) };
        var none = undo with
        {
            ScanId = ScanId.New(),
            Qr = null,
            ParentQr = null,
            FromParentQr = null,
            Undoes = null,
            Outcome = ScanOutcome.Rejected,
            Rejection = ScanRejection.NothingToUndo,
            RecordedAt = at.AddMinutes(2),
        };
        await tracker.Imports.ImportScansAsync(
            new[] { relink, undo, none }.ToAsyncEnumerable(), new() { ImportId = Guid.NewGuid() }, cancellationToken: TestContext.Current.CancellationToken);
        var page = await tracker.Scans.ListAsync(ScanFilter.All, Paging.PageRequest.First(5), TestContext.Current.CancellationToken);
        Assert.Equal([none, undo, relink], page.Items.Select(scan => scan with { EventId = 0 }));
    }

    [Fact]
    public async Task Scans_recorded_before_the_schema_knew_of_undos_can_be_undone()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var scans = store.TraceTrack.As(Actor.System).Scans;
        var link = await scans.RecordAsync(RecordScan.Link(ScanId.New(), Child, Parent), TestContext.Current.CancellationToken);
        await store.ExecuteAsync("ALTER TABLE tracetrack.scan DROP COLUMN from_parent_qr, DROP COLUMN undoes, ALTER COLUMN qr SET NOT NULL");
        await store.ExecuteAsync("ALTER TABLE tracetrack.scan_receipt DROP COLUMN undone_by");
        await store.ExecuteAsync("DELETE FROM tracetrack.migration WHERE version = 4");
        await store.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        var undo = await scans.RecordAsync(RecordScan.Undo(ScanId.New()), TestContext.Current.CancellationToken);
        Assert.Equal((ScanOutcome.Recorded, link.Scan.ScanId), (undo.Outcome, undo.Scan.Undoes));
    }

    [Fact]
    public async Task An_undo_whose_month_was_archived_is_still_answered_from_its_receipt()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var scans = store.TraceTrack.As(Actor.System).Scans;
        await scans.RecordAsync(RecordScan.Link(ScanId.New(), Child, Parent), TestContext.Current.CancellationToken);
        var undo = RecordScan.Undo(ScanId.New());
        await scans.RecordAsync(undo, TestContext.Current.CancellationToken);
        await store.ExecuteAsync("DELETE FROM tracetrack.scan");
        var again = await scans.RecordAsync(undo, TestContext.Current.CancellationToken);
        Assert.Equal((ScanOutcome.Replayed, null, null), (again.Outcome, again.Scan.Qr, again.Bag));
    }
}
