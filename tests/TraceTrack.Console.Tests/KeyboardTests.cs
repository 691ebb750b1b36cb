using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;

namespace TraceTrack.Console.Tests;

public sealed class KeyboardTests(Chromium chromium)
{
    [Fact]
    public async Task Everything_from_the_log_in_to_a_completed_bill_is_done_by_keyboard()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.ImportParentsAsync(1);
        await using var visit = await Visit.OpenAsync(chromium, host);
        var keys = visit.Page.Keyboard;
        await keys.TypeAsync(ConsoleHost.Biller);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(ConsoleHost.Password);
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("#scan")).ToBeFocusedAsync();

        await TabToAsync(visit, "Bills");
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("h1")).ToBeFocusedAsync();
        await TabToAsync(visit, "New bill");
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByLabel("Number")).ToBeFocusedAsync();
        await keys.TypeAsync("B-1");
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("B-1");

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Load", Exact = true })).ToBeVisibleAsync();
        await TabToAsync(visit, "Load");
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".holder h2")).ToHaveTextAsync("B-1");
        await visit.ScanAsync("SB1", "taken");
        await TabToAsync(visit, "B-1");
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Button("Complete")).ToBeVisibleAsync();
        await TabToAsync(visit, "Complete");
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await TabToAsync(visit, "Complete it");
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("main .head .pill")).ToHaveTextAsync("Completed");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Modes_are_chosen_by_arrow_keys_and_the_next_code_still_lands_in_the_field()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Biller);
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Fill" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Look" })).ToBeCheckedAsync();
        await visit.ScanAsync("CB1", "taken");
        await Assertions.Expect(visit.Verdict).ToContainTextAsync("Seen");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Whatever_has_the_focus_shows_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Admin);
        foreach (var view in (string[])["scan", "bills", "bags", "live", "import", "users", "query"])
        {
            await visit.GoAsync("#/" + view);
            for (var step = 0; step < 12; step++)
            {
                await visit.Page.Keyboard.PressAsync("Tab");
                var hidden = await visit.Page.EvaluateAsync<string>("""
                    () => {
                      const at = document.activeElement;
                      const marked = [at, at.parentElement, at.nextElementSibling].filter(Boolean).some(one => {
                        const style = getComputedStyle(one);
                        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow.includes('4px');
                      });
                      return marked || at === document.body ? '' : at.outerHTML.slice(0, 200);
                    }
                    """);
                Assert.True(hidden.Length == 0, $"{view}: no sign of the focus on {hidden}");
            }
        }

        visit.AssertQuiet();
    }

    private static async Task TabToAsync(Visit visit, string name)
    {
        for (var step = 0; step < 60; step++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            if (await visit.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()") == name)
                return;
        }

        Assert.Fail($"Tab does not lead to {name}.");
    }
}
