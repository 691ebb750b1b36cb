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
        await watcher.GoAsync("#/live");
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
        watcher.AssertQuiet();
        scanner.AssertQuiet();
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
