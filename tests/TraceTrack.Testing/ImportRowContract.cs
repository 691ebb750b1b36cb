using TraceTrack.Bags;
using TraceTrack.Imports;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>What becomes of rows that cannot be taken, by themselves or beside the others of their file.</summary>
public abstract class ImportRowContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_its_reader_could_not_make_out_is_told_with_the_problem_and_does_not_stop_the_others(bool holdsBags)
    {
        var warehouse = await OpenAsync();
        if (holdsBags)
            await warehouse.ObserveAsync("C0009");
        var report = await warehouse.ImportAsync(
            new BagRow("SB100"),
            new("C0001", "SB100", Problem: "3 fields where the heading has 2."),
            new(null, Problem: new string('x', 500)),
            new("C0001", "SB100"),
            new("SB100", Problem: "bad\0text\ud800."));
        Assert.Equal((5, 1, 1, 1, 3), (report.RowsRead, report.Parents, report.Children, report.Linked, report.Rejected[RowReason.Malformed]));
        Assert.Equal(
            [
                new(2, "C0001", RowOutcome.Rejected, RowReason.Malformed, "3 fields where the heading has 2."),
                new(3, "", RowOutcome.Rejected, RowReason.Malformed, new('x', 200)),
                new RowResult(5, "SB100", RowOutcome.Rejected, RowReason.Malformed, "badtext."),
            ],
            await warehouse.ResultsAsync(report));
        await Consistency.AssertHoldsAsync(warehouse);
    }
}
