using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

/// <summary>Pictures of every view, to be looked at. Only when asked for, by <c>--explicit only</c>: they prove nothing by themselves.</summary>
public sealed class ScreenshotTests(Chromium chromium)
{
    private const string Folder = "artifacts/screens";

    [Theory(Explicit = true)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Every_view_is_drawn(ColorScheme colours, int width)
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.FillAsync();
        await using var visit = await Visit.OpenAsync(chromium, host, new()
        {
            ColorScheme = colours,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = width > 800 ? 800 : 720 },
            HasTouch = width < 800,
            IsMobile = width < 800,
        });
        await ShootAsync("login");
        await visit.LogInAsync(ConsoleHost.Admin);
        await visit.ScanAsync("SB9000123", "ready");
        for (var child = 1; child <= 14; child++)
            await visit.ScanAsync($"CB9012{child:D4}", "taken");
        await ShootAsync("scan-taken");
        await visit.ScanAsync("CB90120014", "duplicate");
        await ShootAsync("scan-duplicate");
        await visit.ScanAsync("CB00000001", "refused");
        await ShootAsync("scan-refused");
        await visit.Context.SetOfflineAsync(true);
        for (var child = 15; child <= 17; child++)
            await visit.ScanAsync($"CB9012{child:D4}", "kept");
        await ShootAsync("scan-offline");
        await visit.Context.SetOfflineAsync(false);
        await Assertions.Expect(visit.Connection).ToHaveTextAsync("Online");
        for (var child = 18; child <= 30; child++)
            await visit.ScanAsync($"CB9012{child:D4}", child < 30 ? "taken" : "full");
        await ShootAsync("scan-full");
        await visit.ScanAsync("CB90120031");
        await visit.ExpectAsync("refused", "30 of 30");
        await ShootAsync("scan-31st");
        foreach (var (name, view, there) in Views)
        {
            await visit.GoAsync("#/" + view);
            await Assertions.Expect(visit.Page.Locator(there).First).ToBeVisibleAsync();
            await ShootAsync(name);
        }

        visit.AssertQuiet(wasOffline: true);

        async Task ShootAsync(string name) => await visit.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Folder, $"{name}-{(width > 800 ? "desktop" : "phone")}-{colours.ToString().ToLowerInvariant()}.png"),
        });
    }

    private static readonly (string Name, string View, string There)[] Views =
    [
        ("bills", "bills", "tbody tr"), ("bill", "bills/BILL-000003", ".history li"), ("search", "bags?text=CB0000", "tbody tr"), ("bag", "bags/SB0000003", ".history li"),
        ("live", "live", ".feed-line"), ("import", "import", ".drop"), ("users", "users", "tbody tr"), ("health", "health", ".chart svg"), ("query", "query", ".schema summary"),
    ];
}
