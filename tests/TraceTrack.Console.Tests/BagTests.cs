using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

public sealed class BagTests(Chromium chromium)
{
    [Fact]
    public async Task Bags_are_found_while_typing_with_the_time_it_took()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.ImportParentsAsync(3);
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Biller);
        await visit.GoAsync("#/bags");
        await Assertions.Expect(visit.Page.Locator("main .head")).ToContainTextAsync("93 bags");
        await visit.Page.Keyboard.TypeAsync("cb2");
        await Assertions.Expect(visit.Page.Locator("#speed")).ToContainTextAsync("30 bags in");
        await visit.Page.Keyboard.TypeAsync("05");
        await Assertions.Expect(visit.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Matches(@"^1 bag in [\d.]+ ms, there and back$", await visit.Page.Locator("#speed").InnerTextAsync());

        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("CB205");
        await visit.Page.GoBackAsync();
        await Assertions.Expect(visit.Page.Locator("#search")).ToHaveValueAsync("CB205");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_bag_shows_where_it_is_and_what_happened_to_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.ImportParentsAsync(1, 3);
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Biller);
        await visit.ScanAsync("SB1", "ready");
        await visit.ScanAsync("CB900", "taken");
        await visit.Button("Undo last scan").ClickAsync();
        await visit.ExpectAsync("taken", "CB900 is taken back");

        await visit.GoAsync("#/bags/CB900");
        await Assertions.Expect(visit.Page.Locator(".history li")).ToHaveCountAsync(2);
        Assert.Equal(["Undone", "Linked"], await visit.Page.Locator(".history strong").AllInnerTextsAsync());
        await visit.GoAsync("#/bags/SB1");
        await Assertions.Expect(visit.Page.Locator(".contents .cell[data-state=filled]")).ToHaveCountAsync(3);
        await Assertions.Expect(visit.Page.Locator(".figures")).ToContainTextAsync("3 of 30");
        await visit.GoAsync("#/bags/CB404");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("No such bag");
        visit.AssertQuiet();
    }
}
