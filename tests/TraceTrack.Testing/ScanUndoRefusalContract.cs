using TraceTrack.Scans;
using TraceTrack.Users;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Why an undo is refused: what happened since is in its way, and gives the reason it would give to a scanner. The scan stays undoable.</summary>
public abstract class ScanUndoRefusalContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Who_has_scanned_nothing_has_nothing_to_undo()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001", warehouse.Biller);
        var result = Rejected(ScanRejection.NothingToUndo, null, await warehouse.UndoAsync());
        Assert.Equal((null, null, null), (result.Bag, result.Parent, result.Bill));
        Assert.Equal((null, null, null), (result.Scan.Qr, result.Scan.ParentQr, result.Scan.Undoes));
        Assert.Equal(2, (await warehouse.TotalsAsync()).Scans);
    }

    [Fact]
    public async Task A_scan_older_than_the_window_is_not_undone()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        // A store's clock is its own, so the window is what moves here.
        warehouse.Options.UndoWindow = TimeSpan.FromMicroseconds(1);
        var result = Rejected(ScanRejection.UndoWindowPassed, null, await warehouse.UndoAsync());
        Assert.Equal((null, null), (result.Scan.Qr, result.Scan.Undoes));
        warehouse.Options.UndoWindow = TimeSpan.FromHours(1);
        Recorded(await warehouse.UndoAsync());
    }

    [Fact]
    public async Task A_child_that_was_taken_out_is_not_taken_out_again()
    {
        var warehouse = await OpenAsync();
        var link = await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.UnlinkAsync("C0001", null, warehouse.Biller);
        var result = Rejected(ScanRejection.NotLinked, null, await warehouse.UndoAsync());
        Assert.Equal((link.Scan.ScanId, "C0001", "SB00001"), (result.Scan.Undoes, result.Scan.Qr?.Value, result.Scan.ParentQr?.Value));
        await warehouse.LinkAsync("C0001", "SB00002", warehouse.Biller);
        Rejected(ScanRejection.LinkedElsewhere, "SB00002", await warehouse.UndoAsync());
        await warehouse.RelinkAsync("C0001", "SB00001", warehouse.Biller);
        Assert.Equal(link.Scan.ScanId, Recorded(await warehouse.UndoAsync()).Scan.Undoes);
    }

    [Fact]
    public async Task A_parent_on_a_bill_is_closed_to_undos()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LoadAsync("SB00001", "B1", warehouse.Biller);
        Rejected(ScanRejection.ParentBilled, "B1", await warehouse.UndoAsync());
        await warehouse.UndoAsync(warehouse.Biller);
        Recorded(await warehouse.UndoAsync());
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_child_does_not_come_back_into_a_parent_that_is_full_or_when_it_is_in_one()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB100", 3, warehouse.Biller);
        await warehouse.UnlinkAsync("SB100-C01");
        await warehouse.LinkAsync("C0001", "SB100", warehouse.Biller);
        Rejected(ScanRejection.ParentFull, "3/3", await warehouse.UndoAsync());
        await warehouse.LinkAsync("SB100-C01", "SB200", warehouse.Biller);
        Rejected(ScanRejection.LinkedElsewhere, "SB200", await warehouse.UndoAsync());
        await warehouse.UnlinkAsync("C0001", null, warehouse.Biller);
        await warehouse.RelinkAsync("SB100-C01", "SB100", warehouse.Biller);
        Rejected(ScanRejection.AlreadyLinkedHere, "SB100", await warehouse.UndoAsync());
        await warehouse.UnlinkAsync("SB100-C01", null, warehouse.Biller);
        Recorded(await warehouse.UndoAsync());
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_relink_is_undone_only_from_where_it_put_the_child()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB100", 3, warehouse.Biller);
        await warehouse.RelinkAsync("SB100-C01", "SB200");
        await warehouse.RelinkAsync("SB100-C01", "SB300", warehouse.Biller);
        Rejected(ScanRejection.LinkedElsewhere, "SB300", await warehouse.UndoAsync());
        await warehouse.RelinkAsync("SB100-C01", "SB100", warehouse.Biller);
        Rejected(ScanRejection.AlreadyLinkedHere, "SB100", await warehouse.UndoAsync());
        await warehouse.UnlinkAsync("SB100-C01", null, warehouse.Biller);
        Rejected(ScanRejection.NotLinked, null, await warehouse.UndoAsync());
        await warehouse.LinkAsync("SB100-C01", "SB200", warehouse.Biller);
        await warehouse.LinkAsync("C0001", "SB100", warehouse.Biller);
        Rejected(ScanRejection.ParentFull, "3/3", await warehouse.UndoAsync());
        await warehouse.UnlinkAsync("C0001", null, warehouse.Biller);
        Assert.Equal("SB100", Recorded(await warehouse.UndoAsync()).Bag!.ParentQr?.Value);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_parent_that_left_the_bill_is_not_taken_off_it_again()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        await warehouse.LoadAsync("SB00001", "B1");
        await warehouse.UnloadAsync("SB00001", null, warehouse.Biller);
        Rejected(ScanRejection.NotOnBill, "B1", await warehouse.UndoAsync());
        await warehouse.LoadAsync("SB00001", "B2", warehouse.Biller);
        Rejected(ScanRejection.NotOnBill, "B1", await warehouse.UndoAsync());
        Assert.Equal("B2", (await warehouse.BagAsync("SB00001")).BillNumber?.Value);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_parent_does_not_come_back_onto_a_bill_that_is_full_or_when_it_is_on_one()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1", 1);
        await warehouse.CreateBillAsync("B2");
        await warehouse.LoadAsync("SB00001", "B1");
        await warehouse.UnloadAsync("SB00001");
        await warehouse.LoadAsync("SB00002", "B1", warehouse.Biller);
        Rejected(ScanRejection.BillFull, "1/1", await warehouse.UndoAsync());
        await warehouse.LoadAsync("SB00001", "B2", warehouse.Biller);
        Rejected(ScanRejection.AlreadyOnBill, "B2", await warehouse.UndoAsync());
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_completed_bill_is_locked_to_undos()
    {
        var warehouse = await OpenAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1");
        await warehouse.LoadAsync("SB00001", "B1");
        await warehouse.UnloadAsync("SB00001");
        await warehouse.LoadAsync("SB00002", "B1", warehouse.Biller);
        var bill = await warehouse.CompleteAsync("B1");
        Rejected(ScanRejection.BillCompleted, "B1", await warehouse.UndoAsync());
        Rejected(ScanRejection.BillCompleted, "B1", await warehouse.UndoAsync(warehouse.Biller));
        Assert.Equal(bill, await warehouse.BillAsync("B1"));
    }

    [Fact]
    public async Task The_actors_present_role_and_area_bind_an_undo_too()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        ITracker As(UserRole role, string? area) => warehouse.Door.As(new("anna", role, area));
        await warehouse.LinkAsync("C0001", "SB00001", As(UserRole.Dispatcher, "NORTH"));
        var foreign = Rejected(ScanRejection.OutOfArea, null, await warehouse.UndoAsync(As(UserRole.Dispatcher, "SOUTH")));
        Assert.Equal((null, null), (foreign.Bag, foreign.Parent));
        Rejected(ScanRejection.NotAllowed, null, await warehouse.UndoAsync(As(UserRole.Dispatcher, null)));
        await warehouse.LoadAsync("SB00001", "B1", As(UserRole.Biller, null));
        Rejected(ScanRejection.NotAllowed, null, await warehouse.UndoAsync(As(UserRole.Dispatcher, "NORTH")));
        Recorded(await warehouse.UndoAsync(As(UserRole.Biller, null)));
        Recorded(await warehouse.UndoAsync(As(UserRole.Dispatcher, "NORTH")));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_child_that_went_into_another_area_is_out_of_an_undos_reach()
    {
        var warehouse = await OpenAsync();
        var north = warehouse.Dispatcher("NORTH");
        await warehouse.LinkAsync("C0001", "SB00001", north);
        await warehouse.ObserveAsync("SB00002", warehouse.Dispatcher("SOUTH"));
        await warehouse.RelinkAsync("C0001", "SB00002");
        var result = Rejected(ScanRejection.OutOfArea, null, await warehouse.UndoAsync(north));
        Assert.Equal((null, "SB00001"), (result.Bag, result.Parent?.Qr.Value));
    }
}
