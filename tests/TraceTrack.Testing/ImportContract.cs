using TraceTrack.Bags;
using TraceTrack.Imports;
using static TraceTrack.Testing.BrokenRows;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>What every import does, whatever its options.</summary>
public abstract class ImportContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Parents_and_children_are_stored_whatever_the_order_of_rows()
    {
        var warehouse = await OpenSmallAsync();
        var report = await warehouse.ImportAsync(
            new BagRow("c0001", "sb200"), new("SB100"), new(" C0002 ", "SB100"), new("SB200"), new("C0003"), new("C0004", "SB100"), new("C0005", "SB100"));
        Assert.Equal((7, 2, 5, 4, 0), (report.RowsRead, report.Parents, report.Children, report.Linked, report.RejectedRows));
        Assert.Equal((false, 0L), (report.IsReplay, report.Scans));
        Assert.NotEmpty(report.Path);
        Assert.True(report.Key > 0);
        Assert.Empty(report.Rejected);
        Assert.Equal(["C0002", "C0004", "C0005"], Codes(await warehouse.ChildrenAsync("SB100")));
        Assert.Equal(["C0001"], Codes(await warehouse.ChildrenAsync("SB200")));
        Assert.Equal(BagStatus.Completed, (await warehouse.BagAsync("SB100")).Status);
        Assert.Equal(BagStatus.Pending, (await warehouse.BagAsync("SB200")).Status);
        Assert.Empty(await warehouse.ResultsAsync(report));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task An_imported_bag_names_its_import_and_has_one_time_for_everything()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.ImportAsync(new BagRow("SB100", Area: "north"), new("C0001", "SB100"), new("C0002", null, "SOUTH", 2.5m));
        var parent = await warehouse.BagAsync("SB100");
        var child = await warehouse.BagAsync("C0001");
        var loose = await warehouse.BagAsync("C0002");
        Assert.All([parent, child, loose], bag =>
        {
            Assert.Equal(report.Key, bag.ImportId);
            Assert.Equal(bag.CreatedAt, bag.ChangedAt);
            Assert.True(bag.Id > 0 && bag.Version > 0);
        });
        Assert.Equal(child.CreatedAt, child.LinkedAt);
        Assert.Equal(
            ("NORTH", BagStatus.Pending, 1, 1m, 0m),
            (parent.Area, parent.Status, parent.ChildCount, parent.ContentWeightKg, parent.WeightKg));
        Assert.Equal((parent.Id, "NORTH", BagStatus.Linked, 1m), (child.ParentId, child.Area, child.Status, child.WeightKg));
        Assert.Equal((null, "SOUTH", BagStatus.Pending, 2.5m), (loose.ParentId, loose.Area, loose.Status, loose.WeightKg));
    }

    [Fact]
    public async Task A_scan_after_an_import_is_later_and_clears_the_import_where_it_moves_a_child()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("SB100"), new("C0001", "SB100"));
        var before = await warehouse.BagAsync("SB100");
        var result = Recorded(await warehouse.UnlinkAsync("C0001"));
        Assert.True(result.Scan.RecordedAt > before.ChangedAt);
        Assert.True(result.Parent!.Version > before.Version);
        Assert.Null(result.Bag!.ImportId);
        Assert.Equal(before.ImportId, result.Parent.ImportId);
    }

    [Fact]
    public async Task A_child_takes_its_parents_area_even_when_the_parent_has_none()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("C0001", "SB100", "SOUTH"), new("SB100", null, "NORTH"), new("C0002", "SB200", "SOUTH"), new("SB200"));
        Assert.Equal(("NORTH", null), ((await warehouse.BagAsync("C0001")).Area, (await warehouse.BagAsync("C0002")).Area));
    }

    [Fact]
    public async Task A_parents_content_weighs_what_its_rows_say_and_a_parents_own_weight_is_ignored()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(
            new BagRow("SB100", null, null, -5m), new("C0001", "SB100", null, 0m), new("C0002", "SB100", null, 0.001m), new("C0003", "SB100"));
        var parent = await warehouse.BagAsync("SB100");
        Assert.Equal((0m, 1.001m, 3), (parent.WeightKg, parent.ContentWeightKg, parent.ChildCount));
    }

    [Fact]
    public async Task Sending_an_import_again_answers_with_the_first_report_and_reads_no_row()
    {
        var warehouse = await OpenAsync();
        var importId = Guid.NewGuid();
        var first = await warehouse.ImportAsAsync(importId, new BagRow("C0001"), new("x!"));
        var again = await warehouse.System.Imports.ImportAsync(Throwing<BagRow>(0, _ => default), new() { ImportId = importId });
        Assert.True(again.IsReplay);
        Assert.Equal(
            (first.ImportId, first.Key, first.Path, first.RowsRead, first.Parents, first.Children, first.Linked, first.Scans),
            (again.ImportId, again.Key, again.Path, again.RowsRead, again.Parents, again.Children, again.Linked, again.Scans));
        Assert.Equal(first.Rejected, again.Rejected);
        Assert.Equal(first.Elapsed.TotalSeconds, again.Elapsed.TotalSeconds, 0.01);
        Assert.Equal(1, (await warehouse.TotalsAsync()).Bags);
        Assert.Single(await warehouse.ResultsAsync(first));
    }

    [Fact]
    public async Task Bills_users_and_scans_do_not_stand_in_the_way_of_an_import()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.UnlinkAsync("C0001");
        await warehouse.System.Users.CreateAsync(new("ada", Users.UserRole.Admin, null, "hash"));
        Assert.Equal(1, (await warehouse.ImportAsync(new BagRow("SB100"))).Parents);
        Recorded(await warehouse.LoadAsync("SB100", "B1"));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task An_import_without_rows_is_an_import()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.ImportAsync();
        Assert.Equal((0, 0, 0), (report.RowsRead, report.Parents, report.Children));
        Assert.Equal(1, (await warehouse.ImportAsync(new BagRow("C0001"))).Children);
    }

    [Fact]
    public async Task What_the_rows_throw_is_rethrown_and_leaves_nothing()
    {
        var warehouse = await OpenAsync();
        var importId = Guid.NewGuid();
        await Assert.ThrowsAsync<FormatException>(async () => await warehouse.System.Imports.ImportAsync(
            Throwing(3, i => i == 1 ? new BagRow("x!") : new($"C000{i}")), new() { ImportId = importId }));
        await AssertUntouched(warehouse, importId);
    }

    [Fact]
    public async Task A_cancelled_import_leaves_nothing()
    {
        var warehouse = await OpenAsync();
        var importId = Guid.NewGuid();
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await warehouse.System.Imports.ImportAsync(
            Cancelling(source), new() { ImportId = importId }, null, source.Token));
        await AssertUntouched(warehouse, importId);

        static async IAsyncEnumerable<BagRow> Cancelling(CancellationTokenSource source)
        {
            yield return new("SB100");
            yield return new("C0001", "SB100");
            await source.CancelAsync();
            yield return new("C0002", "SB100");
        }
    }

    [Fact]
    public async Task Progress_names_the_phases_in_order_and_ends_with_all_rows()
    {
        var warehouse = await OpenAsync();
        var seen = new List<ImportProgress>();
        await warehouse.System.Imports.ImportAsync(
            Enumerable.Range(0, 120_000).Select(i => new BagRow($"C{i:000000}")).ToAsyncEnumerable(), new(), new Recorder(seen));
        // A slow machine tells more often.
        Assert.Superset(
            new HashSet<long> { 50_000, 100_000 },
            seen.Where(progress => progress is { Phase: ImportPhase.Reading, RowsRead: > 0 }).Select(progress => progress.RowsRead).ToHashSet());
        Assert.Equal(seen.Select(progress => progress.Phase).Order(), seen.Select(progress => progress.Phase));
        Assert.Equal((ImportPhase.Done, 120_000L), (seen[^1].Phase, seen[^1].RowsRead));
        Assert.Equal(120_000, (await warehouse.TotalsAsync()).Children);
        var page = await warehouse.System.Bags.ListAsync(BagFilter.All, Paging.PageRequest.Last(2));
        Assert.Equal(["C119998", "C119999"], Codes(page.Items));
    }

    [Fact]
    public async Task Progress_counts_the_rows_rejected_while_reading()
    {
        foreach (var isFull in new[] { false, true })
        {
            var warehouse = await OpenAsync();
            if (isFull)
                await warehouse.ImportAsync(new BagRow("SB100"));
            var seen = new List<ImportProgress>();
            await warehouse.System.Imports.ImportAsync(
                Enumerable.Range(0, 60_000).Select(i => new BagRow(i % 10_000 == 0 ? "?" : $"C{i:000000}")).ToAsyncEnumerable(), new(), new Recorder(seen));
            Assert.Equal(5, seen.First(progress => progress.RowsRead == 50_000).Rejected);
            Assert.Equal((ImportPhase.Done, 6L), (seen[^1].Phase, seen[^1].Rejected));
        }
    }

    [Fact]
    public async Task Two_imports_at_once_are_both_done_as_wholes()
    {
        var warehouse = await OpenAsync();
        var reports = await AtOnce(2, import => warehouse.ImportAsync(
            [.. Enumerable.Range(0, 2_000).Select(i => new BagRow(i % 2 == 0 ? $"C{import}-{i:0000}" : $"C{i:0000}"))]));
        Assert.Equal([2_000L, 2_000L], reports.Select(report => report.RowsRead));
        Assert.Equal([0L, 1_000L], reports.Select(report => report.Kept).Order());
        Assert.Equal([1_000L, 2_000L], reports.Select(report => report.Children).Order());
        Assert.Equal(3_000, (await warehouse.AllBagsAsync()).Count);
        Assert.Equal(2, reports.Select(report => report.Key).Distinct().Count());
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task An_import_needs_an_id()
    {
        var warehouse = await OpenAsync();
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidImport, () => warehouse.ImportAsAsync(Guid.Empty));
    }

    [Fact]
    public async Task An_unknown_import_has_no_results()
    {
        var warehouse = await OpenAsync();
        Assert.Empty(await warehouse.System.Imports.ReadResultsAsync(Guid.NewGuid()).ToListAsync());
    }

    private static async Task AssertUntouched(Warehouse warehouse, Guid importId)
    {
        Assert.Equal(default, await warehouse.TotalsAsync());
        Assert.Empty(await warehouse.AllBagsAsync());
        Assert.Empty(await warehouse.System.Imports.ReadResultsAsync(importId).ToListAsync());
        var report = await warehouse.ImportAsAsync(importId, new BagRow("SB100"), new("C0001", "SB100"));
        Assert.Equal((false, 2L), (report.IsReplay, report.RowsRead));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    private sealed class Recorder(List<ImportProgress> seen) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => seen.Add(value);
    }
}
