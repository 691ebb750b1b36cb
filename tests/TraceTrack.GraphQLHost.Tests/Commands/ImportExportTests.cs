using System.Text;
using GraphQLHost.Commands;
using TraceTrack.Bags;
using TraceTrack.DemoData;
using TraceTrack.Exports;
using TraceTrack.GraphQLHost.Tests.DemoData;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class ImportExportTests
{
    [Theory]
    [InlineData("bags.csv")]
    [InlineData("bags.ndjson")]
    public async Task What_is_exported_can_be_imported_into_another_store(string name)
    {
        await using var first = MemoryStore.Create();
        await using var second = MemoryStore.Create();
        await DemoStore.FillAsync(first.Door(), new DemoOptions { Bags = 5_000, PasswordHash = "hash" });
        var file = await ExportAsync(first.Door(), name);
        var report = await second.Door().As(Actor.System).Imports.ImportAsync(BagFile.Read(new MemoryStream(file), name).RowsAsync(), new());
        Assert.Equal((5_000, 0), (report.RowsRead, report.RejectedRows));
        Assert.Equal(file, await ExportAsync(second.Door(), name));
        Assert.Equal(await FactsAsync(first.Door()), await FactsAsync(second.Door()));
    }

    [Fact]
    public async Task An_export_knows_how_much_there_is_of_what_it_can_count()
    {
        await using var store = MemoryStore.Create();
        await store.Door().As(Actor.System).Imports.ImportAsync(new BagRow[] { new("SB1", Area: "A1"), new("C01", "SB1"), new("C02", "SB1") }.ToAsyncEnumerable(), new());
        await Expect(BagFilter.All, (3, 3));
        await Expect(new() { Kind = BagKind.Parent }, (1, 1));
        await Expect(new() { Kind = BagKind.Child }, (2, 2));
        await Expect(new() { Area = "A1" }, (3, 0));

        async Task Expect(BagFilter filter, (long, long) expected)
        {
            var progress = new StepProgress();
            await ExportCommand.WriteAsync(store.Door().As(Actor.System), filter, ExportFormat.Csv, Stream.Null, progress, default);
            Assert.Equal(expected, (progress.Now.Done, progress.Now.Total));
        }
    }

    [Fact]
    public async Task An_empty_store_gives_a_heading()
    {
        await using var store = MemoryStore.Create();
        Assert.Equal("qr,parent,area,weight_kg\n"u8.ToArray(), await ExportAsync(store.Door(), "bags.csv"));
    }

    [Fact]
    public async Task Refused_rows_are_shown_with_their_lines()
    {
        await using var store = MemoryStore.Create();
        var file = Csv("qr,parent,weight_kg\nSB1,,\n\nC01,SB1,\n!,,\nC01,SB1,\nC02,SB9,\n\"x,\"\"y\",,\nC03,,abc\n");
        var imports = store.Door().As(Actor.System).Imports;
        var report = await imports.ImportAsync(file.RowsAsync(default), new());

        var shown = new StringWriter { NewLine = "\n" };
        await ImportCommand.PrintAsync(shown, report, file, imports, default);
        Assert.Contains("7 rows read", shown.ToString(), StringComparison.Ordinal);
        Assert.Contains("line 5: REJECTED, INVALID_QR_CODE '!'\nline 6: REJECTED, DUPLICATE_IN_FILE 'C01' (first on line 4)\nline 7: REJECTED, UNKNOWN_PARENT 'C02' (SB9)\n", shown.ToString(), StringComparison.Ordinal);

        var written = new StringWriter { NewLine = "\n" };
        await ImportCommand.WriteRefusedAsync(written, report, file, imports.ReadResultsAsync(report.ImportId));
        Assert.Equal(
            "line,qr,outcome,reason,detail\n5,!,REJECTED,INVALID_QR_CODE,\n6,C01,REJECTED,DUPLICATE_IN_FILE,first on line 4\n7,C02,REJECTED,UNKNOWN_PARENT,SB9\n8,\"x,\"\"y\",REJECTED,INVALID_QR_CODE,\n9,C03,REJECTED,INVALID_WEIGHT,\n",
            written.ToString());
    }

    [Fact]
    public async Task The_repeat_of_an_import_tells_lines_of_the_same_file_only()
    {
        await using var store = MemoryStore.Create();
        var imports = store.Door().As(Actor.System).Imports;
        var options = new ImportOptions();
        await imports.ImportAsync(Csv("qr\nC01\n\n!\n").RowsAsync(default), options);
        await Expect("qr\nC01\n\n!\n", "line 4: REJECTED", "\n4,!,REJECTED");
        await Expect("qr\nC01\n\n!\nC02\n", "row 2: REJECTED", "\n,!,REJECTED");
        // Not even one that can be read.
        await Expect("code\nC01\n", "row 2: REJECTED", "\n,!,REJECTED");

        async Task Expect(string text, string shown, string written)
        {
            var file = Csv(text);
            var report = await imports.ImportAsync(file.RowsAsync(default), options);
            Assert.True(report.IsReplay);
            await file.ReadIfUnreadAsync(default);
            var (print, csv) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
            await ImportCommand.PrintAsync(print, report, file, imports, default);
            await ImportCommand.WriteRefusedAsync(csv, report, file, imports.ReadResultsAsync(report.ImportId));
            Assert.Contains(shown, print.ToString(), StringComparison.Ordinal);
            Assert.Contains(written, csv.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Progress_tells_rows_their_rate_and_how_many_are_rejected()
    {
        var progress = new ImportProgress(ImportPhase.Reading, 100_000, TimeSpan.FromSeconds(2));
        Assert.Equal("100,000 rows, 50,000 rows/s", ImportCommand.Detail(progress));
        Assert.Equal("100,000 rows, 50,000 rows/s, 1,200 rejected", ImportCommand.Detail(progress with { Rejected = 1_200 }));
    }

    [Fact]
    public async Task Of_many_refused_rows_the_first_are_shown()
    {
        await using var store = MemoryStore.Create();
        var file = Csv("qr\n" + string.Concat(Enumerable.Range(1, 50).Select(i => $"?{i}\n")));
        var imports = store.Door().As(Actor.System).Imports;
        var report = await imports.ImportAsync(file.RowsAsync(default), new());
        var shown = new StringWriter();
        await ImportCommand.PrintAsync(shown, report, file, imports, default);
        Assert.Contains("… and 30 more", shown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("line 22:", shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_import_did_is_told_in_words()
    {
        var report = new ImportReport
        {
            ImportId = Guid.Parse("0199c1de-0000-7000-8000-000000000001"),
            Key = 1,
            Path = "merge: the store holds bags",
            RowsRead = 1_200,
            Parents = 10,
            Children = 300,
            Linked = 290,
            Kept = 800,
            Updated = 50,
            Rejected = new Dictionary<RowReason, long> { [RowReason.ParentFull] = 40 },
            Elapsed = TimeSpan.FromSeconds(1.5),
        };
        Assert.Equal(
            [
                "1,200 rows read in 1.5 s: 10 parents and 300 children taken, 290 of them in parents; 40 rows refused.",
                "800 rows name bags that are known; they were kept as they are.",
                "50 known bags took what their rows say.",
                "Import 0199c1de-0000-7000-8000-000000000001; path: merge: the store holds bags",
            ],
            ImportSummary.Lines(report));
        Assert.StartsWith("A dry run: no bag was changed.", ImportSummary.Lines(report with { IsDryRun = true }).First(), StringComparison.Ordinal);
        Assert.StartsWith("Rolled back", ImportSummary.Lines(report with { IsRolledBack = true }).First(), StringComparison.Ordinal);
        Assert.Contains("was done before", ImportSummary.Lines(report with { IsReplay = true }).First(), StringComparison.Ordinal);
        Assert.Equal((0, 1), (ImportCommand.ExitCode(report), ImportCommand.ExitCode(report with { IsRolledBack = true })));
    }

    private static ImportedFile Csv(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), ExportFormat.Csv);

    private static async Task<byte[]> ExportAsync(ITraceTrack door, string name)
    {
        var output = new MemoryStream();
        await ExportCommand.WriteAsync(door.As(Actor.System), BagFilter.All, BagFile.FormatOf(name), output, new StepProgress(), default);
        return output.ToArray();
    }

    private static async Task<List<object>> FactsAsync(ITraceTrack door)
    {
        var facts = new List<object>();
        string? cursor = null;
        do
        {
            var page = await door.As(Actor.System).Bags.ListAsync(BagFilter.All, PageRequest.First(200, cursor));
            facts.AddRange(page.Items.Select(bag => (object)(bag.Qr, bag.Kind, bag.ParentQr, bag.Area, bag.WeightKg, bag.ChildCount, bag.ContentWeightKg)));
            cursor = page.HasNext ? page.EndCursor : null;
        }
        while (cursor is not null);
        return facts;
    }
}
