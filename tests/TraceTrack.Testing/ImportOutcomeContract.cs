using TraceTrack.Imports;
using TraceTrack.Paging;
using static TraceTrack.Testing.BrokenRows;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Imports that store nothing, and say all the same what they found: dry runs, and those that a rejected row rolls back.</summary>
public abstract class ImportOutcomeContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rejected_row_rolls_back_all_when_asked_to_and_the_report_stays(bool holdsBags)
    {
        var warehouse = await OpenSmallAsync();
        if (holdsBags)
            await warehouse.ObserveAsync("C0009");
        var before = await warehouse.AllBagsAsync();
        var options = new ImportOptions { OnError = OnError.RollBack };
        var report = await warehouse.ImportWithAsync(
            options, new BagRow("SB100"), new("C0001", "SB100"), new("C0002", "SB900"), new("C0001"), new("x!"), new("C0009", Area: "NORTH"));
        Assert.Equal((true, false, 6, 0, 0, 0, 0), (report.IsRolledBack, report.IsDryRun, report.RowsRead, report.Parents, report.Children, report.Linked, report.Updated));
        string[] results = ["3 Rejected UnknownParent SB900", "4 Rejected DuplicateInFile 2", "5 Rejected InvalidQrCode"];
        Assert.Equal(holdsBags ? [.. results, "6 Kept AlreadyExists"] : results, await warehouse.TellAsync(report));
        Assert.Equal(holdsBags ? 1 : 0, report.Kept);
        Assert.Equal(before, await warehouse.AllBagsAsync());
        var again = await warehouse.System.Imports.ImportAsync(Throwing<BagRow>(0, _ => default), options);
        Assert.Equal((true, true, 3), (again.IsReplay, again.IsRolledBack, again.RejectedRows));
        Assert.Equal(1, (await warehouse.ImportAsync(new BagRow("SB100"))).Parents);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_rejected_row_nothing_is_rolled_back(bool holdsBags)
    {
        var warehouse = await OpenAsync();
        if (holdsBags)
            await warehouse.ObserveAsync("C0001");
        var report = await warehouse.ImportWithAsync(new ImportOptions { OnError = OnError.RollBack }, new BagRow("C0001"), new("C0002"));
        Assert.Equal((false, holdsBags ? 1 : 0, 2L), (report.IsRolledBack, report.Kept, (await warehouse.TotalsAsync()).Bags));
    }

    [Theory]
    [InlineData(OnExisting.Keep)]
    [InlineData(OnExisting.Update)]
    [InlineData(OnExisting.Reject)]
    public async Task A_dry_run_tells_what_the_import_then_does_and_changes_nothing(OnExisting onExisting)
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.FillAsync("SB100", 3);
        await warehouse.ImportAsync(new BagRow("SB200"));
        BagRow[] rows =
        [
            new("SB100", Area: "NORTH"), new("SB100-C01", "SB200", null, 2m), new("SB300"), new("C0001", "SB300"), new("C0002", "SB100"), new("x!"),
            new("C0003", "SB900"), new("C0001"), new("SB100-C02"),
        ];
        var (bags, totals) = (await warehouse.AllBagsAsync(), await warehouse.TotalsAsync());
        var dry = await warehouse.ImportWithAsync(new ImportOptions { OnExisting = onExisting, DryRun = true }, rows);
        Assert.True(dry.IsDryRun);
        Assert.Equal(bags, await warehouse.AllBagsAsync());
        Assert.Equal(totals, await warehouse.TotalsAsync());
        var real = await warehouse.ImportWithAsync(new ImportOptions { OnExisting = onExisting }, rows);
        Assert.Equal(await warehouse.TellAsync(real), await warehouse.TellAsync(dry));
        Assert.Equal(
            (real.RowsRead, real.Parents, real.Children, real.Linked, real.Kept, real.Updated),
            (dry.RowsRead, dry.Parents, dry.Children, dry.Linked, dry.Kept, dry.Updated));
        Assert.Equal(real.Rejected.OrderBy(pair => pair.Key), dry.Rejected.OrderBy(pair => pair.Key));
        Assert.Equal((1, 1), (real.Parents, real.Children));
    }

    [Fact]
    public async Task A_dry_run_takes_a_new_parent_for_none_that_the_store_holds()
    {
        var warehouse = await OpenAsync();
        // The first keys of a new store, which are the places of rows in a file as well.
        await warehouse.ImportAsync(new BagRow("SB1"), new("C01", "SB1"));
        BagRow[] rows = [new("CA1", "SB1"), new("SB2"), .. Enumerable.Range(1, 30).Select(i => new BagRow($"CB{i:00}", "SB2"))];
        var dry = await warehouse.ImportWithAsync(new ImportOptions { DryRun = true }, rows);
        Assert.Equal((1, 31, 31, 0), (dry.Parents, dry.Children, dry.Linked, dry.RejectedRows));
        var real = await warehouse.ImportAsync(rows);
        Assert.Equal((dry.Parents, dry.Children, dry.Linked, dry.RejectedRows), (real.Parents, real.Children, real.Linked, real.RejectedRows));
        Assert.Equal(await warehouse.TellAsync(real), await warehouse.TellAsync(dry));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_dry_run_into_an_empty_store_leaves_it_empty()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.ImportWithAsync(new ImportOptions { DryRun = true }, new BagRow("SB100"), new("C0001", "SB100"), new("x!"));
        Assert.Equal((true, 1, 1, 1, 1), (report.IsDryRun, report.Parents, report.Children, report.Linked, report.RejectedRows));
        Assert.Empty(await warehouse.AllBagsAsync());
        Assert.Equal(["3 Rejected InvalidQrCode"], await warehouse.TellAsync(report));
    }

    [Fact]
    public async Task A_dry_run_tells_that_an_import_would_be_rolled_back()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.ImportWithAsync(new ImportOptions { DryRun = true, OnError = OnError.RollBack }, new BagRow("C0001"), new("x!"));
        Assert.Equal((true, true, 0, 1), (report.IsDryRun, report.IsRolledBack, report.Children, report.RejectedRows));
    }

    [Fact]
    public async Task The_id_of_a_dry_run_is_answered_by_its_report_and_serves_no_other_import()
    {
        var warehouse = await OpenAsync();
        var (dry, real) = (new ImportOptions { DryRun = true }, new ImportOptions());
        var first = await warehouse.ImportWithAsync(dry, new BagRow("C0001"));
        var again = await warehouse.System.Imports.ImportAsync(Throwing<BagRow>(0, _ => default), dry);
        Assert.Equal((true, first.Key, 1), (again.IsReplay, again.Key, again.Children));
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidImport, () => warehouse.ImportWithAsync(new ImportOptions { ImportId = dry.ImportId }, new BagRow("C0001")));
        await warehouse.ImportWithAsync(real, new BagRow("C0001"));
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidImport, () => warehouse.ImportWithAsync(new ImportOptions { ImportId = real.ImportId, DryRun = true }, new BagRow("C0001")));
    }

    [Fact]
    public async Task Options_out_of_their_range_are_refused()
    {
        var warehouse = await OpenAsync();
        foreach (var options in new ImportOptions[]
            { new() { Connections = 0 }, new() { Connections = 17 }, new() { OnExisting = (OnExisting)9 }, new() { OnError = (OnError)9 } })
        {
            await FailsAsync<InvalidInputException>(ErrorCodes.InvalidImport, () => warehouse.ImportWithAsync(options, new BagRow("C0001")));
        }
    }

    [Theory]
    [InlineData(1, ImportPhase.Reading)]
    [InlineData(1, ImportPhase.Checking)]
    [InlineData(1, ImportPhase.Indexing)]
    [InlineData(3, ImportPhase.Reading)]
    [InlineData(3, ImportPhase.Checking)]
    [InlineData(3, ImportPhase.Indexing)]
    public async Task Cancelled_in_any_phase_nothing_changed(int connections, ImportPhase phase)
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("SB100"), new("C0001", "SB100"));
        var before = await warehouse.AllBagsAsync();
        using var source = new CancellationTokenSource();
        var options = new ImportOptions { Connections = connections, OnExisting = OnExisting.Update };
        BagRow[] rows = [.. Enumerable.Range(0, 5_000).Select(i => new BagRow($"C{i:0000}", null, "NORTH", 2m))];
        try
        {
            await warehouse.System.Imports.ImportAsync(rows.ToAsyncEnumerable(), options, new Canceller(phase, source), source.Token);
            // A store that writes in one step has no such phase.
            Assert.False(source.IsCancellationRequested);
            return;
        }
        catch (OperationCanceledException)
        {
        }

        Assert.Equal(before, await warehouse.AllBagsAsync());
        Assert.Empty(await warehouse.System.Imports.ReadResultsAsync(options.ImportId).ToListAsync());
        var report = await warehouse.ImportWithAsync(options, rows);
        Assert.Equal((false, 5_000), (report.IsReplay, report.RowsRead));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    private sealed class Canceller(ImportPhase phase, CancellationTokenSource source) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Phase == phase)
                source.Cancel();
        }
    }

    [Fact]
    public async Task Reports_and_results_are_read_page_by_page_from_either_end()
    {
        var warehouse = await OpenAsync();
        var imports = warehouse.System.Imports;
        var first = await warehouse.ImportAsync(new BagRow("C0001"));
        var dirty = await warehouse.ImportWithAsync(new ImportOptions { DryRun = true }, new BagRow("x!"), new("C0001"), new("C0002"), new("y!"), new("z!"));
        var log = await imports.ImportScansAsync(AsyncEnumerable.Empty<Scans.Scan>(), new());
        foreach (var report in new[] { first, dirty, log })
            AssertSame(report, await imports.FindAsync(report.ImportId));
        Assert.Null(await imports.FindAsync(Guid.NewGuid()));

        Assert.Equal([log.Key, dirty.Key], Keys(await imports.ListAsync(PageRequest.First(2))));
        var newest = await imports.ListAsync(PageRequest.First(2));
        var oldest = await imports.ListAsync(PageRequest.First(2, newest.EndCursor));
        Assert.Equal([first.Key], Keys(oldest));
        Assert.Equal((true, false, false, true), (newest.HasNext, newest.HasPrevious, oldest.HasNext, oldest.HasPrevious));
        Assert.Equal([log.Key, dirty.Key], Keys(await imports.ListAsync(PageRequest.Last(5, oldest.StartCursor))));

        var results = await imports.ListResultsAsync(dirty.ImportId, PageRequest.First(3));
        Assert.Equal((await warehouse.ResultsAsync(dirty)).Take(3), results.Items);
        Assert.Equal([5L], (await imports.ListResultsAsync(dirty.ImportId, PageRequest.First(3, results.EndCursor))).Items.Select(row => row.Ordinal));
        Assert.Equal([1L, 2L], (await imports.ListResultsAsync(dirty.ImportId, PageRequest.Last(3, results.EndCursor))).Items.Select(row => row.Ordinal));
        Assert.Empty((await imports.ListResultsAsync(Guid.NewGuid(), PageRequest.First())).Items);
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidCursor, () => imports.ListResultsAsync(first.ImportId, PageRequest.First(3, results.EndCursor)).AsTask());
    }

    private static IEnumerable<long> Keys(Page<ImportReport> page) => page.Items.Select(report => report.Key);

    // Records compare dictionaries by identity.
    private static void AssertSame(ImportReport expected, ImportReport? found)
    {
        Assert.Equal(expected.Rejected.OrderBy(pair => pair.Key), found?.Rejected.OrderBy(pair => pair.Key));
        Assert.Equal(expected with { Rejected = found!.Rejected }, found);
    }
}
