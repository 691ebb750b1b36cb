using GraphQLHost.Commands;
using TraceTrack.Bags;
using TraceTrack.DemoData;
using TraceTrack.GraphQLHost.Tests.DemoData;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Commands;

public sealed class ImportExportTests
{
    [Fact]
    public async Task What_is_exported_can_be_imported_into_another_store()
    {
        await using var first = MemoryStore.Create();
        await using var second = MemoryStore.Create();
        await DemoStore.FillAsync(first.Door(), new DemoOptions { Bags = 5_000, PasswordHash = "hash" });
        var file = await ExportAsync(first.Door());
        var report = await second.Door().As(Actor.System).Imports.ImportAsync(new BagCsvReader(new StringReader(file)).RowsAsync(), new());
        Assert.Equal((5_000, 0), (report.RowsRead, report.RejectedRows));
        Assert.Equal(file, await ExportAsync(second.Door()));
        Assert.Equal(await FactsAsync(first.Door()), await FactsAsync(second.Door()));
    }

    [Fact]
    public async Task An_empty_store_gives_a_heading()
    {
        await using var store = MemoryStore.Create();
        Assert.Equal("qr,parent,area,weight_kg\n", await ExportAsync(store.Door()));
    }

    [Fact]
    public async Task Refused_rows_are_shown_with_their_lines()
    {
        await using var store = MemoryStore.Create();
        var reader = new BagCsvReader(new StringReader("qr,parent,weight_kg\nSB1,,\n\nC01,SB1,\n!,,\nC01,SB1,\nC02,SB9,\n\"x,\"\"y\",,\nC03,,abc\n"));
        var imports = store.Door().As(Actor.System).Imports;
        var report = await imports.ImportAsync(reader.RowsAsync(), new());

        var shown = new StringWriter { NewLine = "\n" };
        await ImportCommand.PrintAsync(shown, report, reader, imports, default);
        Assert.Contains("7 rows read", shown.ToString(), StringComparison.Ordinal);
        Assert.Contains("line 5: INVALID_QR_CODE '!'\nline 6: DUPLICATE_IN_FILE 'C01' (first on line 4)\nline 7: UNKNOWN_PARENT 'C02' (SB9)\n", shown.ToString(), StringComparison.Ordinal);

        var written = new StringWriter { NewLine = "\n" };
        await ImportCommand.WriteRefusedAsync(written, reader, imports.ReadResultsAsync(report.ImportId));
        Assert.Equal(
            "line,qr,reason,detail\n5,!,INVALID_QR_CODE,\n6,C01,DUPLICATE_IN_FILE,first on line 4\n7,C02,UNKNOWN_PARENT,SB9\n8,\"x,\"\"y\",INVALID_QR_CODE,\n9,C03,INVALID_WEIGHT,\n",
            written.ToString());
    }

    [Fact]
    public async Task Of_many_refused_rows_the_first_are_shown()
    {
        await using var store = MemoryStore.Create();
        var reader = new BagCsvReader(new StringReader("qr\n" + string.Concat(Enumerable.Range(1, 50).Select(i => $"?{i}\n"))));
        var imports = store.Door().As(Actor.System).Imports;
        var report = await imports.ImportAsync(reader.RowsAsync(), new());
        var shown = new StringWriter();
        await ImportCommand.PrintAsync(shown, report, reader, imports, default);
        Assert.Contains("… and 30 more", shown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("line 22:", shown.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> ExportAsync(ITraceTrack door)
    {
        var text = new StringWriter { NewLine = "\n" };
        await ExportCommand.WriteAsync(door.As(Actor.System), text, new StepProgress(), default);
        return text.ToString();
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
