using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

public sealed class AccessibilityTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Axe_finds_nothing_serious_in_any_view(ColorScheme colours, int width)
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.ImportParentsAsync(2);
        await host.CreateBillAsync("B-1", 5);
        // Half a fade has half the contrast.
        await using var visit = await Visit.OpenAsync(chromium, host, new() { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = width, Height = 800 } });
        await CheckAsync(visit, "log-in");
        await visit.LogInAsync(ConsoleHost.Admin);
        await visit.ScanAsync("SB9", "ready");
        await visit.ScanAsync("CB901", "taken");
        await visit.ScanAsync("CB101", "refused");
        await CheckAsync(visit, "scan, refused");
        await visit.ScanAsync("CB901", "duplicate");
        await CheckAsync(visit, "scan, duplicate");
        await visit.Context.SetOfflineAsync(true);
        await visit.ScanAsync("CB902", "kept");
        await CheckAsync(visit, "scan, offline");
        await visit.Context.SetOfflineAsync(false);
        await Assertions.Expect(visit.Connection).ToHaveTextAsync("Online");
        foreach (var (view, there) in Views)
        {
            await visit.GoAsync("#/" + view);
            await Assertions.Expect(visit.Page.Locator(there).First).ToBeVisibleAsync();
            await CheckAsync(visit, view);
        }

        await visit.GoAsync("#/users");
        await visit.Button("New user").ClickAsync();
        await CheckAsync(visit, "a dialog");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "menu" }).ClickAsync();
        await CheckAsync(visit, "the menu");
        visit.AssertQuiet(wasOffline: true);
    }

    [Fact]
    public async Task No_view_is_wider_than_a_phone()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.ImportParentsAsync(2);
        await host.CreateBillAsync("B-1", 5);
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Admin, new() { ViewportSize = new() { Width = 360, Height = 740 }, HasTouch = true, IsMobile = true });
        foreach (var (view, there) in Views.Prepend(("scan", ".verdict")))
        {
            await visit.GoAsync("#/" + view);
            await Assertions.Expect(visit.Page.Locator(there).First).ToBeVisibleAsync();
            Assert.True(await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360, view);
        }

        visit.AssertQuiet();
    }

    private static readonly (string View, string There)[] Views =
    [
        ("bills", "tbody tr"), ("bills/B-1", ".history li"), ("bags?text=CB1", "tbody tr"), ("bags/SB1", ".history li"), ("live", ".figure"),
        ("import", ".drop"), ("users", "tbody tr"), ("health", ".chart svg"), ("query", ".schema summary"),
    ];

    private static async Task CheckAsync(Visit visit, string where)
    {
        var result = await visit.Page.RunAxe();
        var serious = result.Violations.Where(violation => violation.Impact is "serious" or "critical");
        Assert.True(!serious.Any(), where + ": " + string.Join("; ", serious.Select(Tell)));
        // The rules did run.
        Assert.True(result.Passes.Length > 10, where);
    }

    private static string Tell(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Help}): {string.Join(", ", violation.Nodes.Take(5).Select(node => node.Html + " " + string.Join(' ', node.Any.Select(check => check.Message))))}";
}
