using TraceTrack.Bags;
using TraceTrack.Imports;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Imports into a store that holds bags: new ones come to those that are there, and known ones are kept or rejected.</summary>
public abstract class ImportExistingContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task New_bags_come_to_those_the_store_holds()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.ImportAsync(new BagRow("SB100", null, "NORTH"), new("C0001", "SB100"));
        var report = await warehouse.ImportAsync(
            new BagRow("C0002", "SB100", "SOUTH"), new("SB200", null, "EAST"), new("C0003", "SB200", null, 2m), new("C0004", null, "WEST"));
        Assert.Equal((1, 3, 2, 0, 0, 0), (report.Parents, report.Children, report.Linked, report.Kept, report.Updated, report.RejectedRows));
        var (parent, child) = (await warehouse.BagAsync("SB100"), await warehouse.BagAsync("C0002"));
        Assert.Equal((2, 2m, BagStatus.Pending), (parent.ChildCount, parent.ContentWeightKg, parent.Status));
        Assert.Equal((parent.Id, "NORTH", report.Key, child.CreatedAt), (child.ParentId, child.Area, child.ImportId, child.LinkedAt));
        Assert.Equal(("EAST", 2m), ((await warehouse.BagAsync("C0003")).Area, (await warehouse.BagAsync("SB200")).ContentWeightKg));
        Assert.NotEqual(report.Key, parent.ImportId);
        Assert.Equal((parent.Version, parent.ChangedAt), (child.Version, child.ChangedAt));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_bag_that_is_kept_is_told_and_does_not_change()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("SB100"), new("SB200"), new("C0001", "SB100"), new("C0002"));
        var before = await warehouse.AllBagsAsync();
        var report = await warehouse.ImportAsync(
            new BagRow("SB100", null, "NORTH"), new("c0001", "SB200", null, 9m), new("C0001", "SB100"), new("C0002", "SB100", "SOUTH"), new("C0001"));
        Assert.Equal((3, 2, 0, 0, 0), (report.Kept, report.RejectedRows, report.Children, report.Parents, report.Updated));
        Assert.Equal(
            ["1 Kept AlreadyExists", "2 Kept LinkedElsewhere SB100", "3 Rejected DuplicateInFile 2", "4 Kept AlreadyExists", "5 Rejected DuplicateInFile 2"],
            await warehouse.TellAsync(report));
        Assert.Equal("c0001", (await warehouse.ResultsAsync(report))[1].Qr);
        Assert.Equal(before, await warehouse.AllBagsAsync());
    }

    [Fact]
    public async Task A_bag_that_exists_can_be_an_error()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("SB100"), new("C0001", "SB100"), new("C0002"));
        var report = await warehouse.ImportWithAsync(
            OnExisting.Reject, new BagRow("SB100"), new("C0001", "SB200"), new("SB200"), new("C0002"), new("C0003", "SB100"), new("C0001", "SB100"));
        Assert.Equal((0, 4, 1, 1), (report.Kept, report.RejectedRows, report.Children, report.Parents));
        Assert.Equal(
            ["1 Rejected AlreadyExists", "2 Rejected LinkedElsewhere SB100", "4 Rejected AlreadyExists", "6 Rejected DuplicateInFile 2"],
            await warehouse.TellAsync(report));
        // Its row was rejected because it is there, so that children may name it.
        Assert.Equal(["C0001", "C0003"], Codes(await warehouse.ChildrenAsync("SB100")));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_known_child_stays_known_when_the_parent_it_names_is_not()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C0001");
        Assert.Equal(["1 Kept AlreadyExists", "2 Rejected UnknownParent SB900"],
            await warehouse.TellAsync(await warehouse.ImportAsync(new BagRow("C0001", "SB900"), new("C0002", "SB900"))));
    }

    [Fact]
    public async Task A_parent_takes_newcomers_in_the_order_of_rows_until_it_is_full()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB100", 1);
        var report = await warehouse.ImportAsync(
            new BagRow("C0009", "SB100"), new("C0009", "SB100"), new("C0008", "SB100"), new("C0001", "SB100"), new("C0002", "SB100"));
        Assert.Equal(
            ["2 Rejected DuplicateInFile 1", "4 Rejected ParentFull SB100", "5 Rejected ParentFull SB100"], await warehouse.TellAsync(report));
        Assert.Equal(["C0008", "C0009", "SB100-C01"], Codes(await warehouse.ChildrenAsync("SB100")));
        Assert.Equal((BagStatus.Completed, 3), ((await warehouse.BagAsync("SB100")).Status, (await warehouse.BagAsync("SB100")).ChildCount));
        Assert.Equal(["1 Rejected ParentFull SB100"], await warehouse.TellAsync(await warehouse.ImportAsync(new BagRow("C0003", "SB100"))));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_parent_on_a_bill_takes_no_child()
    {
        var warehouse = await OpenSmallAsync(options => options.AllowIncompleteParents = true);
        await warehouse.ImportAsync(new BagRow("SB100"), new("SB200"), new("C0001", "SB100"));
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        Recorded(await warehouse.LoadAsync("SB100", "B1"));
        Recorded(await warehouse.LoadAsync("SB200", "B2"));
        await warehouse.CompleteAsync("B2");
        var report = await warehouse.ImportAsync(new BagRow("C0002", "SB100"), new("C0003", "SB200"), new("C0004"));
        Assert.Equal(["1 Rejected ParentOnBill B1", "2 Rejected OnCompletedBill B2"], await warehouse.TellAsync(report));
        Assert.Equal(1, report.Children);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task The_path_taken_is_told_with_its_reason()
    {
        var warehouse = await OpenAsync();
        var (first, second) = (await warehouse.ImportAsync(new BagRow("C0001")), await warehouse.ImportAsync(new BagRow("C0002")));
        Assert.All([first, second], report => Assert.True(report.Path.Length > 20, report.Path));
    }

    [Fact]
    public async Task Several_connections_bring_the_same()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C00001");
        // More than one chunk for each connection.
        BagRow[] rows = [.. Enumerable.Range(0, 20_000).Select(i => i % 31 == 0 ? new BagRow($"SB{i}") : i % 100 == 1 ? new("bad!") : new($"C{i:00000}", $"SB{i / 31 * 31}"))];
        var report = await warehouse.ImportWithAsync(new ImportOptions { Connections = 3 }, rows);
        var bad = rows.LongCount(row => row.Qr == "bad!");
        var parents = rows.LongCount(row => row.Qr!.StartsWith("SB", StringComparison.Ordinal));
        Assert.Equal((20_000, bad, parents), (report.RowsRead, report.RejectedRows, report.Parents));
        Assert.Equal(20_000 - bad - parents - report.Kept, report.Children);
        Assert.Equal(report.Children, report.Linked);
        var results = await warehouse.ResultsAsync(report);
        Assert.Equal(bad + report.Kept, results.Count);
        Assert.Equal(results.Select(result => result.Ordinal).Order(), results.Select(result => result.Ordinal));
        Assert.Equal(report.Parents + report.Children + 1, (await warehouse.TotalsAsync()).Bags);
        Assert.True((await warehouse.System.Totals.ReconcileAsync()).IsExact);
    }
}
