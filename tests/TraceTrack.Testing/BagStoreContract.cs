using TraceTrack.Bags;
using TraceTrack.Bills;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Looking bags up. Lists and search are in <see cref="BagListContract"/>.</summary>
public abstract class BagStoreContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_bag_is_found_by_its_code_however_it_is_typed()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("SB00001");
        foreach (var typed in new[] { "SB00001", "sb00001", "  Sb00001\r\n", "SB\u200b00001", "\u00a0\ufeffsb00001\u00ad" })
            Assert.Equal("SB00001", (await warehouse.BagAsync(typed)).Qr.Value);
        Assert.Equal(1, (await warehouse.TotalsAsync()).Bags);
    }

    [Fact]
    public async Task Scanning_one_code_in_several_spellings_registers_one_bag()
    {
        var warehouse = await OpenAsync();
        var first = Recorded(await warehouse.ObserveAsync("c-77"));
        var second = Recorded(await warehouse.ObserveAsync(" C-77\t"));
        Assert.Equal(first.Bag!.Id, second.Bag!.Id);
        Assert.Equal(1, (await warehouse.TotalsAsync()).Children);
    }

    [Fact]
    public async Task A_bag_that_was_never_scanned_is_not_found()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("SB00001");
        Assert.Null(await warehouse.FindBagAsync("SB0000"));
        Assert.Null(await warehouse.FindBagAsync("SB000011"));
    }

    [Fact]
    public async Task A_new_parent_is_pending_empty_and_without_a_parent_or_bill()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("SB00001");
        var bag = await warehouse.BagAsync("SB00001");
        Assert.Equal((BagKind.Parent, BagStatus.Pending, 0, 0m, 0m), (bag.Kind, bag.Status, bag.ChildCount, bag.WeightKg, bag.ContentWeightKg));
        Assert.Equal((null, null, null, null, null, null), (bag.Area, bag.ParentId, bag.ParentQr, bag.LinkedAt, bag.BillId, bag.ImportId));
        Assert.True(bag.Id > 0);
        Assert.True(bag.Version > 0);
        Assert.Equal(bag.CreatedAt, bag.ChangedAt);
    }

    [Fact]
    public async Task A_new_child_weighs_what_the_options_say()
    {
        var warehouse = await OpenAsync(o => o.ChildWeightKg = 1.25m);
        await warehouse.ObserveAsync("C0001");
        var bag = await warehouse.BagAsync("C0001");
        Assert.Equal((BagKind.Child, BagStatus.Pending, 1.25m), (bag.Kind, bag.Status, bag.WeightKg));
    }

    [Fact]
    public async Task Weights_carry_three_places_however_the_options_write_them()
    {
        var warehouse = await OpenAsync(o => o.ChildWeightKg = 2m);
        await warehouse.CreateBillAsync("B1");
        var linked = await warehouse.LinkAsync("C0001", "SB00001");
        var loaded = await warehouse.LoadAsync("SB00001", "B1");
        Assert.Equal(["2.000", "2.000"], new[] { linked.Bag!.WeightKg, linked.Parent!.ContentWeightKg }.Select(Text));
        Assert.Equal(["2.000", "60.000", "-58.000"], new[] { loaded.Bill!.ActualWeightKg, loaded.Bill.ExpectedWeightKg, loaded.Bill.VarianceKg }.Select(Text));
        var child = await warehouse.BagAsync("C0001");
        var parent = await warehouse.BagAsync("SB00001");
        var bill = await warehouse.BillAsync("B1");
        Assert.Equal(
            ["2.000", "0.000", "0.000", "2.000", "2.000", "60.000"],
            new[] { child.WeightKg, child.ContentWeightKg, parent.WeightKg, parent.ContentWeightKg, bill.ActualWeightKg, bill.ExpectedWeightKg }.Select(Text));

        static string Text(decimal kg) => FormattableString.Invariant($"{kg}");
    }

    [Fact]
    public async Task Many_bags_come_in_the_order_asked_for_with_gaps_and_repeats()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        QrCode[] asked = [QrCode.Parse("C0001"), QrCode.Parse("NONE"), QrCode.Parse("SB00001"), QrCode.Parse("c0001")];
        var bags = await warehouse.System.Bags.FindManyAsync(asked);
        Assert.Equal(["C0001", null, "SB00001", "C0001"], bags.Select(bag => bag?.Qr.Value));
        Assert.Empty(await warehouse.System.Bags.FindManyAsync([]));
    }

    [Fact]
    public async Task Five_hundred_bags_are_read_at_once()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync([.. Enumerable.Range(1, 500).Select(i => new Imports.BagRow($"C{i:0000}"))]);
        var asked = Enumerable.Range(1, 500).Reverse().Select(i => QrCode.Parse($"C{i:0000}")).ToArray();
        var bags = await warehouse.System.Bags.FindManyAsync(asked);
        Assert.Equal(asked, bags.Select(bag => bag!.Qr));
    }

    [Fact]
    public async Task The_contents_of_many_parents_come_grouped_and_in_order_of_code()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0003", "SB00001");
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LinkAsync("C0002", "SB00002");
        await warehouse.ObserveAsync("SB00003");
        QrCode[] asked = [.. new[] { "SB00002", "SB00003", "SB00001", "SB99999", "C0001", "SB00002" }.Select(QrCode.Parse)];
        var contents = await warehouse.System.Bags.ChildrenOfAsync(asked);
        Assert.Equal(["C0002", "", "C0001,C0003", "", "", "C0002"], contents.Select(list => string.Join(',', Codes(list))));
        Assert.Empty(await warehouse.System.Bags.ChildrenOfAsync([]));
    }

    [Fact]
    public async Task The_store_orders_all_children_by_code_whosever_they_are()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0003", "SB00001");
        await warehouse.LinkAsync("C0001", "SB00002");
        await warehouse.LinkAsync("C0002", "SB00001");
        var children = await warehouse.Port<IBagStore>().ChildrenOfAsync([QrCode.Parse("SB00001"), QrCode.Parse("SB00002")], CancellationToken.None);
        Assert.Equal(["C0001", "C0002", "C0003"], Codes(children));
        Assert.Equal(["SB00002", "SB00001", "SB00001"], children.Select(child => child.ParentQr!.Value.Value));
    }

    [Fact]
    public async Task The_parents_on_many_bills_come_grouped_and_in_order_of_code()
    {
        var warehouse = await OpenAsync();
        foreach (var number in new[] { "B1", "B2", "B3" })
            await warehouse.CreateBillAsync(number);
        await warehouse.LoadAsync("SB00002", "B1");
        await warehouse.LoadAsync("SB00001", "B1");
        await warehouse.LoadAsync("SB00003", "B2");
        BillNumber[] asked = [.. new[] { "B2", "B3", "B1", "NONE", "b2" }.Select(BillNumber.Parse)];
        var loads = await warehouse.System.Bags.OnBillsAsync(asked);
        Assert.Equal(["SB00003", "", "SB00001,SB00002", "", "SB00003"], loads.Select(list => string.Join(',', Codes(list))));
        Assert.Empty(await warehouse.System.Bags.OnBillsAsync([]));
    }

    [Fact]
    public async Task A_child_follows_its_parent_onto_the_bill_and_to_dispatch_and_back()
    {
        var warehouse = await OpenAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1");
        await warehouse.LinkAsync("C0001", "SB00001");
        await Expect(BagStatus.Linked, null);
        await warehouse.LoadAsync("SB00001", "B1");
        await Expect(BagStatus.Billed, "B1");
        await warehouse.UnloadAsync("SB00001");
        await Expect(BagStatus.Linked, null);
        await warehouse.LoadAsync("SB00001", "B1");
        await warehouse.CompleteAsync("B1");
        await Expect(BagStatus.Dispatched, "B1");

        async Task Expect(BagStatus status, string? bill)
        {
            Bag?[] views =
            [
                await warehouse.BagAsync("C0001"),
                (await warehouse.System.Bags.FindManyAsync([QrCode.Parse("C0001")]))[0],
                (await warehouse.ChildrenAsync("SB00001"))[0],
                (await warehouse.AllBagsAsync(new() { Kind = BagKind.Child }))[0],
                (await warehouse.System.Bags.SearchAsync("C0001"))[0],
            ];
            Assert.All(views, view => Assert.Equal((status, bill), (view!.Status, view.BillNumber?.Value)));
        }
    }

    [Fact]
    public async Task The_store_itself_keeps_a_child_linked_while_its_parent_is_on_a_bill()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.LinkAsync("C0001", "SB00001");
        var before = await warehouse.Port<IBagStore>().FindAsync(QrCode.Parse("C0001"), CancellationToken.None);
        await warehouse.LoadAsync("SB00001", "B1");
        var after = await warehouse.Port<IBagStore>().FindAsync(QrCode.Parse("C0001"), CancellationToken.None);
        Assert.Equal(before, after);
        Assert.Equal((BagStatus.Linked, null), (after!.Status, after.BillNumber));
    }

}
