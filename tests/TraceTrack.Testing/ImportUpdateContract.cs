using TraceTrack.Bags;
using TraceTrack.Imports;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Known bags that take what their rows say.</summary>
public abstract class ImportUpdateContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_bag_takes_what_its_row_says_and_a_blank_leaves_what_stands()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(
            new BagRow("C0001", null, "NORTH", 2m), new("C0002", null, "NORTH", 2m), new("C0003", null, "NORTH", 2m), new("SB100", null, "EAST"));
        var first = (await warehouse.BagAsync("C0001")).ImportId;
        var report = await warehouse.ImportWithAsync(
            OnExisting.Update, new BagRow("C0001", " ", " ", 3m), new("C0002", null, "south"), new("C0003"), new("SB100", Area: "west"), new("C0004"));
        Assert.Equal((4, 1, 0, 0), (report.Updated, report.Children, report.Kept, report.RejectedRows));
        Assert.Empty(await warehouse.ResultsAsync(report));
        Assert.Equal(("NORTH", 3m, first), await ShowAsync("C0001"));
        Assert.Equal(("SOUTH", 2m, first), await ShowAsync("C0002"));
        Assert.Equal(("NORTH", 2m, first), await ShowAsync("C0003"));
        Assert.Equal("WEST", (await warehouse.BagAsync("SB100")).Area);

        async Task<(string?, decimal, long?)> ShowAsync(string qr)
        {
            var bag = await warehouse.BagAsync(qr);
            return (bag.Area, bag.WeightKg, bag.ImportId);
        }
    }

    [Fact]
    public async Task A_bag_whose_row_changes_nothing_keeps_its_version()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("SB100", Area: "NORTH"), new("C0001", "SB100", null, 2m), new("C0002", null, "EAST"));
        var before = await warehouse.AllBagsAsync();
        var report = await warehouse.ImportWithAsync(
            OnExisting.Update, new BagRow("SB100", Area: "north"), new("C0001", "SB100", "SOUTH", 2m), new("C0002", null, null, 1m));
        Assert.Equal(3, report.Updated);
        Assert.Equal(before, await warehouse.AllBagsAsync());
    }

    [Fact]
    public async Task What_changes_is_later_and_of_one_version()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("SB100"), new("C0001", "SB100"), new("C0002"));
        var before = await warehouse.AllBagsAsync();
        await warehouse.ImportWithAsync(OnExisting.Update, new BagRow("C0001", null, null, 5m), new("C0002", "SB100"), new("C0003"));
        var after = await warehouse.AllBagsAsync();
        Assert.Single(after.Select(bag => bag.Version).Distinct());
        Assert.All(before, bag => Assert.True(after.Single(changed => changed.Qr == bag.Qr).ChangedAt > bag.ChangedAt));
        Assert.True(after[0].Version > before[0].Version);
    }

    [Fact]
    public async Task A_loose_child_is_linked_and_one_in_another_parent_moves()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.ImportAsync(
            new BagRow("SB100", Area: "NORTH"), new("SB200", Area: "SOUTH"), new("C0001", "SB100", null, 2m), new("C0002", "SB100"), new("C0003", "SB100"),
            new("C0004", null, "EAST"), new("C0005", "SB200"));
        var stays = await warehouse.BagAsync("C0005");
        var report = await warehouse.ImportWithAsync(
            OnExisting.Update, new BagRow("C0001", "SB200", "EAST", 3m), new("C0004", "SB200"), new("C0005", "SB200"));
        Assert.Equal((3, 0, 0), (report.Updated, report.Linked, report.RejectedRows));
        var (left, entered) = (await warehouse.BagAsync("SB100"), await warehouse.BagAsync("SB200"));
        Assert.Equal((2, 2m, BagStatus.Pending), (left.ChildCount, left.ContentWeightKg, left.Status));
        Assert.Equal((3, 5m, BagStatus.Completed), (entered.ChildCount, entered.ContentWeightKg, entered.Status));
        foreach (var qr in new[] { "C0001", "C0004" })
        {
            var bag = await warehouse.BagAsync(qr);
            Assert.Equal(("SOUTH", report.Key, entered.ChangedAt, BagStatus.Linked), (bag.Area, bag.ImportId, bag.LinkedAt, bag.Status));
        }

        // Named where it stands, it is not linked again.
        Assert.Equal(stays, await warehouse.BagAsync("C0005"));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Seats_that_an_import_frees_are_not_given_again_in_it()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB100", 3);
        await warehouse.ObserveAsync("SB200");
        var report = await warehouse.ImportWithAsync(
            OnExisting.Update, new BagRow("SB100-C01", "SB200"), new("C0001", "SB100"), new("C0002", "SB200"), new("C0003", "SB200"), new("C0004", "SB200"));
        Assert.Equal(["2 Rejected ParentFull SB100", "5 Rejected ParentFull SB200"], await warehouse.TellAsync(report));
        Assert.Equal(["SB100-C02", "SB100-C03"], Codes(await warehouse.ChildrenAsync("SB100")));
        Assert.Equal(1, (await warehouse.ImportAsync(new BagRow("C0001", "SB100"))).Linked);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_parents_new_area_goes_to_all_it_holds_afterwards()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(
            new BagRow("SB100", Area: "NORTH"), new("SB200", Area: "SOUTH"), new("C0001", "SB100"), new("C0002", "SB100"), new("C0003", "SB200"));
        await warehouse.ImportWithAsync(
            OnExisting.Update, new BagRow("C0004", "SB100", "SOUTH"), new("C0002", "SB200"), new("SB100", Area: "EAST"), new("C0003", "SB100"));
        foreach (var (qr, area) in new[] { ("C0001", "EAST"), ("C0002", "SOUTH"), ("C0003", "EAST"), ("C0004", "EAST"), ("SB100", "EAST") })
            Assert.Equal(area, (await warehouse.BagAsync(qr)).Area);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_parent_on_an_open_bill_lets_nothing_in_or_out_and_its_weights_count_on_the_bill()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.ImportAsync(new BagRow("SB100", Area: "NORTH"), new("SB200"), new("C0001", "SB100"), new("C0002", "SB100"), new("C0003"));
        await warehouse.CreateBillAsync("B1");
        Recorded(await warehouse.LoadAsync("SB100", "B1"));
        var bill = await warehouse.BillAsync("B1");
        var report = await warehouse.ImportWithAsync(
            OnExisting.Update, new BagRow("C0001", "SB200"), new("C0003", "SB100"), new("C0002", "SB100", null, 2.5m), new("SB100", Area: "SOUTH"));
        Assert.Equal(["1 Rejected LinkedElsewhere SB100", "2 Rejected ParentOnBill B1"], await warehouse.TellAsync(report));
        var after = await warehouse.BillAsync("B1");
        Assert.Equal(3.5m, after.ActualWeightKg);
        Assert.True(after.Version > bill.Version && after.ChangedAt > bill.ChangedAt);
        Assert.Equal(("SOUTH", BagStatus.Billed), ((await warehouse.BagAsync("C0001")).Area, (await warehouse.BagAsync("SB100")).Status));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task On_a_completed_bill_nothing_changes()
    {
        var warehouse = await OpenSmallAsync(options => options.AllowIncompleteParents = true);
        await warehouse.ImportAsync(new BagRow("SB100", Area: "NORTH"), new("SB200"), new("C0001", "SB100"), new("C0002", "SB100"));
        await warehouse.CreateBillAsync("B1");
        Recorded(await warehouse.LoadAsync("SB100", "B1"));
        await warehouse.CompleteAsync("B1");
        var before = await warehouse.AllBagsAsync();
        var report = await warehouse.ImportWithAsync(OnExisting.Update, new BagRow("C0001", "SB200"), new("C0002", null, null, 2m), new("SB100", Area: "SOUTH"));
        Assert.Equal(["1 Rejected OnCompletedBill B1", "2 Rejected OnCompletedBill B1", "3 Rejected OnCompletedBill B1"], await warehouse.TellAsync(report));
        // What would change nothing is no offence.
        Assert.Equal(3, (await warehouse.ImportWithAsync(
            OnExisting.Update, new BagRow("C0001", "SB100", "SOUTH"), new("C0002", null, null, 1m), new("SB100", Area: "NORTH"))).Updated);
        Assert.Equal(before, await warehouse.AllBagsAsync());
    }

    [Fact]
    public async Task A_move_to_a_parent_nobody_knows_or_of_the_wrong_kind_is_rejected_as_a_whole()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("SB100"), new("C0001", "SB100"), new("C0002"));
        var before = await warehouse.AllBagsAsync();
        var report = await warehouse.ImportWithAsync(
            OnExisting.Update, new BagRow("C0001", "SB900", null, 2m), new("C0002", "C0001", null, 2m), new("SB100", "SB200"));
        Assert.Equal(["1 Rejected UnknownParent SB900", "2 Rejected WrongKind C0001", "3 Rejected WrongKind SB200"], await warehouse.TellAsync(report));
        Assert.Equal(before, await warehouse.AllBagsAsync());
    }

    [Fact]
    public async Task Imports_and_scans_at_once_stand_in_nobodys_way_and_keep_everything_exact()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.ImportAsync([.. Enumerable.Range(1, 6).Select(i => new BagRow($"SB{i}")), .. Enumerable.Range(1, 12).Select(i => new BagRow($"C{i:00}", $"SB{i % 6 + 1}"))]);
        await warehouse.CreateBillAsync("B1");
        await AtOnce(5, async worker =>
        {
            var random = new Random(worker);
            for (var round = 0; round < 15; round++)
            {
                var (child, parent) = ($"C{random.Next(1, 20):00}", $"SB{random.Next(1, 8)}");
                if (worker == 0)
                {
                    await warehouse.ImportWithAsync(
                        OnExisting.Update, new BagRow(child, parent, null, random.Next(1, 4)), new(parent, Area: round % 2 == 0 ? "NORTH" : "SOUTH"), new($"N{round:00}", parent));
                }
                else
                {
                    await (random.Next(4) switch
                    {
                        0 => warehouse.LoadAsync(parent, "B1"),
                        1 => warehouse.UnloadAsync(parent),
                        2 => warehouse.UnlinkAsync(child),
                        _ => warehouse.LinkAsync(child, parent),
                    });
                }
            }

            return worker;
        });
        await Consistency.AssertHoldsAsync(warehouse);
    }
}
