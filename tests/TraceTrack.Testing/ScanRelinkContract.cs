using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Relink: out of one parent and into another, in one step or not at all.</summary>
public abstract class ScanRelinkContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Relinking_takes_the_child_out_of_its_parent_and_puts_it_into_the_other()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB100", 3);
        await warehouse.FillAsync("SB200", 2);
        var result = Recorded(await warehouse.RelinkAsync("sb100-c02", "SB200"));
        var (child, from, to) = (await warehouse.BagAsync("SB100-C02"), await warehouse.BagAsync("SB100"), await warehouse.BagAsync("SB200"));
        Assert.Equal((child, to, from, null), (result.Bag, result.Parent, result.FromParent, result.Bill));
        Assert.Equal((ScanAction.Relink, "SB200", "SB100", null), (result.Scan.Action, result.Scan.ParentQr?.Value, result.Scan.FromParentQr?.Value, result.Scan.Undoes));
        Assert.Equal((BagStatus.Pending, 2, 2m), (from.Status, from.ChildCount, from.ContentWeightKg));
        Assert.Equal((BagStatus.Completed, 3, 3m), (to.Status, to.ChildCount, to.ContentWeightKg));
        Assert.Equal((BagStatus.Linked, to.Id, to.Qr, result.Scan.RecordedAt), (child.Status, child.ParentId, child.ParentQr, child.LinkedAt));
        Assert.All([child, from, to], bag => Assert.Equal(result.Scan.RecordedAt, bag.ChangedAt));
        Assert.Equal(["SB100-C01", "SB100-C03"], Codes(await warehouse.ChildrenAsync("SB100")));
        Assert.Equal(["SB100-C02", "SB200-C01", "SB200-C02"], Codes(await warehouse.ChildrenAsync("SB200")));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task The_log_says_where_a_relinked_child_came_from()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        var result = Recorded(await warehouse.RelinkAsync("C0001", "SB00002"));
        var page = await warehouse.System.Scans.ListAsync(new() { Qr = QrCode.Parse("C0001") }, Paging.PageRequest.First(1));
        Assert.Equal(result.Scan, Assert.Single(page.Items));
    }

    [Fact]
    public async Task An_unknown_parent_is_registered_by_the_relink_that_fills_it()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        Recorded(await warehouse.RelinkAsync("C0001", "SB00002"));
        Assert.Equal((0, 1), ((await warehouse.BagAsync("SB00001")).ChildCount, (await warehouse.BagAsync("SB00002")).ChildCount));
        Assert.Equal(3, (await warehouse.TotalsAsync()).Bags);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_child_keeps_its_own_weight_wherever_it_goes()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new("SB00001"), new("SB00002"), new BagRow("C0001", "SB00001", null, 2.25m), new("C0002", "SB00001"));
        Recorded(await warehouse.RelinkAsync("C0001", "SB00002"));
        Assert.Equal((1m, 2.25m), ((await warehouse.BagAsync("SB00001")).ContentWeightKg, (await warehouse.BagAsync("SB00002")).ContentWeightKg));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task What_is_in_no_parent_is_linked_and_not_relinked()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C0001");
        Rejected(ScanRejection.NotLinked, null, await warehouse.RelinkAsync("C0001", "SB00001"));
        Rejected(ScanRejection.NotLinked, null, await warehouse.RelinkAsync("C0009", "SB00001"));
        Assert.Equal(1, (await warehouse.TotalsAsync()).Bags);
    }

    [Fact]
    public async Task Relinking_into_the_parent_the_child_is_in_is_rejected()
    {
        var warehouse = await OpenAsync();
        var first = await warehouse.LinkAsync("C0001", "SB00001");
        var again = Rejected(ScanRejection.AlreadyLinkedHere, "SB00001", await warehouse.RelinkAsync("C0001", "SB00001"));
        Assert.Equal((first.Bag, first.Parent, null), (again.Bag, again.Parent, again.FromParent));
        Assert.Null(again.Scan.FromParentQr);
    }

    [Fact]
    public async Task Relinking_bags_of_the_wrong_kind_is_rejected_with_the_code_and_registers_nothing()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        Rejected(ScanRejection.NotAChild, "SB00001", await warehouse.RelinkAsync("SB00001", "SB00002"));
        Rejected(ScanRejection.NotAParent, "C0002", await warehouse.RelinkAsync("C0001", "C0002"));
        Rejected(ScanRejection.NotAParent, "C0001", await warehouse.RelinkAsync("C0001", "C0001"));
        Assert.Equal((2, 4), ((await warehouse.TotalsAsync()).Bags, (await warehouse.TotalsAsync()).Scans));
    }

    [Fact]
    public async Task Neither_parent_of_a_relink_may_be_on_a_bill()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LinkAsync("C0002", "SB00002");
        await warehouse.LoadAsync("SB00001", "B1");
        Rejected(ScanRejection.ParentBilled, "B1", await warehouse.RelinkAsync("C0001", "SB00003"));
        Rejected(ScanRejection.ParentBilled, "B1", await warehouse.RelinkAsync("C0002", "SB00001"));
        await warehouse.LoadAsync("SB00002", "B2");
        Rejected(ScanRejection.ParentBilled, "B2", await warehouse.RelinkAsync("C0002", "SB00001"));
        Assert.Null(await warehouse.FindBagAsync("SB00003"));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_full_parent_takes_no_relinked_child_and_the_child_stays_where_it_is()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB100", 3);
        await warehouse.LinkAsync("C0001", "SB200");
        var result = Rejected(ScanRejection.ParentFull, "3/3", await warehouse.RelinkAsync("C0001", "SB100"));
        Assert.Equal("SB200", result.Bag!.ParentQr?.Value);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Where_unknown_bags_are_not_registered_a_relink_of_one_or_into_one_is_rejected()
    {
        var warehouse = await OpenAsync(o => o.RegisterUnknownBags = false);
        await warehouse.ImportAsync(new("SB00001"), new("C0001", "SB00001"));
        Rejected(ScanRejection.UnknownBag, "C0009", await warehouse.RelinkAsync("C0009", "SB00001"));
        Rejected(ScanRejection.UnknownBag, "SB00009", await warehouse.RelinkAsync("C0001", "SB00009"));
    }

    [Fact]
    public async Task A_relink_reaches_neither_into_another_area_nor_out_of_one()
    {
        var warehouse = await OpenAsync();
        var (north, south) = (warehouse.Dispatcher("NORTH"), warehouse.Dispatcher("SOUTH"));
        await warehouse.LinkAsync("C0001", "SB00001", north);
        await warehouse.LinkAsync("C0002", "SB00002", south);
        Rejected(ScanRejection.OutOfArea, null, await warehouse.RelinkAsync("C0001", "SB00002", north));
        Rejected(ScanRejection.OutOfArea, null, await warehouse.RelinkAsync("C0001", "SB00002", south));
        var nowhere = Rejected(ScanRejection.NotAllowed, null, await warehouse.RelinkAsync("C0001", "SB00002", warehouse.Dispatcher(null)));
        Assert.Equal((null, null, null), (nowhere.Bag, nowhere.Parent, nowhere.FromParent));
        Assert.Equal("SB00001", (await warehouse.BagAsync("C0001")).ParentQr?.Value);
    }

    [Fact]
    public async Task A_relinked_child_takes_its_new_parents_area()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001", warehouse.Dispatcher("NORTH"));
        await warehouse.ObserveAsync("SB00002", warehouse.Dispatcher("SOUTH"));
        var result = Recorded(await warehouse.RelinkAsync("C0001", "SB00002"));
        Assert.Equal(("SOUTH", "SOUTH", "NORTH"), (result.Bag!.Area, result.Scan.Area, result.FromParent!.Area));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_dispatchers_relink_claims_both_parents_with_all_their_children()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(
            new("SB00001"), new("SB00002"), new("C0001", "SB00001"), new("C0002", "SB00001"), new("C0003", "SB00002"));
        Recorded(await warehouse.RelinkAsync("C0001", "SB00002", warehouse.Dispatcher("NORTH")));
        Assert.Equal(["C0001", "C0002", "C0003", "SB00001", "SB00002"], await warehouse.ListAsync(new() { Area = "NORTH" }));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_parent_without_area_takes_that_of_the_child_relinked_into_it()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new("SB00002"), new("C0002", "SB00002"));
        await warehouse.LinkAsync("C0001", "SB00001", warehouse.Dispatcher("NORTH"));
        Assert.Equal("NORTH", Recorded(await warehouse.RelinkAsync("C0001", "SB00002")).Parent!.Area);
        Assert.Equal("NORTH", (await warehouse.BagAsync("C0002")).Area);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_repeated_relink_changes_nothing_even_when_the_child_has_moved_on()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        var scan = RecordScan.Relink(ScanId.New(), QrCode.Parse("C0001"), QrCode.Parse("SB00002"));
        var first = Recorded(await warehouse.RecordAsync(scan));
        await warehouse.RelinkAsync("C0001", "SB00003");
        var again = await warehouse.RecordAsync(scan);
        Assert.Equal((ScanOutcome.Replayed, first.Scan, "SB00003"), (again.Outcome, again.Scan, again.Bag!.ParentQr?.Value));
        Assert.Equal(3, (await warehouse.TotalsAsync()).Scans);
    }
}
