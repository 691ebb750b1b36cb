using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>What each scan does and why it is refused. Areas, repeats and batches have contracts of their own.</summary>
public abstract class ScanContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Observing_an_unknown_bag_registers_it()
    {
        var warehouse = await OpenAsync();
        var result = Recorded(await warehouse.ObserveAsync("sb00001"));
        Assert.Equal(result.Bag, await warehouse.BagAsync("SB00001"));
        Assert.Equal((null, null, false), (result.Parent, result.Bill, result.IsReplay));
        Assert.Equal((ScanAction.Observe, "SB00001", "system"), (result.Scan.Action, result.Scan.Qr?.Value, result.Scan.ActorId));
        Assert.True(result.Scan.EventId > 0);
        Assert.Equal(1, (await warehouse.TotalsAsync()).Scans);
    }

    [Fact]
    public async Task Observing_a_known_bag_changes_nothing_but_the_log()
    {
        var warehouse = await OpenAsync();
        var first = await warehouse.LinkAsync("C0001", "SB00001");
        var second = Recorded(await warehouse.ObserveAsync("C0001"));
        Assert.Equal((first.Bag, first.Parent), (second.Bag, second.Parent));
        Assert.True(second.Scan.EventId > first.Scan.EventId);
        Assert.Equal(2, (await warehouse.TotalsAsync()).Scans);
    }

    [Fact]
    public async Task Linking_registers_both_and_puts_the_child_into_the_parent()
    {
        var warehouse = await OpenAsync();
        var result = Recorded(await warehouse.LinkAsync("C0001", "SB00001"));
        var (child, parent) = (await warehouse.BagAsync("C0001"), await warehouse.BagAsync("SB00001"));
        Assert.Equal((child, parent, null), (result.Bag, result.Parent, result.Bill));
        Assert.Equal((BagStatus.Linked, parent.Id, parent.Qr), (child.Status, child.ParentId, child.ParentQr));
        Assert.Equal((result.Scan.RecordedAt, result.Scan.RecordedAt), (child.LinkedAt, child.ChangedAt));
        Assert.Equal((BagStatus.Pending, 1, 1m), (parent.Status, parent.ChildCount, parent.ContentWeightKg));
        Assert.Equal("SB00001", result.Scan.ParentQr?.Value);
    }

    [Fact]
    public async Task A_parent_that_is_filled_is_completed_and_pending_again_when_one_comes_out()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB100", 2);
        Assert.Equal((BagStatus.Completed, 3), Shown(await warehouse.LinkAsync("C0003", "SB100")));
        Assert.Equal((BagStatus.Pending, 2), Shown(await warehouse.UnlinkAsync("C0003")));

        static (BagStatus Status, int Children) Shown(ScanResult result) => (result.Parent!.Status, result.Parent.ChildCount);
    }

    [Fact]
    public async Task Linking_a_31st_child_is_rejected_with_the_count()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync([new("SB00001"), .. Enumerable.Range(1, 30).Select(i => new Imports.BagRow($"C{i:000}", "SB00001"))]);
        var result = Rejected(ScanRejection.ParentFull, "30/30", await warehouse.LinkAsync("C031", "SB00001"));
        Assert.Null(result.Bag);
        Assert.Equal((BagStatus.Completed, 30, 30m), (result.Parent!.Status, result.Parent.ChildCount, result.Parent.ContentWeightKg));
        Assert.Null(await warehouse.FindBagAsync("C031"));
        Assert.Equal(result.Parent, await warehouse.BagAsync("SB00001"));
    }

    [Fact]
    public async Task Linking_a_child_that_is_in_the_parent_already_is_rejected()
    {
        var warehouse = await OpenAsync();
        var first = await warehouse.LinkAsync("C0001", "SB00001");
        var again = Rejected(ScanRejection.AlreadyLinkedHere, "SB00001", await warehouse.LinkAsync("C0001", "SB00001"));
        Assert.Equal((first.Bag, first.Parent), (again.Bag, again.Parent));
    }

    [Fact]
    public async Task Linking_a_child_that_is_in_another_parent_is_rejected_with_that_parent()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        Rejected(ScanRejection.LinkedElsewhere, "SB00001", await warehouse.LinkAsync("C0001", "SB00002"));
        Assert.Equal("SB00001", (await warehouse.BagAsync("C0001")).ParentQr?.Value);
        Assert.Null(await warehouse.FindBagAsync("SB00002"));
    }

    [Fact]
    public async Task Linking_bags_of_the_wrong_kind_is_rejected_with_the_code_and_registers_nothing()
    {
        var warehouse = await OpenAsync();
        Rejected(ScanRejection.NotAChild, "SB00001", await warehouse.LinkAsync("SB00001", "SB00002"));
        Rejected(ScanRejection.NotAParent, "C0002", await warehouse.LinkAsync("C0001", "C0002"));
        Rejected(ScanRejection.NotAChild, "SB00001", await warehouse.LinkAsync("SB00001", "SB00001"));
        Rejected(ScanRejection.NotAParent, "C0001", await warehouse.LinkAsync("C0001", "C0001"));
        Assert.Equal((0, 4), ((await warehouse.TotalsAsync()).Bags, (await warehouse.TotalsAsync()).Scans));
    }

    [Fact]
    public async Task A_parent_on_a_bill_is_closed_to_links_and_unlinks()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LoadAsync("SB00001", "B1");
        Rejected(ScanRejection.ParentBilled, "B1", await warehouse.LinkAsync("C0002", "SB00001"));
        Rejected(ScanRejection.ParentBilled, "B1", await warehouse.UnlinkAsync("C0001"));
        Assert.Equal((1, 1m), ((await warehouse.BagAsync("SB00001")).ChildCount, (await warehouse.BillAsync("B1")).ActualWeightKg));
    }

    [Fact]
    public async Task Unlinking_takes_the_child_out_and_names_the_parent_it_was_in()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LinkAsync("C0002", "SB00001");
        var result = Recorded(await warehouse.UnlinkAsync("C0001"));
        var (child, parent) = (await warehouse.BagAsync("C0001"), await warehouse.BagAsync("SB00001"));
        Assert.Equal((child, parent, "SB00001"), (result.Bag, result.Parent, result.Scan.ParentQr?.Value));
        Assert.Equal((BagStatus.Pending, null, null, null), (child.Status, child.ParentId, child.ParentQr, child.LinkedAt));
        Assert.Equal((1, 1m), (parent.ChildCount, parent.ContentWeightKg));
        Assert.Equal(["C0002"], Codes(await warehouse.ChildrenAsync("SB00001")));
    }

    [Fact]
    public async Task An_unlinked_child_may_go_into_another_parent()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        Recorded(await warehouse.UnlinkAsync("C0001", "SB00001"));
        Recorded(await warehouse.LinkAsync("C0001", "SB00002"));
        Assert.Equal((0, 1), ((await warehouse.BagAsync("SB00001")).ChildCount, (await warehouse.BagAsync("SB00002")).ChildCount));
    }

    [Fact]
    public async Task Unlinking_from_a_parent_the_child_is_not_in_is_rejected_with_the_one_it_is_in()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.ObserveAsync("SB00002");
        Rejected(ScanRejection.LinkedElsewhere, "SB00001", await warehouse.UnlinkAsync("C0001", "SB00002"));
    }

    [Fact]
    public async Task Unlinking_what_is_in_no_parent_is_rejected()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C0001");
        Rejected(ScanRejection.NotLinked, null, await warehouse.UnlinkAsync("C0001"));
        Rejected(ScanRejection.NotAChild, "SB00001", await warehouse.UnlinkAsync("SB00001"));
        Rejected(ScanRejection.NotLinked, null, await warehouse.UnlinkAsync("C0009"));
        Assert.Null(await warehouse.FindBagAsync("C0009"));
    }

    [Fact]
    public async Task Loading_puts_a_parent_onto_the_bill()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.FillAsync("SB100", 3);
        var result = Recorded(await warehouse.LoadAsync("SB100", "b1"));
        Assert.Equal((await warehouse.BagAsync("SB100"), await warehouse.BillAsync("B1"), null), (result.Bag, result.Bill, result.Parent));
        Assert.Equal((BagStatus.Billed, "B1", result.Bill!.Id), (result.Bag!.Status, result.Bag.BillNumber?.Value, result.Bag.BillId));
        Assert.Equal((BillStatus.Processing, 1, 3m), (result.Bill.Status, result.Bill.ParentCount, result.Bill.ActualWeightKg));
        Assert.Equal("B1", result.Scan.BillNumber?.Value);
    }

    [Fact]
    public async Task Loading_an_unknown_parent_registers_it()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        Recorded(await warehouse.LoadAsync("SB00001", "B1"));
        Assert.Equal((BagStatus.Billed, 0), ((await warehouse.BagAsync("SB00001")).Status, (await warehouse.BagAsync("SB00001")).ChildCount));
    }

    [Fact]
    public async Task A_parent_is_on_at_most_one_bill()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        await warehouse.LoadAsync("SB00001", "B1");
        Rejected(ScanRejection.AlreadyOnBill, "B1", await warehouse.LoadAsync("SB00001", "B2"));
        Rejected(ScanRejection.AlreadyOnBill, "B1", await warehouse.LoadAsync("SB00001", "B1"));
        Assert.Equal((1, 0), ((await warehouse.BillAsync("B1")).ParentCount, (await warehouse.BillAsync("B2")).ParentCount));
    }

    [Fact]
    public async Task A_full_bill_takes_no_more_and_says_how_many_it_holds()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1", 2);
        await warehouse.LoadAsync("SB00001", "B1");
        await warehouse.LoadAsync("SB00002", "B1");
        var result = Rejected(ScanRejection.BillFull, "2/2", await warehouse.LoadAsync("SB00003", "B1"));
        Assert.Equal(await warehouse.BillAsync("B1"), result.Bill);
        Assert.Null(await warehouse.FindBagAsync("SB00003"));
    }

    [Fact]
    public async Task Loading_onto_a_bill_that_does_not_exist_is_rejected_with_its_number()
    {
        var warehouse = await OpenAsync();
        Rejected(ScanRejection.UnknownBill, "B9", await warehouse.LoadAsync("SB00001", "B9"));
        Rejected(ScanRejection.UnknownBill, "B9", await warehouse.UnloadAsync("SB00001", "B9"));
        Assert.Equal((0, 2), ((await warehouse.TotalsAsync()).Bags, (await warehouse.TotalsAsync()).Scans));
    }

    [Fact]
    public async Task A_child_is_neither_loaded_nor_unloaded()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        Rejected(ScanRejection.NotAParent, "C0001", await warehouse.LoadAsync("C0001", "B1"));
        Rejected(ScanRejection.NotAParent, "C0001", await warehouse.UnloadAsync("C0001", "B1"));
    }

    [Fact]
    public async Task A_completed_bill_is_locked()
    {
        var warehouse = await OpenAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1");
        await warehouse.LoadAsync("SB00001", "B1");
        var bill = await warehouse.CompleteAsync("B1");
        Rejected(ScanRejection.BillCompleted, "B1", await warehouse.LoadAsync("SB00002", "B1"));
        Rejected(ScanRejection.BillCompleted, "B1", await warehouse.UnloadAsync("SB00001"));
        Rejected(ScanRejection.ParentBilled, "B1", await warehouse.LinkAsync("C0001", "SB00001"));
        Assert.Equal(bill, await warehouse.BillAsync("B1"));
    }

    [Fact]
    public async Task Unloading_takes_the_parent_off_and_names_the_bill_it_was_on()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.FillAsync("SB100", 3);
        await warehouse.LoadAsync("SB100", "B1");
        var result = Recorded(await warehouse.UnloadAsync("SB100"));
        Assert.Equal((await warehouse.BagAsync("SB100"), await warehouse.BillAsync("B1")), (result.Bag, result.Bill));
        Assert.Equal((BagStatus.Completed, null, null), (result.Bag!.Status, result.Bag.BillId, result.Bag.BillNumber));
        Assert.Equal("B1", result.Scan.BillNumber?.Value);
        Recorded(await warehouse.LoadAsync("SB100", "B1"));
    }

    [Fact]
    public async Task Unloading_from_a_bill_the_parent_is_not_on_is_rejected()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        await warehouse.LoadAsync("SB00001", "B1");
        Rejected(ScanRejection.NotOnBill, "B2", await warehouse.UnloadAsync("SB00001", "B2"));
        Rejected(ScanRejection.NotOnBill, null, await warehouse.UnloadAsync("SB00002"));
        Assert.Equal("B1", (await warehouse.BagAsync("SB00001")).BillNumber?.Value);
    }

    [Fact]
    public async Task Where_unknown_bags_are_not_registered_they_are_rejected_with_the_code()
    {
        var warehouse = await OpenAsync(o => o.RegisterUnknownBags = false);
        await warehouse.ImportAsync(new("SB00001"), new("C0001"));
        await warehouse.CreateBillAsync("B1");
        Rejected(ScanRejection.UnknownBag, "C0009", await warehouse.ObserveAsync("C0009"));
        Rejected(ScanRejection.UnknownBag, "C0009", await warehouse.LinkAsync("C0009", "SB00001"));
        Rejected(ScanRejection.UnknownBag, "SB00009", await warehouse.LinkAsync("C0001", "SB00009"));
        Rejected(ScanRejection.UnknownBag, "C0009", await warehouse.UnlinkAsync("C0009"));
        Rejected(ScanRejection.UnknownBag, "SB00009", await warehouse.LoadAsync("SB00009", "B1"));
        Rejected(ScanRejection.UnknownBag, "SB00009", await warehouse.UnloadAsync("SB00009"));
        Recorded(await warehouse.LinkAsync("C0001", "SB00001"));
        Assert.Equal((2, 7), ((await warehouse.TotalsAsync()).Bags, (await warehouse.TotalsAsync()).Scans));
    }

    [Fact]
    public async Task The_pattern_of_parents_codes_is_the_warehouses_own()
    {
        var warehouse = await OpenAsync(o => o.ParentQrPattern = "^P-");
        Recorded(await warehouse.LinkAsync("SB00001", "P-1"));
        Assert.Equal((BagKind.Child, BagKind.Parent), ((await warehouse.BagAsync("SB00001")).Kind, (await warehouse.BagAsync("P-1")).Kind));
    }

    [Fact]
    public async Task The_devices_time_is_kept_to_the_microsecond_and_the_servers_time_stands_in_for_none()
    {
        var warehouse = await OpenAsync();
        var scannedAt = new DateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(-5).Ticks / 10 * 10, TimeSpan.Zero);
        var told = await warehouse.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse("C0001"), scannedAt.AddTicks(7).ToOffset(TimeSpan.FromHours(2))));
        Assert.Equal((scannedAt, TimeSpan.Zero), (told.Scan.ScannedAt, told.Scan.ScannedAt.Offset));
        Assert.True(told.Scan.RecordedAt > scannedAt);
        var untold = await warehouse.ObserveAsync("C0001");
        Assert.Equal(untold.Scan.RecordedAt, untold.Scan.ScannedAt);
    }

    [Fact]
    public async Task Every_change_is_later_than_the_one_before_and_has_a_higher_version()
    {
        var warehouse = await OpenSmallAsync(o => o.AllowIncompleteParents = true);
        var versions = new HashSet<long>();
        var (at, highest) = (DateTimeOffset.MinValue, 0L);
        var bill = await warehouse.CreateBillAsync("B1");
        Assert.True(versions.Add(bill.Version));
        highest = bill.Version;
        Changed(await warehouse.LinkAsync("C0001", "SB100"));
        Changed(await warehouse.LinkAsync("C0002", "SB100"));
        Changed(await warehouse.UnlinkAsync("C0001"));
        Changed(await warehouse.LinkAsync("C0001", "SB100"));
        Changed(await warehouse.LoadAsync("SB100", "B1"));
        Changed(await warehouse.UnloadAsync("SB100"));
        Changed(await warehouse.LoadAsync("SB100", "B1"));
        var completed = await warehouse.CompleteAsync("B1");
        Assert.True(completed.ChangedAt > at);
        Assert.True(completed.Version > highest && versions.Add(completed.Version));

        void Changed(ScanResult result)
        {
            Recorded(result);
            Assert.True(result.Scan.RecordedAt > at);
            at = result.Scan.RecordedAt;
            var rows = new[]
            {
                (result.Bag!.Version, result.Bag.ChangedAt),
                (result.Parent?.Version ?? 0, result.Parent?.ChangedAt ?? at),
                (result.Bill?.Version ?? 0, result.Bill?.ChangedAt ?? at),
            };
            var lowest = highest;
            foreach (var (version, changedAt) in rows.Where(row => row.Item1 > 0))
            {
                Assert.Equal(at, changedAt);
                Assert.True(version > lowest);
                Assert.True(versions.Add(version));
                highest = Math.Max(highest, version);
            }
        }
    }

    [Fact]
    public async Task Log_rows_have_growing_keys_whatever_became_of_the_scan()
    {
        var warehouse = await OpenAsync();
        long[] keys =
        [
            (await warehouse.ObserveAsync("C0001")).Scan.EventId,
            (await warehouse.UnlinkAsync("C0001")).Scan.EventId,
            (await warehouse.LinkAsync("C0001", "SB00001")).Scan.EventId,
        ];
        Assert.Equal(keys.Order(), keys);
        Assert.Equal(3, keys.Distinct().Count());
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_before_it_began_changes_nothing()
    {
        var warehouse = await OpenAsync();
        var scan = RecordScan.Observe(ScanId.New(), QrCode.Parse("C0001"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await warehouse.System.Scans.RecordAsync(scan, new(canceled: true)));
        Assert.Equal(default, await warehouse.TotalsAsync());
        Assert.False((await warehouse.RecordAsync(scan)).IsReplay);
    }
}
