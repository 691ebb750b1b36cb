using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Many scans at once, through the door. What a store writes for them is in <see cref="ScanReplayContract"/>.</summary>
public abstract class ScanBatchContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Many_children_are_linked_to_many_parents_and_these_loaded_onto_bills()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1", 2);
        await warehouse.CreateBillAsync("B2");
        var links = Enumerable.Range(0, 12).Select(i => Link($"C{i:000}", $"SB{i % 4}00"));
        Assert.All(await warehouse.RecordManyAsync(warehouse.Biller, [.. links]), result => Recorded(result));
        var loads = await warehouse.RecordManyAsync(
            warehouse.Biller, [.. Enumerable.Range(0, 4).Select(i => Load($"SB{i}00", i < 3 ? "B1" : "B2"))]);
        Assert.Equal([null, null, ScanRejection.BillFull, null], loads.Select(result => result.Rejection));
        Assert.Equal((2, 1), ((await warehouse.BillAsync("B1")).ParentCount, (await warehouse.BillAsync("B2")).ParentCount));
        Assert.All(await warehouse.ChildrenAsync("SB100"), child => Assert.Equal(BagStatus.Billed, child.Status));
        Assert.Equal(16, (await warehouse.TotalsAsync()).Scans);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Each_scan_is_answered_in_order_and_shows_the_rows_as_the_batch_left_them()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1");
        var results = await warehouse.RecordManyAsync(
            warehouse.System,
            Link("C0001", "SB100"), Link("C0002", "C0001"), Load("SB100", "B1"), RecordScan.Observe(ScanId.New(), QrCode.Parse("C0009")),
            RecordScan.Unlink(ScanId.New(), QrCode.Parse("C0001")), RecordScan.Unload(ScanId.New(), QrCode.Parse("SB100")), Link("C0003", "SB100"));
        Assert.Equal(
            [
                "Link C0001 ", "Link C0002 NotAParent C0001", "Load SB100 ", "Observe C0009 ", "Unlink C0001 ParentBilled B1", "Unload SB100 ", "Link C0003 ",
            ],
            results.Select(result => $"{result.Scan.Action} {result.Scan.Qr} {result.Rejection}{(result.Fact is { } fact ? " " + fact : "")}"));
        var (parent, child) = (await warehouse.BagAsync("SB100"), await warehouse.BagAsync("C0001"));
        Assert.Equal((2, null), (parent.ChildCount, parent.BillNumber));
        Assert.All(results.Where(result => result.Parent is not null && result.Parent.Qr == parent.Qr), result => Assert.Equal(parent, result.Parent));
        Assert.Equal((child, child, null), (results[0].Bag, results[4].Bag, results[1].Bag));
        Assert.Equal(await warehouse.BillAsync("B1"), results[2].Bill);
        Assert.Equal(results.Select(result => result.Scan.EventId).Order(), results.Select(result => result.Scan.EventId));
        var log = await warehouse.System.Scans.ListAsync(ScanFilter.All, Paging.PageRequest.First());
        Assert.Equal(results.Select(result => result.Scan).Reverse(), log.Items);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task An_id_used_twice_in_a_batch_is_a_repeat_or_refused()
    {
        var warehouse = await OpenAsync();
        var (scan, id) = (Link("C0001", "SB100"), ScanId.New());
        var results = await warehouse.RecordManyAsync(
            warehouse.System, scan, scan, RecordScan.Observe(id, QrCode.Parse("C0002")), RecordScan.Observe(id, QrCode.Parse("C0003")));
        Assert.Equal(
            [(ScanOutcome.Recorded, null), (ScanOutcome.Replayed, null), (ScanOutcome.Recorded, null), (ScanOutcome.Rejected, ScanRejection.ScanIdReused)],
            results.Select(result => (result.Outcome, result.Rejection)));
        Assert.Equal(results[0].Scan, results[1].Scan);
        Assert.Equal(3, (await warehouse.TotalsAsync()).Scans);
    }

    [Fact]
    public async Task A_batch_sent_again_changes_nothing()
    {
        var warehouse = await OpenSmallAsync();
        RecordScan[] scans = [.. Enumerable.Range(0, 5).Select(i => Link($"C000{i}", "SB100"))];
        var first = await warehouse.RecordManyAsync(warehouse.System, scans);
        var bags = await warehouse.AllBagsAsync();
        var second = await warehouse.RecordManyAsync(warehouse.System, scans);
        Assert.Equal(first.Select(result => result.Scan), second.Select(result => result.Scan));
        Assert.All(second, result => Assert.True(result.IsReplay));
        Assert.Equal(5, (await warehouse.TotalsAsync()).Scans);
        Assert.Equal(bags, await warehouse.AllBagsAsync());
    }

    [Fact]
    public async Task Each_scan_of_a_batch_is_held_to_the_actors_role_and_area()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new("SB100", Area: "SOUTH"), new("SB200", Area: "NORTH"));
        await warehouse.CreateBillAsync("B1");
        RecordScan[] Scans() => [Link("C0001", "SB100"), Link("C0002", "SB200"), Load("SB200", "B1")];
        var north = await warehouse.RecordManyAsync(warehouse.Dispatcher("NORTH"), Scans());
        Assert.Equal([ScanRejection.OutOfArea, null, ScanRejection.NotAllowed], north.Select(result => result.Rejection));
        Assert.Equal([null, "SB200", "SB200"], north.Select(result => result.Parent?.Qr.Value ?? (result.Scan.Action == ScanAction.Load ? result.Bag?.Qr.Value : null)));
        var nowhere = await warehouse.RecordManyAsync(warehouse.Dispatcher(null), Scans());
        Assert.All(nowhere, result => Assert.Equal((ScanRejection.NotAllowed, null, null, null), (result.Rejection, result.Bag, result.Parent, result.Bill)));
        var biller = await warehouse.RecordManyAsync(warehouse.Biller, Scans());
        Assert.Equal([null, ScanRejection.AlreadyLinkedHere, null], biller.Select(result => result.Rejection));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_batch_may_claim_many_parents_with_all_their_children()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(
        [
            .. Enumerable.Range(0, 5).Select(i => new Imports.BagRow($"SB{i}00")), .. Enumerable.Range(0, 50).Select(i => new Imports.BagRow($"C{i:000}", $"SB{i % 5}00")),
        ]);
        var north = warehouse.Dispatcher("NORTH");
        var results = await warehouse.RecordManyAsync(
            north, [.. Enumerable.Range(0, 5).Select(i => RecordScan.Observe(ScanId.New(), QrCode.Parse(i < 3 ? $"SB{i}00" : $"C00{i}")))]);
        Assert.All(results, result => Assert.Equal((ScanOutcome.Recorded, "NORTH"), (result.Outcome, result.Bag!.Area)));
        Assert.Equal(55, (await warehouse.AllBagsAsync(by: north)).Count);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Ten_thousand_scans_make_one_batch_and_more_are_refused()
    {
        var warehouse = await OpenAsync();
        Assert.Empty(await warehouse.RecordManyAsync(warehouse.System));
        var scans = Enumerable.Range(0, Batch.MaxItems).Select(i => Link($"C{i:00000}", $"SB{i / 25}")).ToArray();
        var results = await warehouse.RecordManyAsync(warehouse.System, scans);
        Assert.Equal(scans.Select(scan => scan.Id), results.Select(result => result.Scan.ScanId));
        Assert.All(results, result => Assert.Equal((ScanOutcome.Recorded, 25), (result.Outcome, result.Parent!.ChildCount)));
        Assert.Equal(new(10_400, 400, 10_000, 0, 10_000, 0), await warehouse.TotalsAsync());
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidScan, () => warehouse.RecordManyAsync(warehouse.System, [.. scans, scans[0]]));
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidScan, () => warehouse.RecordBatchAsync(Users.Actor.System));
    }

    private static RecordScan Link(string child, string parent) => RecordScan.Link(ScanId.New(), QrCode.Parse(child), QrCode.Parse(parent));

    private static RecordScan Load(string parent, string bill) => RecordScan.Load(ScanId.New(), QrCode.Parse(parent), BillNumber.Parse(bill));
}
