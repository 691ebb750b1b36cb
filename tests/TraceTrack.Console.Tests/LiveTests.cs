using System.Collections.Concurrent;
using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

public sealed class LiveTests(Chromium chromium)
{
    [Fact]
    public async Task The_feed_moves_when_another_browser_scans()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var watcher = await Visit.LogInAsync(chromium, host, ConsoleHost.Admin);
        var asked = new ConcurrentBag<string>();
        watcher.Page.Request += (_, request) => asked.Add(request.PostData ?? "");
        await watcher.GoAsync("#/live");
        await Assertions.Expect(watcher.Page.Locator(".feed-state")).ToHaveTextAsync("Live");
        await Assertions.Expect(watcher.Page.Locator(".feed")).ToContainTextAsync("Quiet");

        await using var scanner = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await scanner.ScanAsync("SB1", "ready");
        await scanner.ScanAsync("CB1", "taken");
        await scanner.ScanAsync("CB1", "duplicate");
        var lines = watcher.Page.Locator(".feed-line");
        await Assertions.Expect(lines).ToHaveCountAsync(2);
        await Assertions.Expect(lines.Nth(1)).ToContainTextAsync("CB1 in SB1");
        await Assertions.Expect(lines.Nth(1)).ToContainTextAsync("dora · NORTH");
        await Assertions.Expect(lines.First).ToContainTextAsync("Already in");
        await Assertions.Expect(watcher.Page.Locator(".figures")).ToContainTextAsync("Scans2");

        await watcher.Button("Hold").ClickAsync();
        await scanner.ScanAsync("CB2", "taken");
        await Assertions.Expect(watcher.Button("Go on (1 new)")).ToBeVisibleAsync();
        await Assertions.Expect(lines).ToHaveCountAsync(2);
        await watcher.Button("Go on (1 new)").ClickAsync();
        await Assertions.Expect(lines).ToHaveCountAsync(3);
        await Assertions.Expect(lines.First).ToContainTextAsync("CB2");
        // Told, and not asked for: the list once, to begin with, and each stream once.
        Assert.Equal((1, 1, 1), (Count("scans(first"), Count("subscription { scanRecorded"), Count("subscription { totalsChanged")));
        Assert.Equal(0, Count("{ totals {"));
        watcher.AssertQuiet();
        scanner.AssertQuiet();

        int Count(string part) => asked.Count(body => body.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_feed_goes_on_after_a_lost_connection_where_it_was()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var watcher = await Visit.LogInAsync(chromium, host, ConsoleHost.Admin);
        await watcher.GoAsync("#/live");
        await Assertions.Expect(watcher.Page.Locator(".feed-state")).ToHaveTextAsync("Live");
        await using var scanner = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await scanner.ScanAsync("SB1", "ready");
        await scanner.ScanAsync("CB1", "taken");
        var lines = watcher.Page.Locator(".feed-line");
        await Assertions.Expect(lines).ToHaveCountAsync(1);
        await watcher.Page.Context.SetOfflineAsync(true);
        await scanner.ScanAsync("CB2", "taken");
        await scanner.ScanAsync("CB3", "taken");
        await watcher.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(lines).ToHaveCountAsync(3);
        await Assertions.Expect(lines.First).ToContainTextAsync("CB3");
        await Assertions.Expect(lines.Nth(1)).ToContainTextAsync("CB2");
        scanner.AssertQuiet();
    }

    [Fact]
    public async Task A_bill_moves_while_another_browser_loads_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.ImportParentsAsync(2);
        await host.CreateBillAsync("B-1", 5);
        await using var watcher = await Visit.LogInAsync(chromium, host, ConsoleHost.Biller);
        var asked = new ConcurrentBag<string>();
        watcher.Page.Request += (_, request) => asked.Add(request.PostData ?? "");
        await watcher.GoAsync("#/bills/B-1");
        await Assertions.Expect(watcher.Page.Locator("main")).ToContainTextAsync("B-1");
        await host.LoadAsync("SB1", "B-1");
        await Assertions.Expect(watcher.Page.Locator("main")).ToContainTextAsync("SB1");
        await host.LoadAsync("SB2", "B-1");
        await Assertions.Expect(watcher.Page.Locator("main")).ToContainTextAsync("SB2");
        Assert.Equal(1, asked.Count(body => body.Contains("subscription { billChanged", StringComparison.Ordinal)));
        Assert.Equal(0, asked.Count(body => body.Contains("{ bill(number", StringComparison.Ordinal)));
        watcher.AssertQuiet();
    }

    [Fact]
    public async Task The_feed_shows_one_area_when_told_to()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var scanner = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await scanner.ScanAsync("SB1", "ready");
        await scanner.ScanAsync("CB1", "taken");
        await using var watcher = await Visit.LogInAsync(chromium, host, ConsoleHost.Biller);
        await watcher.GoAsync("#/live?area=SOUTH");
        await Assertions.Expect(watcher.Page.Locator(".feed-state")).Not.ToHaveTextAsync("Connecting");
        await Assertions.Expect(watcher.Page.Locator(".feed")).ToContainTextAsync("Quiet");
        await watcher.Page.GetByLabel("Area").FillAsync("north");
        await watcher.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(watcher.Page.Locator(".feed-line")).ToHaveCountAsync(1);
        watcher.AssertQuiet();
    }
}
