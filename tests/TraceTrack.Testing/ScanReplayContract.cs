using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Repeats of a scan are safe; a batch is one transaction.</summary>
public abstract class ScanReplayContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    private static readonly QrCode Child = QrCode.Parse("C0001");
    private static readonly QrCode Parent = QrCode.Parse("SB00001");

    [Fact]
    public async Task A_repeated_scan_is_answered_with_the_first_outcome_and_changes_nothing()
    {
        var warehouse = await OpenAsync();
        var scan = RecordScan.Link(ScanId.New(), Child, Parent);
        var first = Recorded(await warehouse.RecordAsync(scan));
        for (var i = 0; i < 2; i++)
        {
            var again = await warehouse.RecordAsync(scan);
            Assert.Equal((ScanOutcome.Replayed, true, null, null), (again.Outcome, again.IsReplay, again.Rejection, again.Fact));
            Assert.Equal((first.Scan, first.Bag, first.Parent), (again.Scan, again.Bag, again.Parent));
        }

        Assert.Equal(1, (await warehouse.TotalsAsync()).Scans);
    }

    [Fact]
    public async Task A_repeat_shows_the_bags_as_they_stand_now()
    {
        var warehouse = await OpenAsync();
        var scan = RecordScan.Link(ScanId.New(), Child, Parent);
        await warehouse.RecordAsync(scan);
        await warehouse.UnlinkAsync("C0001");
        var again = await warehouse.RecordAsync(scan);
        Assert.Equal(ScanOutcome.Replayed, again.Outcome);
        Assert.Equal((BagStatus.Pending, 0), (again.Bag!.Status, again.Parent!.ChildCount));
        Assert.Null((await warehouse.BagAsync("C0001")).ParentQr);
    }

    [Fact]
    public async Task A_repeated_rejection_is_rejected_alike_even_when_it_would_be_taken_now()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB00001", 3);
        var scan = RecordScan.Link(ScanId.New(), Child, Parent);
        var first = Rejected(ScanRejection.ParentFull, "3/3", await warehouse.RecordAsync(scan));
        await warehouse.UnlinkAsync("SB00001-C01");
        var again = Rejected(ScanRejection.ParentFull, "3/3", await warehouse.RecordAsync(scan));
        Assert.True(again.IsReplay);
        Assert.Equal(first.Scan, again.Scan);
        Assert.Null(await warehouse.FindBagAsync("C0001"));
        Assert.Equal(5, (await warehouse.TotalsAsync()).Scans);
    }

    [Fact]
    public async Task A_repeat_may_tell_another_time_of_the_device()
    {
        var warehouse = await OpenAsync();
        var id = ScanId.New();
        var now = TimeProvider.System.GetUtcNow();
        var first = await warehouse.RecordAsync(RecordScan.Observe(id, Child, now.AddMinutes(-2)));
        var again = await warehouse.RecordAsync(RecordScan.Observe(id, Child, now.AddMinutes(-1)));
        Assert.Equal((ScanOutcome.Replayed, first.Scan), (again.Outcome, again.Scan));
    }

    [Fact]
    public async Task An_id_used_for_another_scan_is_rejected_and_stays_the_first_ones()
    {
        var warehouse = await OpenAsync();
        var id = ScanId.New();
        await warehouse.RecordAsync(RecordScan.Link(id, Child, Parent));
        var other = Rejected(ScanRejection.ScanIdReused, null, await warehouse.RecordAsync(RecordScan.Link(id, Child, QrCode.Parse("SB00002"))));
        Assert.False(other.IsReplay);
        Rejected(ScanRejection.ScanIdReused, null, await warehouse.RecordAsync(RecordScan.Unlink(id, Child, Parent)));
        Assert.Equal(ScanOutcome.Replayed, (await warehouse.RecordAsync(RecordScan.Link(id, Child, Parent))).Outcome);
        Assert.Equal((2, 3), ((await warehouse.TotalsAsync()).Bags, (await warehouse.TotalsAsync()).Scans));
    }

    [Fact]
    public async Task An_id_used_by_another_actor_is_rejected()
    {
        var warehouse = await OpenAsync();
        var scan = RecordScan.Observe(ScanId.New(), Child);
        await warehouse.RecordAsync(scan, warehouse.Biller);
        var result = Rejected(ScanRejection.ScanIdReused, null, await warehouse.RecordAsync(scan, warehouse.Admin));
        Assert.Equal("admin-1", result.Scan.ActorId);
    }

    [Fact]
    public async Task A_scan_older_than_the_replay_window_is_rejected_and_that_rejection_is_repeated()
    {
        var warehouse = await OpenAsync(o => o.ReplayWindow = TimeSpan.FromDays(2));
        var old = RecordScan.Observe(ScanId.New(), Child, TimeProvider.System.GetUtcNow().AddDays(-2).AddMinutes(-1));
        var first = Rejected(ScanRejection.ReplayExpired, null, await warehouse.RecordAsync(old));
        Assert.False(first.IsReplay);
        Assert.True(Rejected(ScanRejection.ReplayExpired, null, await warehouse.RecordAsync(old)).IsReplay);
        Assert.Null(await warehouse.FindBagAsync("C0001"));
        Recorded(await warehouse.RecordAsync(RecordScan.Observe(ScanId.New(), Child, TimeProvider.System.GetUtcNow().AddDays(-2).AddMinutes(5))));
    }

    [Fact]
    public async Task Each_scan_of_a_batch_sees_what_the_ones_before_it_changed()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1", 1);
        var links = Enumerable.Range(1, 4).Select(i => RecordScan.Link(ScanId.New(), QrCode.Parse($"C000{i}"), Parent));
        var commit = await warehouse.RecordBatchAsync(
            Users.Actor.System,
            [
                .. links, RecordScan.Load(ScanId.New(), Parent, BillNumber.Parse("B1")),
                RecordScan.Unlink(ScanId.New(), Child), RecordScan.Unload(ScanId.New(), Parent), RecordScan.Unlink(ScanId.New(), Child),
            ]);
        Assert.Equal(
            [null, null, null, ScanRejection.ParentFull, null, ScanRejection.ParentBilled, null, null],
            commit.Changes.Decisions.Select(decision => decision.Scan.Rejection));
        Assert.Equal(8, commit.EventIds.Distinct().Count());
        Assert.Equal(commit.EventIds.Order(), commit.EventIds);
        Assert.Equal((2, BillStatus.New), ((await warehouse.BagAsync("SB00001")).ChildCount, (await warehouse.BillAsync("B1")).Status));
        Assert.Null(await warehouse.FindBagAsync("C0004"));
        Assert.Equal(8, (await warehouse.TotalsAsync()).Scans);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_scan_repeated_within_a_batch_is_written_once()
    {
        var warehouse = await OpenAsync();
        var scan = RecordScan.Link(ScanId.New(), Child, Parent);
        var commit = await warehouse.RecordBatchAsync(Users.Actor.System, scan, scan, RecordScan.Observe(ScanId.New(), Parent), scan);
        Assert.Equal([false, true, false, true], commit.Changes.Decisions.Select(decision => decision.IsReplay));
        Assert.Equal([commit.EventIds[0], commit.EventIds[0], commit.EventIds[2], commit.EventIds[0]], commit.EventIds);
        Assert.Equal(2, (await warehouse.TotalsAsync()).Scans);
        Assert.Equal(ScanOutcome.Replayed, (await warehouse.RecordAsync(scan)).Outcome);
    }

    [Fact]
    public async Task A_batch_returns_every_row_it_was_shown_or_changed_as_stored()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LoadAsync("SB00002", "B1");
        var commit = await warehouse.RecordBatchAsync(
            Users.Actor.System,
            RecordScan.Observe(ScanId.New(), Child),
            RecordScan.Unload(ScanId.New(), QrCode.Parse("SB00002")),
            RecordScan.Unlink(ScanId.New(), QrCode.Parse("C0009")),
            RecordScan.Unload(ScanId.New(), QrCode.Parse("SB00003"), BillNumber.Parse("B2")));
        Assert.Equal(["C0001", "SB00001", "SB00002"], commit.Bags.Select(bag => bag.Qr.Value).Order());
        Assert.Equal(["B1", "B2"], commit.Bills.Select(bill => bill.Number.Value).Order());
        foreach (var bag in commit.Bags)
            Assert.Equal(await warehouse.Port<IBagStore>().FindAsync(bag.Qr, CancellationToken.None), bag);
        foreach (var bill in commit.Bills)
            Assert.Equal(await warehouse.Port<IBillStore>().FindAsync(bill.Number, CancellationToken.None), bill);
    }

    [Fact]
    public async Task What_a_decision_throws_leaves_no_trace()
    {
        var warehouse = await OpenAsync();
        var scan = RecordScan.Link(ScanId.New(), Child, Parent);
        var request = new ScanRequest([scan], warehouse.Options, warehouse.Port<BagKindRule>(), Users.Actor.System);
        var thrown = new InvalidOperationException("no");
        var caught = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await warehouse.Port<IScanStore>().RecordAsync(request, _ => throw thrown, CancellationToken.None));
        Assert.Same(thrown, caught);
        Assert.Equal(default, await warehouse.TotalsAsync());
        Assert.Null(await warehouse.FindBagAsync("C0001"));
        Assert.False((await warehouse.RecordAsync(scan)).IsReplay);
    }
}
