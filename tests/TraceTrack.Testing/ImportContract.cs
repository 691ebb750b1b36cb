using System.Runtime.CompilerServices;
using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Totals;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

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
    public async Task Each_row_that_cannot_be_taken_is_told_with_its_reason_and_does_not_stop_the_others()
    {
        var warehouse = await OpenSmallAsync();
        var report = await warehouse.ImportAsync(
            new BagRow("SB100"), // 1
            new("x!"), // 2
            new("C0001", "SB100"), // 3
            new("C0002", "?"), // 4
            new("C0003", null, "no area!"), // 5
            new("C0004", null, null, -1m), // 6
            new("C0005", null, null, 1.0001m), // 7
            new("c0001"), // 8
            new("C0006", "SB999"), // 9
            new("C0007", "C0001"), // 10
            new("SB200", "SB100"), // 11
            new("C0008", "SB100"), // 12
            new("C0009", "SB100"), // 13
            new("C0010", "SB100"), // 14
            new(null), // 15
            new("SB100"), // 16
            new("C0011")); // 17
        Assert.Equal((17, 1, 4, 3, 12), (report.RowsRead, report.Parents, report.Children, report.Linked, report.RejectedRows));
        Assert.Equal(
            [
                new(2, "x!", RowOutcome.Rejected, RowReason.InvalidQrCode, null),
                new(4, "C0002", RowOutcome.Rejected, RowReason.InvalidQrCode, null),
                new(5, "C0003", RowOutcome.Rejected, RowReason.InvalidArea, null),
                new(6, "C0004", RowOutcome.Rejected, RowReason.InvalidWeight, null),
                new(7, "C0005", RowOutcome.Rejected, RowReason.InvalidWeight, null),
                new(8, "c0001", RowOutcome.Rejected, RowReason.DuplicateInFile, "3"),
                new(9, "C0006", RowOutcome.Rejected, RowReason.UnknownParent, "SB999"),
                new(10, "C0007", RowOutcome.Rejected, RowReason.WrongKind, "C0001"),
                new(11, "SB200", RowOutcome.Rejected, RowReason.WrongKind, "SB100"),
                new(14, "C0010", RowOutcome.Rejected, RowReason.ParentFull, "SB100"),
                new(15, "", RowOutcome.Rejected, RowReason.InvalidQrCode, null),
                new RowResult(16, "SB100", RowOutcome.Rejected, RowReason.DuplicateInFile, "1"),
            ],
            await warehouse.ResultsAsync(report));
        Assert.Equal(
            "DuplicateInFile 2, InvalidArea 1, InvalidQrCode 3, InvalidWeight 2, ParentFull 1, UnknownParent 1, WrongKind 2",
            string.Join(", ", report.Rejected.Select(pair => $"{pair.Key} {pair.Value}").Order()));
        Assert.Equal(["C0001", "C0008", "C0009", "C0011", "SB100"], await warehouse.ListAsync(BagFilter.All));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Of_rows_with_one_code_the_first_wins_and_the_others_name_it()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.ImportAsync(
            new BagRow("C0001", null, "NORTH", 1m), new("C0001", null, "SOUTH", 2m), new("C0002"), new("c0001", null, null, 3m), new("\u200bC0002"));
        Assert.Equal(["2:1", "4:1", "5:3"], (await warehouse.ResultsAsync(report)).Select(result => $"{result.Ordinal}:{result.Detail}"));
        Assert.Equal(("NORTH", 1m), ((await warehouse.BagAsync("C0001")).Area, (await warehouse.BagAsync("C0001")).WeightKg));
    }

    [Fact]
    public async Task A_row_that_is_malformed_does_not_make_a_later_one_a_duplicate()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.ImportAsync(new BagRow("C0001", null, null, -1m), new("C0001"));
        Assert.Equal([(1L, RowReason.InvalidWeight)], (await warehouse.ResultsAsync(report)).Select(result => (result.Ordinal, result.Reason)));
        Assert.Equal(1, report.Children);
    }

    [Fact]
    public async Task A_row_without_its_parent_still_makes_later_ones_with_its_code_duplicates()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.ImportAsync(new BagRow("C0001", "SB999"), new("C0001"));
        Assert.Equal(
            [(1L, RowReason.UnknownParent), (2L, RowReason.DuplicateInFile)],
            (await warehouse.ResultsAsync(report)).Select(result => (result.Ordinal, result.Reason)));
        Assert.Equal(0, (await warehouse.TotalsAsync()).Bags);
    }

    [Fact]
    public async Task Duplicates_take_no_place_in_a_parent_and_the_first_rows_fill_it()
    {
        var warehouse = await OpenSmallAsync();
        var report = await warehouse.ImportAsync(
            new BagRow("C0009", "SB100"), new("C0009", "SB100"), new("C0008", "SB100"), new("C0009", "SB100"), new("C0007", "SB100"),
            new("C0001", "SB100"), new("SB100"), new("C0002", "SB100"));
        Assert.Equal(["C0007", "C0008", "C0009"], Codes(await warehouse.ChildrenAsync("SB100")));
        Assert.Equal(
            ["2 DuplicateInFile 1", "4 DuplicateInFile 1", "6 ParentFull SB100", "8 ParentFull SB100"],
            (await warehouse.ResultsAsync(report)).Select(result => $"{result.Ordinal} {result.Reason} {result.Detail}"));
    }

    [Fact]
    public async Task Results_show_the_code_as_it_was_given_cut_to_what_can_be_stored()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.ImportAsync(new BagRow(new string('x', 500)), new("bad\0code\ud800!"), new("Ünïcode ✓"));
        Assert.Equal([new string('x', 200), "badcode!", "Ünïcode ✓"], (await warehouse.ResultsAsync(report)).Select(result => result.Qr));
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
        Assert.Equal([50_000L, 100_000L], seen.Where(progress => progress is { Phase: ImportPhase.Reading, RowsRead: > 0 }).Select(progress => progress.RowsRead));
        Assert.Equal(seen.Select(progress => progress.Phase).Order(), seen.Select(progress => progress.Phase));
        Assert.Equal((ImportPhase.Done, 120_000L), (seen[^1].Phase, seen[^1].RowsRead));
        Assert.Equal(120_000, (await warehouse.TotalsAsync()).Children);
        var page = await warehouse.System.Bags.ListAsync(BagFilter.All, Paging.PageRequest.Last(2));
        Assert.Equal(["C119998", "C119999"], Codes(page.Items));
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

    [Fact]
    public async Task A_scan_log_is_appended_counted_and_changes_no_bag()
    {
        var warehouse = await OpenAsync();
        var bag = (await warehouse.ObserveAsync("C0001")).Bag;
        var importId = Guid.NewGuid();
        Scan[] log = [History("C0001"), History("C0002"), History("C0003") with { Outcome = ScanOutcome.Rejected, Rejection = ScanRejection.ParentFull, Fact = "30/30" }];
        var report = await warehouse.System.Imports.ImportScansAsync(log.ToAsyncEnumerable(), new() { ImportId = importId });
        Assert.Equal((3, 3, 0, 0, 0), (report.Scans, report.RowsRead, report.Parents, report.Children, report.RejectedRows));
        Assert.Equal(new TraceTrackTotals(1, 0, 1, 0, 4, 0), await warehouse.TotalsAsync());
        Assert.Equal(bag, await warehouse.BagAsync("C0001"));
        var again = await warehouse.System.Imports.ImportScansAsync(Throwing<Scan>(0, _ => log[0]), new() { ImportId = importId });
        Assert.Equal((true, 3, report.Key), (again.IsReplay, again.Scans, again.Key));
        Assert.True((await warehouse.System.Totals.ReconcileAsync()).IsExact);
    }

    [Fact]
    public async Task A_scan_log_keeps_no_receipts()
    {
        var warehouse = await OpenAsync();
        var scan = History("C0001");
        await warehouse.System.Imports.ImportScansAsync(new[] { scan, scan }.ToAsyncEnumerable(), new());
        Assert.False(Recorded(await warehouse.RecordAsync(RecordScan.Observe(scan.ScanId, scan.Qr))).IsReplay);
        Assert.Equal(3, (await warehouse.TotalsAsync()).Scans);
    }

    [Fact]
    public async Task A_scan_log_with_a_row_that_is_no_log_row_is_refused_as_a_whole()
    {
        var warehouse = await OpenAsync();
        Scan[] bad =
        [
            History("C0002") with { Outcome = ScanOutcome.Replayed }, History("C0002") with { Outcome = ScanOutcome.Rejected },
            History("C0002") with { Rejection = ScanRejection.NotLinked }, History("C0002") with { ScanId = default },
            History("C0002") with { Qr = default }, History("C0002") with { Action = (ScanAction)99 }, History("C0002") with { ActorId = "a\0b" },
        ];
        foreach (var scan in bad)
        {
            await FailsAsync<InvalidInputException>(ErrorCodes.InvalidImport, () => warehouse.System.Imports.ImportScansAsync(
                new[] { History("C0001"), scan }.ToAsyncEnumerable(), new()).AsTask());
        }

        Assert.Equal(0, (await warehouse.TotalsAsync()).Scans);
    }

    private static Scan History(string qr) => new()
    {
        ScanId = ScanId.New(),
        Action = ScanAction.Observe,
        Qr = QrCode.Parse(qr),
        Outcome = ScanOutcome.Recorded,
        ActorId = "long ago",
        ScannedAt = new(2023, 5, 1, 8, 0, 0, TimeSpan.FromHours(5.5)),
        RecordedAt = new(2023, 5, 1, 2, 30, 1, TimeSpan.Zero),
    };

    private static async Task AssertUntouched(Warehouse warehouse, Guid importId)
    {
        Assert.Equal(default, await warehouse.TotalsAsync());
        Assert.Empty(await warehouse.AllBagsAsync());
        Assert.Empty(await warehouse.System.Imports.ReadResultsAsync(importId).ToListAsync());
        var report = await warehouse.ImportAsAsync(importId, new BagRow("SB100"), new("C0001", "SB100"));
        Assert.Equal((false, 2L), (report.IsReplay, report.RowsRead));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    private static async IAsyncEnumerable<T> Throwing<T>(
        int after, Func<int, T> row, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < after; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row(i);
        }

        await Task.Yield();
        throw new FormatException("The file ends here.");
    }

    private sealed class Recorder(List<ImportProgress> seen) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => seen.Add(value);
    }
}
