using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

public sealed class BillTests(Chromium chromium, PostgresServer server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bill_is_created_loaded_completed_and_reopened(bool inPostgres)
    {
        await using var host = await ConsoleHost.StartAsync(inPostgres ? await server.NewDatabaseAsync() : null);
        await host.ImportParentsAsync(2);
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Admin);
        var page = visit.Page;
        await visit.GoAsync("#/bills");
        await visit.Button("New bill").ClickAsync();
        await page.GetByLabel("Number").FillAsync("b-7");
        await page.GetByLabel("Capacity").FillAsync("2");
        await visit.Button("Create it").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("B-7");

        await page.GetByRole(AriaRole.Link, new() { Name = "Load", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".holder h2")).ToHaveTextAsync("B-7");
        await visit.ScanAsync("SB1", "taken");
        await visit.ScanAsync("SB2", "taken");
        await visit.ScanAsync("SB2", "duplicate");
        await Assertions.Expect(page.Locator(".holder .weights")).ToContainTextAsync("60 kg of 60 kg expected, ±0.000 kg");

        await visit.GoAsync("#/bills");
        var row = page.GetByRole(AriaRole.Row, new() { Name = "B-7" });
        await Assertions.Expect(row).ToContainTextAsync("2 of 2");
        await Assertions.Expect(row).ToContainTextAsync("Processing");
        await Assertions.Expect(row.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", "60 kg of 60 kg expected, ±0.000 kg");
        await row.GetByRole(AriaRole.Link).ClickAsync();

        await visit.Button("Complete").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("2 parents, 60 kg, ±0.000 kg.");
        await visit.Button("Complete it").ClickAsync();
        await Assertions.Expect(page.Locator("main .head .pill")).ToHaveTextAsync("Completed");
        await Assertions.Expect(page.Locator(".history li").First).ToContainTextAsync("Completed");
        Assert.Equal(Bags.BagStatus.Dispatched, (await host.BagAsync("SB1"))!.Status);

        await visit.Button("Reopen").ClickAsync();
        await visit.Button("Reopen it").ClickAsync();
        await Assertions.Expect(page.Locator("main .head .pill")).ToHaveTextAsync("Processing");
        await visit.Button("Weigh again").ClickAsync();
        await Assertions.Expect(page.Locator(".toast").Last).ToContainTextAsync("every figure is right");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_bill_that_somebody_else_changed_is_not_changed_unseen()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.CreateBillAsync("B-1", 5);
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Biller);
        await visit.GoAsync("#/bills/B-1");
        await visit.Button("Capacity").ClickAsync();
        await visit.Page.Locator("dialog").GetByLabel("Parents").FillAsync("9");
        await host.ResizeBillAsync("B-1", 7);
        await visit.Button("Set it").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("dialog .note")).ToContainTextAsync("Somebody changed this bill meanwhile");
        await visit.Button("Cancel").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".figures")).ToContainTextAsync("0 of 7");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_dispatcher_sees_the_figures_and_nothing_to_press()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.CreateBillAsync("B-1", 5);
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.GoAsync("#/bills");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "B-1" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Button("New bill")).ToHaveCountAsync(0);
        await visit.GoAsync("#/bills/B-1");
        await Assertions.Expect(visit.Page.Locator(".figures")).ToContainTextAsync("0 of 5");
        await Assertions.Expect(visit.Page.Locator("main .head button")).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }
}
