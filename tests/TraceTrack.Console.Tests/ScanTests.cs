using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;
using TraceTrack.Scans;

namespace TraceTrack.Console.Tests;

public sealed class ScanTests(Chromium chromium)
{
    [Fact]
    public async Task A_parent_is_filled_to_30_of_30_and_the_31st_child_is_refused_in_words()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.ScanAsync("sb7", "ready");
        await Assertions.Expect(visit.Page.Locator(".holder .cell")).ToHaveCountAsync(30);
        for (var child = 1; child <= 29; child++)
            await visit.ScanAsync($"cb{child:D3}", "taken");
        await visit.ScanAsync("cb030");
        await visit.ExpectAsync("full", "30 of 30");
        await Assertions.Expect(visit.FilledCells).ToHaveCountAsync(30);

        await visit.ScanAsync("cb031");
        await visit.ExpectAsync("refused", "Parent is full");
        await Assertions.Expect(visit.Verdict).ToContainTextAsync("SB7 holds 30 of 30. Take another parent.");
        await Assertions.Expect(visit.Page.Locator("[role=alert]").First).ToContainTextAsync("Parent is full. SB7 holds 30 of 30");
        Assert.Equal(30, (await host.BagAsync("SB7"))!.ChildCount);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_second_scan_is_a_duplicate_and_changes_nothing()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.ScanAsync("SB1", "ready");
        await visit.ScanAsync("CB1", "taken");
        await visit.ScanAsync("CB1", "duplicate");
        await Assertions.Expect(visit.FilledCells).ToHaveCountAsync(1);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_last_scan_is_undone_by_button_and_by_key()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.ScanAsync("SB1", "ready");
        await visit.ScanAsync("CB1", "taken");
        await visit.ScanAsync("CB2", "taken");

        await visit.Button("Undo last scan").ClickAsync();
        await visit.ExpectAsync("taken", "The last scan of CB2 is taken back.");
        await Assertions.Expect(visit.FilledCells).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator(".entry[data-tone=undone]")).ToContainTextAsync("CB2");

        await visit.Page.Keyboard.PressAsync("Control+z");
        await visit.ExpectAsync("taken", "The last scan of CB1 is taken back.");
        await Assertions.Expect(visit.FilledCells).ToHaveCountAsync(0);
        Assert.Equal(0, (await host.BagAsync("SB1"))!.ChildCount);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_child_of_another_parent_is_moved_by_one_press()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.ImportParentsAsync(1, 2);
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Biller);
        await visit.ScanAsync("SB9", "ready");
        await visit.ScanAsync("CB101", "refused");
        await Assertions.Expect(visit.Verdict).ToContainTextAsync("CB101 is in SB1");
        await visit.Button("Move it into SB9").ClickAsync();
        await visit.ExpectAsync("taken", "CB101 moved from SB1 into SB9");
        await Assertions.Expect(visit.Page.Locator("#scan")).ToBeFocusedAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task What_a_scanner_types_lands_in_the_field_wherever_the_focus_is()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.Button("Undo last scan").FocusAsync();
        await visit.ScanAsync("SB1", "ready");
        // A touch beside everything.
        await visit.Page.Locator(".scan-log h2").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#scan")).ToBeFocusedAsync();
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Fill" }).FocusAsync();
        await visit.ScanAsync("CB1", "taken");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Each_scan_has_an_id_and_a_time_of_the_device()
    {
        await using var host = await ConsoleHost.StartAsync();
        var before = TimeProvider.System.GetUtcNow();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.ScanAsync("SB1", "ready");
        await visit.ScanAsync("CB1", "taken");
        await visit.ScanAsync("CB2", "taken");
        var scans = await host.ScansAsync();
        Assert.Equal([ScanAction.Link, ScanAction.Link], scans.Select(scan => scan.Action));
        Assert.Equal(2, scans.Select(scan => scan.ScanId).Distinct().Count());
        Assert.All(scans, scan => Assert.Equal('7', scan.ScanId.ToString()[14]));
        Assert.All(scans, scan => Assert.InRange(scan.ScannedAt, before.AddSeconds(-1), TimeProvider.System.GetUtcNow().AddSeconds(1)));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Each_outcome_has_a_sound_of_its_own_until_sound_is_off()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.Page.EvaluateAsync("() => { window.heard = []; const start = OscillatorNode.prototype.start; OscillatorNode.prototype.start = function (at) { heard.push(`${this.type} ${this.frequency.value}`); return start.call(this, at); }; }");
        await visit.ScanAsync("SB1", "ready");
        await visit.ScanAsync("CB1", "taken");
        await visit.ScanAsync("CB1", "duplicate");
        await visit.ScanAsync("?", "refused");
        Assert.Equal(["sine 784", "sine 1175", "triangle 523", "triangle 523", "sawtooth 165"], await visit.Page.EvaluateAsync<string[]>("heard"));

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "menu" }).ClickAsync();
        await visit.Button("Sound is on").ClickAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.ScanAsync("CB2", "taken");
        Assert.Equal(5, await visit.Page.EvaluateAsync<int>("heard.length"));
        visit.AssertQuiet();
    }
}
