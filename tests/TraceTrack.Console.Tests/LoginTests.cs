using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

public sealed class LoginTests(Chromium chromium)
{
    [Fact]
    public async Task A_person_logs_in_and_out_and_a_reload_forgets_the_session()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, host);
        await Assertions.Expect(visit.Page.GetByLabel("User name")).ToBeFocusedAsync();
        await visit.LogInAsync("Dora");
        await Assertions.Expect(visit.Page.Locator("#scan")).ToBeFocusedAsync();
        // In memory only: neither storage holds anything that could be a token.
        Assert.Equal("0 0", await visit.Page.EvaluateAsync<string>("`${[...Object.values(localStorage)].filter(v => v.length > 20).length} ${sessionStorage.length}`"));

        await visit.Page.ReloadAsync();
        await visit.LogInAsync("Dora");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "menu" }).ClickAsync();
        await visit.Button("Log out").ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("User name")).ToBeFocusedAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_words()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, host);
        await visit.Page.GetByLabel("User name").FillAsync(ConsoleHost.Admin);
        await visit.Page.GetByLabel("Password").FillAsync("not this one");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".note.bad")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("[role=alert]").First).Not.ToBeEmptyAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Password")).ToBeFocusedAsync();
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(ConsoleHost.Dispatcher, "Scan Bills Bags Live")]
    [InlineData(ConsoleHost.Biller, "Scan Bills Bags Live Import")]
    [InlineData(ConsoleHost.Admin, "Scan Bills Bags Live Import Users Health Query")]
    public async Task Each_role_sees_what_it_may_do(string user, string views)
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, user);
        Assert.Equal(views, string.Join(' ', await visit.Page.Locator(".side .nav a").AllInnerTextsAsync()));
        // An address alone opens nothing.
        await visit.Page.EvaluateAsync("location.hash = '#/users'");
        await Assertions.Expect(visit.Page).ToHaveTitleAsync(user == ConsoleHost.Admin ? "Users · TraceTrack" : "Scan · TraceTrack");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_session_that_ended_elsewhere_leads_to_the_log_in_and_says_so()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await host.EndSessionsAsync(ConsoleHost.Dispatcher);
        await visit.ScanAsync("SB1");
        await Assertions.Expect(visit.Page.Locator(".login .note").First).ToContainTextAsync("Your session has ended");
        visit.AssertQuiet();
    }
}
