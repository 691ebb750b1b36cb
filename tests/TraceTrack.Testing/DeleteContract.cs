using TraceTrack.Bags;
using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Deleting bags, one and many.</summary>
public abstract class DeleteContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_loose_child_and_an_empty_parent_are_deleted_and_counted_no_more()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new("C0001"), new("C0002"), new("SB00001"), new("SB00002"));
        Assert.Equal(DeleteOutcome.Deleted, (await warehouse.DeleteAsync(" c0001")).Outcome);
        Assert.Equal(["SB00001 deleted"], await warehouse.DeleteManyAsync("SB00001"));
        Assert.Equal(["C0002", "SB00002"], await warehouse.ListAsync(BagFilter.All));
        Assert.Equal(new(2, 1, 1, 0, 0, 0), await warehouse.TotalsAsync());
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Each_code_is_answered_in_order_with_the_fact_that_stands_in_the_way()
    {
        var warehouse = await Full();
        var before = await warehouse.AllBagsAsync();
        Assert.Equal(
            ["SB100 HasChildren 2", "NONE UnknownBag", "SB100-C02 InParent SB100", "C0001 deleted", "SB200 OnBill B1", "SB300 deleted", "SB400 HasChildren 1"],
            await warehouse.DeleteManyAsync("sb100", "none", "SB100-C02", "c0001", "SB200", "SB300", "SB400"));
        var after = await warehouse.AllBagsAsync();
        Assert.Equal(before.Where(bag => bag.Qr.Value is not ("C0001" or "SB300")), after);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_code_named_twice_is_unknown_the_second_time()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C0001");
        Assert.Equal(["C0001 deleted", "NONE UnknownBag", "C0001 UnknownBag"], await warehouse.DeleteManyAsync("C0001", "NONE", "c0001"));
        Assert.Equal(["C0001 UnknownBag"], await warehouse.DeleteManyAsync("C0001"));
        Assert.Equal(0, (await warehouse.TotalsAsync()).Bags);
    }

    [Fact]
    public async Task A_parent_and_its_children_in_one_batch_are_refused_until_they_are_unlinked()
    {
        var warehouse = await OpenAsync();
        await warehouse.FillAsync("SB100", 2);
        string[] all = ["SB100-C01", "SB100", "SB100-C02"];
        Assert.Equal(["SB100-C01 InParent SB100", "SB100 HasChildren 2", "SB100-C02 InParent SB100"], await warehouse.DeleteManyAsync(all));
        await warehouse.RecordManyAsync(
            warehouse.System, [.. new[] { "SB100-C01", "SB100-C02" }.Select(qr => RecordScan.Unlink(ScanId.New(), QrCode.Parse(qr)))]);
        Assert.Equal(["SB100-C01 deleted", "SB100 deleted", "SB100-C02 deleted"], await warehouse.DeleteManyAsync(all));
        Assert.Empty(await warehouse.AllBagsAsync());
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task What_was_looked_up_and_searched_before_is_found_no_more()
    {
        var warehouse = await OpenAsync();
        var north = warehouse.Dispatcher("NORTH");
        await warehouse.ObserveAsync("C0001", north);
        await warehouse.ObserveAsync("C0002");
        foreach (var by in new[] { warehouse.System, north })
        {
            Assert.NotNull(await warehouse.FindBagAsync("C0001", by));
            Assert.Contains("C0001", await warehouse.SearchAsync("C00", by: by));
        }

        await warehouse.DeleteManyAsync("C0001", "C0002");
        foreach (var by in new[] { warehouse.System, north })
        {
            Assert.Null(await warehouse.FindBagAsync("C0001", by));
            Assert.Equal([null, null], await by.Bags.FindManyAsync([QrCode.Parse("C0002"), QrCode.Parse("C0001")]));
            Assert.Empty(await warehouse.SearchAsync("C00", by: by));
            Assert.Empty(await warehouse.ListAsync(BagFilter.All, by));
        }
    }

    [Fact]
    public async Task A_code_scanned_again_is_a_new_bag_of_a_higher_version()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new Imports.BagRow("C0001", Area: "NORTH", WeightKg: 2m));
        var first = await warehouse.BagAsync("C0001");
        await warehouse.DeleteAsync("C0001");
        var second = Recorded(await warehouse.LinkAsync("C0001", "SB00001")).Bag!;
        Assert.Equal((null, 1m, BagStatus.Linked), (second.Area, second.WeightKg, second.Status));
        Assert.NotEqual(first.Id, second.Id);
        Assert.True(second.Version > first.Version);
        Assert.Equal(second, await warehouse.BagAsync("C0001"));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task The_store_tells_the_version_of_a_deletion_which_lies_between_that_of_the_old_bag_and_of_the_new()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C0001");
        await warehouse.ObserveAsync("SB00001");
        QrCode[] codes = [QrCode.Parse("SB00001"), QrCode.Parse("C0001")];
        var before = await warehouse.Port<IBagStore>().FindManyAsync(codes, CancellationToken.None);
        var deletion = await warehouse.Port<IBagStore>().DeleteManyAsync([.. codes, QrCode.Parse("NONE")], CancellationToken.None);
        Assert.Equal(before.Select(bag => bag! with { Version = 0 }), deletion.Bags.Select(bag => bag with { Version = 0 }));
        await warehouse.ObserveAsync("C0001");
        await warehouse.ObserveAsync("SB00001");
        var after = await warehouse.Port<IBagStore>().FindManyAsync(codes, CancellationToken.None);
        for (var i = 0; i < codes.Length; i++)
            Assert.True(before[i]!.Version < deletion.Bags[i].Version && deletion.Bags[i].Version < after[i]!.Version);
    }

    [Fact]
    public async Task The_log_outlives_the_bag_and_a_repeat_is_answered_from_it()
    {
        var warehouse = await OpenAsync();
        var scan = RecordScan.Observe(ScanId.New(), QrCode.Parse("C0001"));
        var first = await warehouse.RecordAsync(scan);
        await warehouse.DeleteAsync("C0001");
        var page = await warehouse.System.Scans.ListAsync(new() { Qr = scan.Qr }, Paging.PageRequest.First());
        Assert.Equal([first.Scan], page.Items);
        var repeat = await warehouse.RecordAsync(scan);
        Assert.Equal((ScanOutcome.Replayed, first.Scan, null), (repeat.Outcome, repeat.Scan, repeat.Bag));
        Assert.Null(await warehouse.FindBagAsync("C0001"));
    }

    [Fact]
    public async Task Only_admins_delete_bags()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C0001", warehouse.Dispatcher("NORTH"));
        foreach (var by in new[] { warehouse.Biller, warehouse.Dispatcher("NORTH"), warehouse.Dispatcher(null) })
        {
            await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => warehouse.DeleteAsync("C0001", by));
            await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => by.Bags.DeleteManyAsync([]).AsTask());
        }

        Assert.NotNull(await warehouse.FindBagAsync("C0001"));
        Assert.Equal(DeleteOutcome.Deleted, (await warehouse.DeleteAsync("C0001", warehouse.Admin)).Outcome);
    }

    [Fact]
    public async Task None_are_deleted_by_a_batch_that_is_not_valid()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C0001");
        Assert.Empty(await warehouse.DeleteManyAsync());
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidQrCode, () => warehouse.System.Bags.DeleteManyAsync([QrCode.Parse("C0001"), default]).AsTask());
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidBatch, () => warehouse.System.Bags.DeleteManyAsync([.. Enumerable.Repeat(QrCode.Parse("C0001"), Batch.MaxItems + 1)]).AsTask());
        Assert.NotNull(await warehouse.FindBagAsync("C0001"));
    }

    [Fact]
    public async Task Ten_thousand_bags_are_deleted_at_once()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync([.. Enumerable.Range(0, Batch.MaxItems + 1).Select(i => new Imports.BagRow($"C{i:00000}"))]);
        var codes = Enumerable.Range(0, Batch.MaxItems).Select(i => QrCode.Parse($"C{i:00000}")).Reverse().ToArray();
        var results = await warehouse.System.Bags.DeleteManyAsync(codes);
        Assert.Equal(codes, results.Select(result => result.Qr));
        Assert.All(results, result => Assert.Equal(DeleteOutcome.Deleted, result.Outcome));
        Assert.Equal(["C10000"], await warehouse.ListAsync(BagFilter.All));
        Assert.Equal(1, (await warehouse.TotalsAsync()).Children);
    }

    /// <summary>SB100 with two children, SB200 empty on a bill, SB300 empty, SB400 with a child on a bill, C0001 loose.</summary>
    private async Task<Warehouse> Full()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.FillAsync("SB100", 2);
        await warehouse.FillAsync("SB400", 1);
        await warehouse.LoadAsync("SB200", "B1");
        await warehouse.LoadAsync("SB400", "B1");
        await warehouse.ObserveAsync("SB300");
        await warehouse.ObserveAsync("C0001");
        return warehouse;
    }
}
