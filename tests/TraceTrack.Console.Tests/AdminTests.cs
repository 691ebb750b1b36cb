using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

public sealed class AdminTests(Chromium chromium)
{
    [Fact]
    public async Task A_user_is_created_changed_and_can_log_in()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Admin);
        var page = visit.Page;
        await visit.GoAsync("#/users");
        await visit.Button("New user").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("User name").FillAsync("erin");
        await dialog.GetByLabel("Password").FillAsync(ConsoleHost.Password);
        await dialog.GetByLabel("Area").FillAsync("A1");
        await visit.Button("Create").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("erin can log in now.");

        await visit.Button("Change erin").ClickAsync();
        await dialog.GetByLabel("Role").SelectOptionAsync("BILLER");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "erin" })).ToContainTextAsync("Biller");

        await visit.Button("Change ada").ClickAsync();
        await dialog.GetByLabel("Disabled").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".note.bad")).ToContainTextAsync("last admin");
        await page.Keyboard.PressAsync("Escape");

        await using var erin = await Visit.LogInAsync(chromium, host, "erin");
        await Assertions.Expect(erin.Page.Locator(".who-name")).ToContainTextAsync("Biller · A1");
        visit.AssertQuiet();
        erin.AssertQuiet();
    }

    [Fact]
    public async Task A_query_is_run_with_the_schema_beside_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Admin);
        var page = visit.Page;
        await visit.GoAsync("#/query");
        await Assertions.Expect(page.Locator(".schema summary").First).ToContainTextAsync("Query");
        await page.GetByLabel("Document").FillAsync("query($qr: String!) { bag(qr: $qr) { qr } totals { users } }");
        await page.GetByLabel("Variables").FillAsync("""{ "qr": "SB404" }""");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".result")).ToContainTextAsync("\"users\": 3");
        await page.GetByLabel("Document").FillAsync("{ nothing }");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".result")).ToContainTextAsync("VALIDATION_FAILED");
        await page.GetByLabel("Find in the schema").FillAsync("recordscans");
        await Assertions.Expect(page.Locator(".schema details:visible li:visible").First).ToContainTextAsync("recordScans");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Figures_of_the_host_are_drawn_for_each_tier_and_the_pool_where_the_schema_has_them()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Admin);
        await visit.Page.RouteAsync("**/graphql", route => !route.Request.PostData!.Contains("hostHealth", StringComparison.Ordinal) ? route.ContinueAsync() : route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """
                {"data":{"hostHealth":{"node":"n1","uptimeSeconds":5,"requestsPerSecond":120.5,"errorsPerSecond":0,"p50Ms":2.1,"p95Ms":null,"p99Ms":20,"memoryMb":210,"subscriptions":3,"feedLagMs":12,
                "cache":[{"tier":"memory","hits":9,"misses":1,"hitRatio":0.9},{"tier":"redis","hits":0,"misses":0,"hitRatio":null}],"pool":{"inUse":4,"idle":3,"max":30,"waiting":0}}}}
                """,
        }));
        await visit.GoAsync("#/health");
        foreach (var (chart, text) in new[] { ("Requests", "121 requests"), ("Response time", "— p95"), ("Cache", "90 % memory— redis"), ("Database pool", "4 in use0 waiting"), ("Memory", "210 working set"), ("Live feed", "3 subscriptions") })
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Group, new() { Name = chart, Exact = true }).Locator(".chart-now")).ToContainTextAsync(text);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_health_of_the_host_is_drawn()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Admin);
        await visit.GoAsync("#/health");
        await Assertions.Expect(visit.Page.Locator(".checks")).ToContainTextAsync("store: healthy");
        await Assertions.Expect(visit.Page.Locator(".chart").Nth(1)).ToContainTextAsync("ms");
        await Assertions.Expect(visit.Page.GetByText("Measured by", new() { Exact = false })).ToBeVisibleAsync();
        foreach (var chart in new[] { "Requests", "Response time", "Memory", "Live feed" })
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Group, new() { Name = chart, Exact = true }).Locator(".chart-now")).ToContainTextAsync(new Regex("[0-9]"));
        // The view's own stream of totals.
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Group, new() { Name = "Live feed", Exact = true }).Locator(".chart-now")).ToContainTextAsync("1 subscriptions");
        await Assertions.Expect(visit.Page.Locator(".chart path").First).ToBeAttachedAsync();
        visit.AssertQuiet();
    }
}
