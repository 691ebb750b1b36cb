using System.Text;
using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

public sealed class ImportTests(Chromium chromium)
{
    private static readonly FilePayload Dirty = new()
    {
        Name = "dirty.csv",
        MimeType = "text/csv",
        Buffer = Encoding.UTF8.GetBytes("qr,parent,area,weight_kg\nSB1,,NORTH,\nCB1,SB1,,1.25\n!,,,\nCB2,SB404,,\nCB3,SB1,,-1\nCB1,SB1,,\nCB4,SB1,,\n"),
    };

    [Fact]
    public async Task A_dirty_file_is_tried_then_imported_and_its_refused_rows_are_shown()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Admin);
        var page = visit.Page;
        await visit.GoAsync("#/import");
        await page.SetInputFilesAsync("#file", Dirty);
        await visit.Button("Try it").ClickAsync();
        await Assertions.Expect(page.Locator(".note.good")).ToContainTextAsync("7 rows read");
        await Assertions.Expect(page.Locator(".note.good")).ToContainTextAsync("3 would be taken, 0 kept as they are, 4 refused.");
        Assert.Null(await host.BagAsync("SB1"));

        // Trying it makes the next press the real one.
        await visit.Button("Import").ClickAsync();
        await Assertions.Expect(page.Locator(".note.good")).ToContainTextAsync("Imported.");
        var rows = page.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        Assert.Equal(
            ["4|!|Rejected|Invalid qr code|", "5|CB2|Rejected|Unknown parent|SB404", "6|CB3|Rejected|Invalid weight|", "7|CB1|Rejected|Duplicate in file|2"],
            await rows.EvaluateAllAsync<string[]>("rows => rows.map(row => [...row.cells].map(cell => cell.textContent).join('|'))"));
        Assert.Equal(2, (await host.BagAsync("SB1"))!.ChildCount);

        var download = await page.RunAndWaitForDownloadAsync(() => visit.Button("Save them as CSV").ClickAsync());
        var saved = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal("\"5\",\"CB2\",\"REJECTED\",\"UNKNOWN_PARENT\",\"SB404\"", saved[2]);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_file_is_dropped_onto_the_page()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Biller);
        await visit.GoAsync("#/import");
        await visit.Page.EvaluateAsync("""
            () => {
              const data = new DataTransfer();
              data.items.add(new File(['qr\nSB5\n'], 'one.csv', { type: 'text/csv' }));
              document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """);
        await Assertions.Expect(visit.Page.Locator(".drop")).ToContainTextAsync("one.csv");
        await visit.Page.GetByLabel("Dry run").UncheckAsync();
        await visit.Button("Import").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".empty")).ToContainTextAsync("Every row was taken");
        Assert.NotNull(await host.BagAsync("SB5"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_file_without_a_heading_is_refused_in_words()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Biller);
        await visit.GoAsync("#/import");
        await visit.Page.SetInputFilesAsync("#file", new FilePayload { Name = "no.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("colour,size\nred,4\n") });
        await visit.Button("Try it").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".note.bad")).ToContainTextAsync("colour");
    }
}
