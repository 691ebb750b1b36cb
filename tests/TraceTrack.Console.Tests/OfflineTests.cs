using Microsoft.Playwright;
using TraceTrack.Console.Tests.Support;
using TraceTrack.Scans;

namespace TraceTrack.Console.Tests;

public sealed class OfflineTests(Chromium chromium)
{
    [Fact]
    public async Task Scans_made_offline_are_replayed_in_their_order_with_the_times_of_the_device()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.ScanAsync("SB1", "ready");
        await visit.ScanAsync("CB01", "taken");
        await visit.Context.SetOfflineAsync(true);
        // The same child twice and another parent between: only their own order gives the right end.
        foreach (var code in (string[])["CB02", "CB03", "CB02"])
            await visit.ScanAsync(code, "kept");
        await visit.ScanAsync("SB2", "ready");
        await visit.ScanAsync("CB04", "kept");
        await Assertions.Expect(visit.Connection).ToHaveTextAsync("Offline · 4 scans kept");
        await Assertions.Expect(visit.CellsUnderway).ToHaveCountAsync(1);
        Assert.Single(await host.ScansAsync());
        var back = TimeProvider.System.GetUtcNow();

        await visit.Context.SetOfflineAsync(false);
        await Assertions.Expect(visit.Connection).ToHaveTextAsync("Online");
        await visit.ExpectAsync("taken", "4 of the scans kept were taken");
        await Assertions.Expect(visit.FilledCells).ToHaveCountAsync(1);
        var scans = (await host.ScansAsync()).Reverse().ToArray();
        Assert.Equal(["CB01", "CB02", "CB03", "CB02", "CB04"], scans.Select(scan => scan.Qr.ToString()));
        Assert.Equal(ScanRejection.AlreadyLinkedHere, scans[3].Rejection);
        Assert.All(scans[1..], scan => Assert.True(scan.ScannedAt <= back && scan.RecordedAt >= scan.ScannedAt));
        Assert.Equal(scans.Select(scan => scan.ScannedAt).Order(), scans.Select(scan => scan.ScannedAt));
        visit.AssertQuiet(wasOffline: true);
    }

    [Fact]
    public async Task What_was_kept_outlives_a_reload_and_waits_for_the_one_who_scanned_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.ScanAsync("SB1", "ready");
        await visit.Context.SetOfflineAsync(true);
        await visit.ScanAsync("CB1", "kept");
        await visit.ScanAsync("CB2", "kept");
        // The battery was flat before the server could be reached again.
        await visit.Page.RouteAsync("**/graphql", route => route.AbortAsync("internetdisconnected"));
        await visit.Context.SetOfflineAsync(false);
        await visit.Page.ReloadAsync();
        await visit.Page.UnrouteAsync("**/graphql");

        await visit.LogInAsync(ConsoleHost.Biller);
        await Assertions.Expect(visit.Connection).ToHaveTextAsync("Online · scans of dora wait for their log-in");
        Assert.Empty(await host.ScansAsync());
        await visit.Page.ReloadAsync();
        await visit.LogInAsync(ConsoleHost.Dispatcher);
        await visit.ExpectAsync("taken", "2 of the scans kept were taken");
        Assert.Equal(2, (await host.BagAsync("SB1"))!.ChildCount);
        visit.AssertQuiet(wasOffline: true);
    }

    [Fact]
    public async Task A_scan_whose_answer_was_lost_is_sent_again_and_taken_once()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.ScanAsync("SB1", "ready");
        var lost = 0;
        await visit.Page.RouteAsync("**/graphql", async route =>
        {
            if (route.Request.PostData!.Contains("recordScans", StringComparison.Ordinal) && lost++ == 0)
            {
                // The server takes it; the answer never arrives.
                await route.FetchAsync();
                await route.AbortAsync("internetdisconnected");
                return;
            }

            await route.ContinueAsync();
        });
        await visit.ScanAsync("CB1");
        await Assertions.Expect(visit.FilledCells).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Connection).ToHaveTextAsync("Online");
        Assert.True(lost > 1);
        Assert.Single(await host.ScansAsync());
        visit.AssertQuiet(wasOffline: true);
    }

    [Fact]
    public async Task A_scan_that_was_not_sent_yet_is_taken_back_on_the_device()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var visit = await Visit.LogInAsync(chromium, host, ConsoleHost.Dispatcher);
        await visit.ScanAsync("SB1", "ready");
        await visit.Context.SetOfflineAsync(true);
        await visit.ScanAsync("CB1", "kept");
        await visit.ScanAsync("CB2", "kept");
        await visit.Button("Undo last scan").ClickAsync();
        await visit.ExpectAsync("taken", "The scan of CB2 was not sent yet");
        await visit.Context.SetOfflineAsync(false);
        await Assertions.Expect(visit.Connection).ToHaveTextAsync("Online");
        await Assertions.Expect(visit.FilledCells).ToHaveCountAsync(1);
        Assert.Equal(["CB1"], (await host.ScansAsync()).Select(scan => scan.Qr.ToString()));
        visit.AssertQuiet(wasOffline: true);
    }
}
