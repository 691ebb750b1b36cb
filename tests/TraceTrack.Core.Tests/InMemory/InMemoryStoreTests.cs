using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Testing;
using TraceTrack.Users;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.InMemory;

/// <summary>What the ports do not show yet, or only this store can be made to do.</summary>
public class InMemoryStoreTests(InMemoryFixture fixture)
{
    private readonly FakeTimeProvider _clock = new(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Finished_stays_are_kept_with_the_import_that_began_them()
    {
        var (warehouse, state) = await OpenAsync();
        var report = await warehouse.ImportAsync(new BagRow("SB100"), new("C0001", "SB100"));
        var child = await warehouse.BagAsync("C0001");
        _clock.Advance(TimeSpan.FromHours(1));
        var unlinked = await warehouse.UnlinkAsync("C0001");
        Assert.Equal([new(child.Id, child.ParentId!.Value, child.LinkedAt!.Value, unlinked.Scan.RecordedAt, report.Key)], state.Links);
    }

    [Fact]
    public async Task The_log_holds_every_scan_in_order_and_an_imported_one_as_it_was()
    {
        var (warehouse, state) = await OpenAsync();
        var recorded = await warehouse.ObserveAsync("C0001");
        var rejected = await warehouse.UnlinkAsync("C0001");
        var old = recorded.Scan with { ScanId = ScanId.New(), ScannedAt = new(2020, 1, 1, 5, 0, 0, TimeSpan.FromHours(5)), RecordedAt = new(2020, 1, 2, 0, 0, 0, TimeSpan.Zero) };
        await warehouse.System.Imports.ImportScansAsync(new[] { old }.ToAsyncEnumerable(), new());
        Assert.Equal([recorded.Scan, rejected.Scan, old with { EventId = state.Log[2].EventId }], state.Log);
        Assert.Equal(TimeSpan.Zero, state.Log[2].ScannedAt.Offset);
        Assert.Equal(state.Log.Select(scan => scan.EventId).Order(), state.Log.Select(scan => scan.EventId));
    }

    [Fact]
    public async Task A_repeat_after_the_replay_window_is_rejected_and_changes_nothing()
    {
        var (warehouse, _) = await OpenAsync();
        var scan = RecordScan.Observe(ScanId.New(), QrCode.Parse("C0001"));
        await warehouse.RecordAsync(scan);
        _clock.Advance(TimeSpan.FromDays(90));
        Assert.Equal(ScanOutcome.Replayed, (await warehouse.RecordAsync(scan)).Outcome);
        _clock.Advance(TimeSpan.FromMicroseconds(1));
        Rejected(ScanRejection.ReplayExpired, null, await warehouse.RecordAsync(scan));
        Rejected(ScanRejection.ReplayExpired, null, await warehouse.RecordAsync(scan));
        Assert.Equal(3, (await warehouse.TotalsAsync()).Scans);
    }

    [Fact]
    public async Task A_bill_completed_while_the_clock_stands_still_is_later_than_its_last_load()
    {
        var (warehouse, _) = await OpenAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1");
        var loaded = await warehouse.LoadAsync("SB100", "B1");
        var completed = await warehouse.CompleteAsync("B1");
        Assert.Equal(loaded.Scan.RecordedAt.AddMicroseconds(1), completed.CompletedAt);
    }

    [Fact]
    public async Task Bills_made_at_one_moment_are_listed_last_made_first()
    {
        var (warehouse, _) = await OpenAsync();
        for (var i = 1; i <= 4; i++)
            await warehouse.CreateBillAsync($"B{i}");
        Assert.Equal(["B4", "B3", "B2", "B1"], (await warehouse.AllBillsAsync()).Select(bill => bill.Number.Value));
    }

    [Fact]
    public async Task Expired_sessions_do_not_pile_up()
    {
        var (warehouse, state) = await OpenAsync();
        var ada = await warehouse.System.Users.CreateAsync(new("ada", UserRole.Admin, null, "hash"));
        for (var i = 0; i < 1_000; i++)
            await warehouse.System.Users.StartSessionAsync(ada.Id);
        _clock.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 100; i++)
            await warehouse.System.Users.StartSessionAsync(ada.Id);
        Assert.Equal(100, state.Sessions.Count);
    }

    [Fact]
    public async Task A_session_shows_its_user_as_the_user_stands_now()
    {
        var (warehouse, state) = await OpenAsync();
        var ada = await warehouse.System.Users.CreateAsync(new("ada", UserRole.Dispatcher, "NORTH", "hash"));
        var ticket = await warehouse.System.Users.StartSessionAsync(ada.Id);
        state.Users[ada.Id] = state.Users[ada.Id] with { User = ada with { Area = "SOUTH" } };
        Assert.Equal("SOUTH", (await warehouse.System.Users.FindSessionAsync(ticket.Token))!.User.Area);
    }

    [Fact]
    public async Task A_bag_scanned_while_an_import_reads_its_rows_is_known_to_it()
    {
        var (warehouse, _) = await OpenAsync();
        var report = await warehouse.System.Imports.ImportAsync(Rows(), new());
        Assert.Equal(["2 Kept AlreadyExists"], await warehouse.TellAsync(report));
        Assert.Equal(["C0001", "SB100"], await warehouse.ListAsync(BagFilter.All));
        await Consistency.AssertHoldsAsync(warehouse);

        async IAsyncEnumerable<BagRow> Rows()
        {
            yield return new("SB100");
            await warehouse.ObserveAsync("C0001");
            yield return new("C0001");
        }
    }

    [Fact]
    public async Task A_recount_finds_and_mends_what_was_kept_wrong()
    {
        var (warehouse, state) = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB100");
        var right = state.Totals;
        state.Totals = right with { Children = 7 };
        var recount = await warehouse.System.Totals.ReconcileAsync();
        Assert.Equal((false, 7L, right), (recount.IsExact, recount.Kept.Children, recount.Counted));
        Assert.Equal(right, await warehouse.TotalsAsync());
    }

    [Fact]
    public async Task Time_spent_on_an_import_is_told_by_the_clock()
    {
        var (warehouse, _) = await OpenAsync();
        var report = await warehouse.System.Imports.ImportAsync(Rows(), new());
        Assert.Equal(TimeSpan.FromSeconds(3), report.Elapsed);

        async IAsyncEnumerable<BagRow> Rows()
        {
            yield return new("SB100");
            await Task.Yield();
            _clock.Advance(TimeSpan.FromSeconds(3));
        }
    }

    private async Task<(Warehouse Warehouse, InMemoryState State)> OpenAsync(Action<TraceTrackOptions>? options = null)
    {
        var services = await fixture.CreateStoreAsync(options, _clock);
        return (new(services), services.GetRequiredService<InMemoryState>());
    }

    [Fact]
    public async Task An_import_that_moves_a_child_closes_its_stay()
    {
        var (warehouse, state) = await OpenAsync();
        var first = await warehouse.ImportAsync(new("SB100"), new("SB200"), new("C0001", "SB100"), new("C0002"));
        var before = await warehouse.BagAsync("C0001");
        await warehouse.ImportWithAsync(OnExisting.Update, new BagRow("C0001", "SB200"), new("C0002", "SB200"));
        var after = await warehouse.BagAsync("C0001");
        Assert.Equal(new(before.Id, before.ParentId!.Value, before.LinkedAt!.Value, after.LinkedAt!.Value, first.Key), Assert.Single(state.Links));
    }
}
