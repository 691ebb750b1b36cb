using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Undo: what it brings back, in which order, once and by whom. Why it is refused has a contract of its own.</summary>
public abstract class ScanUndoContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Undoing_a_link_takes_the_child_out_and_names_the_scan_undone()
    {
        var warehouse = await OpenAsync();
        var link = await warehouse.LinkAsync("C0001", "SB00001");
        var undo = Recorded(await warehouse.UndoAsync());
        var (child, parent) = (await warehouse.BagAsync("C0001"), await warehouse.BagAsync("SB00001"));
        Assert.Equal((child, parent, null, null), (undo.Bag, undo.Parent, undo.FromParent, undo.Bill));
        Assert.Equal((BagStatus.Pending, null, null), (child.Status, child.ParentQr, child.LinkedAt));
        Assert.Equal((0, 0m), (parent.ChildCount, parent.ContentWeightKg));
        Assert.Equal(
            (ScanAction.Undo, "C0001", "SB00001", link.Scan.ScanId),
            (undo.Scan.Action, undo.Scan.Qr?.Value, undo.Scan.ParentQr?.Value, undo.Scan.Undoes));
        Assert.True(undo.Scan.RecordedAt > link.Scan.RecordedAt);
        Assert.Equal((2, 2), ((await warehouse.TotalsAsync()).Bags, (await warehouse.TotalsAsync()).Scans));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task The_log_keeps_the_scan_undone_as_it_was_with_the_undo_above_it()
    {
        var warehouse = await OpenAsync();
        var link = await warehouse.LinkAsync("C0001", "SB00001");
        var undo = await warehouse.UndoAsync();
        var page = await warehouse.System.Scans.ListAsync(new() { Qr = QrCode.Parse("C0001") }, Paging.PageRequest.First(5));
        Assert.Equal([undo.Scan, link.Scan], page.Items);
    }

    [Fact]
    public async Task Undoing_an_unlink_puts_the_child_back_into_the_parent_it_came_from()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB100", 3);
        await warehouse.UnlinkAsync("SB100-C02");
        var undo = Recorded(await warehouse.UndoAsync());
        Assert.Equal(("SB100", BagStatus.Completed, 3), (undo.Bag!.ParentQr?.Value, undo.Parent!.Status, undo.Parent.ChildCount));
        Assert.Equal("SB100", undo.Scan.ParentQr?.Value);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Undoing_a_relink_puts_the_child_back_into_its_former_parent()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB100", 3);
        await warehouse.RelinkAsync("SB100-C02", "SB200");
        var undo = Recorded(await warehouse.UndoAsync());
        Assert.Equal("SB100", undo.Bag!.ParentQr?.Value);
        Assert.Equal(("SB200", "SB100"), (undo.Scan.ParentQr?.Value, undo.Scan.FromParentQr?.Value));
        Assert.Equal((await warehouse.BagAsync("SB200"), await warehouse.BagAsync("SB100")), (undo.Parent, undo.FromParent));
        Assert.Equal((0, 3), (undo.Parent!.ChildCount, undo.FromParent!.ChildCount));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Undoing_a_load_takes_the_parent_off_the_bill()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.FillAsync("SB100", 3);
        await warehouse.LoadAsync("SB100", "B1");
        var undo = Recorded(await warehouse.UndoAsync());
        Assert.Equal((await warehouse.BagAsync("SB100"), await warehouse.BillAsync("B1")), (undo.Bag, undo.Bill));
        Assert.Equal((BagStatus.Completed, null, BillStatus.New, 0, 0m),
            (undo.Bag!.Status, undo.Bag.BillNumber, undo.Bill!.Status, undo.Bill.ParentCount, undo.Bill.ActualWeightKg));
        Assert.Equal("B1", undo.Scan.BillNumber?.Value);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Undoing_an_unload_puts_the_parent_back_onto_the_bill_it_was_on()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.FillAsync("SB100", 3);
        await warehouse.LoadAsync("SB100", "B1");
        await warehouse.UnloadAsync("SB100");
        var undo = Recorded(await warehouse.UndoAsync());
        Assert.Equal((BagStatus.Billed, "B1", 1, 3m), (undo.Bag!.Status, undo.Bag.BillNumber?.Value, undo.Bill!.ParentCount, undo.Bill.ActualWeightKg));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Undoing_an_observation_changes_nothing_and_the_bag_stays_registered()
    {
        var warehouse = await OpenAsync();
        var observed = await warehouse.ObserveAsync("C0001");
        var undo = Recorded(await warehouse.UndoAsync());
        Assert.Equal((observed.Bag, observed.Scan.ScanId), (undo.Bag, undo.Scan.Undoes));
        Rejected(ScanRejection.NothingToUndo, null, await warehouse.UndoAsync());
        Assert.Equal(observed.Bag, await warehouse.BagAsync("C0001"));
    }

    [Fact]
    public async Task Each_undo_takes_back_the_scan_before_the_one_undone_last()
    {
        var warehouse = await OpenAsync();
        var first = await warehouse.LinkAsync("C0001", "SB00001");
        var second = await warehouse.UnlinkAsync("C0001");
        var third = await warehouse.LinkAsync("C0001", "SB00002");
        Assert.Equal((third.Scan.ScanId, null), Undone(await warehouse.UndoAsync()));
        Assert.Equal((second.Scan.ScanId, "SB00001"), Undone(await warehouse.UndoAsync()));
        Assert.Equal((first.Scan.ScanId, null), Undone(await warehouse.UndoAsync()));
        Rejected(ScanRejection.NothingToUndo, null, await warehouse.UndoAsync());
        await Consistency.AssertHoldsAsync(warehouse);

        static (ScanId?, string?) Undone(ScanResult result) => (Recorded(result).Scan.Undoes, result.Bag!.ParentQr?.Value);
    }

    [Fact]
    public async Task A_scan_made_after_an_undo_is_the_next_to_be_undone()
    {
        var warehouse = await OpenAsync();
        var first = await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LinkAsync("C0002", "SB00001");
        await warehouse.UndoAsync();
        var third = await warehouse.LinkAsync("C0003", "SB00001");
        Assert.Equal(third.Scan.ScanId, Recorded(await warehouse.UndoAsync()).Scan.Undoes);
        Assert.Equal(first.Scan.ScanId, Recorded(await warehouse.UndoAsync()).Scan.Undoes);
    }

    [Fact]
    public async Task A_refused_scan_is_nothing_to_undo()
    {
        var warehouse = await OpenAsync();
        var link = await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LinkAsync("C0001", "SB00002");
        Assert.Equal(link.Scan.ScanId, Recorded(await warehouse.UndoAsync()).Scan.Undoes);
    }

    [Fact]
    public async Task Everyone_undoes_their_own_scans_only()
    {
        var warehouse = await OpenAsync();
        var own = await warehouse.LinkAsync("C0001", "SB00001", warehouse.Biller);
        await warehouse.LinkAsync("C0002", "SB00001", warehouse.Admin);
        Assert.Equal(own.Scan.ScanId, Recorded(await warehouse.UndoAsync(warehouse.Biller)).Scan.Undoes);
        Rejected(ScanRejection.NothingToUndo, null, await warehouse.UndoAsync(warehouse.Biller));
        Assert.Equal("SB00001", (await warehouse.BagAsync("C0002")).ParentQr?.Value);
    }

    [Fact]
    public async Task An_undo_sent_again_undoes_nothing_more()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LinkAsync("C0002", "SB00001");
        var scan = RecordScan.Undo(ScanId.New());
        var first = Recorded(await warehouse.RecordAsync(scan));
        var again = await warehouse.RecordAsync(scan);
        Assert.Equal((ScanOutcome.Replayed, true), (again.Outcome, again.IsReplay));
        Assert.Equal((first.Scan, first.Bag, first.Parent), (again.Scan, again.Bag, again.Parent));
        Assert.Equal("SB00001", (await warehouse.BagAsync("C0001")).ParentQr?.Value);
        Assert.Equal(3, (await warehouse.TotalsAsync()).Scans);
    }

    [Fact]
    public async Task A_refused_undo_sent_again_is_refused_alike_even_when_there_is_something_now()
    {
        var warehouse = await OpenAsync();
        var scan = RecordScan.Undo(ScanId.New());
        var first = Rejected(ScanRejection.NothingToUndo, null, await warehouse.RecordAsync(scan));
        Assert.Equal((null, null), (first.Scan.Qr, first.Scan.Undoes));
        await warehouse.LinkAsync("C0001", "SB00001");
        var again = Rejected(ScanRejection.NothingToUndo, null, await warehouse.RecordAsync(scan));
        Assert.Equal((true, first.Scan), (again.IsReplay, again.Scan));
        Assert.Equal(first.Scan, (await warehouse.System.Scans.ListAsync(ScanFilter.All, Paging.PageRequest.Last(1))).Items[0]);
    }

    [Fact]
    public async Task The_scan_undone_sent_again_is_answered_as_before_and_stays_undone()
    {
        var warehouse = await OpenAsync();
        var link = RecordScan.Link(ScanId.New(), QrCode.Parse("C0001"), QrCode.Parse("SB00001"));
        var first = await warehouse.RecordAsync(link);
        await warehouse.UndoAsync();
        var again = await warehouse.RecordAsync(link);
        Assert.Equal((ScanOutcome.Replayed, first.Scan), (again.Outcome, again.Scan));
        Assert.Null((await warehouse.BagAsync("C0001")).ParentQr);
        Rejected(ScanRejection.NothingToUndo, null, await warehouse.UndoAsync());
    }

    [Fact]
    public async Task The_id_of_an_undo_is_good_for_nothing_else()
    {
        var warehouse = await OpenAsync();
        var id = ScanId.New();
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.RecordAsync(RecordScan.Undo(id));
        Rejected(ScanRejection.ScanIdReused, null, await warehouse.RecordAsync(RecordScan.Observe(id, QrCode.Parse("C0001"))));
        Rejected(ScanRejection.ScanIdReused, null, await warehouse.RecordAsync(RecordScan.Undo(id), warehouse.Biller));
    }

    [Fact]
    public async Task Anothers_undo_sent_again_shows_nothing_of_what_it_was_about()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LoadAsync("SB00001", "B1");
        var undo = RecordScan.Undo(ScanId.New());
        await warehouse.RecordAsync(undo);
        await warehouse.LoadAsync("SB00001", "B1");
        var unlink = RecordScan.Unlink(ScanId.New(), QrCode.Parse("C0001"));
        var answers = await warehouse.RecordManyAsync(warehouse.Biller, undo, unlink);
        Rejected(ScanRejection.ScanIdReused, null, answers[0]);
        // As alone: the batch has nothing to do with the bill.
        Assert.Null(Rejected(ScanRejection.ParentBilled, "B1", answers[1]).Bill);
        Assert.Equal("B1", (await warehouse.RecordManyAsync(null, undo))[0].Bill?.Number.Value);
    }

    [Fact]
    public async Task Undos_of_a_batch_take_back_its_own_scans_first_and_earlier_ones_then()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.LinkAsync("C0001", "SB100");
        await warehouse.LoadAsync("SB200", "B1");
        var (link, undone) = (RecordScan.Link(ScanId.New(), QrCode.Parse("C0002"), QrCode.Parse("SB100")), RecordScan.Undo(ScanId.New()));
        var commit = await warehouse.RecordBatchAsync(
            Users.Actor.System,
            RecordScan.Relink(ScanId.New(), QrCode.Parse("C0001"), QrCode.Parse("SB300")), link, undone, RecordScan.Undo(ScanId.New()),
            undone, RecordScan.Undo(ScanId.New()), RecordScan.Undo(ScanId.New()), RecordScan.Undo(ScanId.New()));
        var decisions = commit.Changes.Decisions;
        Assert.Equal([null, null, null, null, null, null, null, ScanRejection.NothingToUndo], decisions.Select(decision => decision.Scan.Rejection));
        Assert.Equal([false, false, false, false, true, false, false, false], decisions.Select(decision => decision.IsReplay));
        Assert.Equal((link.Id, decisions[0].Scan.ScanId), (decisions[2].Scan.Undoes, decisions[3].Scan.Undoes));
        Assert.Equal(("B1", "SB200", "C0001"), (decisions[5].Scan.BillNumber?.Value, decisions[5].Scan.Qr?.Value, decisions[6].Scan.Qr?.Value));
        Assert.Equal((0, BillStatus.New), ((await warehouse.BagAsync("SB100")).ChildCount, (await warehouse.BillAsync("B1")).Status));
        Rejected(ScanRejection.NothingToUndo, null, await warehouse.UndoAsync());
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task An_undo_returns_every_row_it_changed_as_stored()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.RelinkAsync("C0001", "SB00002");
        await warehouse.LoadAsync("SB00003", "B1");
        var commit = await warehouse.RecordBatchAsync(Users.Actor.System, RecordScan.Undo(ScanId.New()), RecordScan.Undo(ScanId.New()));
        Assert.Equal(["C0001", "SB00001", "SB00002", "SB00003"], commit.Bags.Select(bag => bag.Qr.Value).Order());
        foreach (var bag in commit.Bags)
            Assert.Equal(await warehouse.Port<IBagStore>().FindAsync(bag.Qr, CancellationToken.None), bag);
        Assert.Equal(await warehouse.Port<IBillStore>().FindAsync(BillNumber.Parse("B1"), CancellationToken.None), Assert.Single(commit.Bills));
    }
}
