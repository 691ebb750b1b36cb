using System.Globalization;
using System.Text.Json;
using GraphQLHost.Live;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Live;

public sealed class ScanRecordedTests
{
    [Fact]
    public async Task A_scan_is_told_as_a_query_would_show_it_and_nothing_of_before()
    {
        await using var host = await LiveHost.StartAsync();
        await host.ObserveAsync("C001");
        await using var live = await host.OpenAsAsync("Ada", "subscription { scanRecorded { eventId scan { qr action outcome parent { childCount children { qr } } } } }");
        Assert.Equal((200, "text/event-stream"), (live.Status, live.MediaType));
        var token = await host.Host.LogInAsync("Ada");
        await host.Host.ScanAsync(token, "LINK", "C002", "SB1");
        var told = await live.ReadAsync();
        Assert.Equal("next", told.Event);
        Assert.Equal(
            """{"qr":"C002","action":"LINK","outcome":"RECORDED","parent":{"childCount":1,"children":[{"qr":"C002"}]}}""",
            told.Data.GetProperty("scanRecorded").GetProperty("scan").GetRawText());
        await host.Host.ScanAsync(token, "LINK", "C002", "SB1");
        Assert.Contains("REJECTED", (await live.ReadAsync()).Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_away_goes_on_after_the_last_event()
    {
        await using var host = await LiveHost.StartAsync();
        var token = await host.Host.LogInAsync("Ada");
        string last;
        await using (var live = await host.OpenAsync(token, LiveHost.Scans))
        {
            await host.ObserveAsync("C001");
            last = (await live.ReadAsync()).EventId;
        }

        await host.ObserveAsync("C002");
        await host.ObserveAsync("C003");
        await using var again = await host.OpenAsync(token, "subscription($after: String) { scanRecorded(after: $after) { eventId scan { qr } } }", new { after = last });
        await host.ObserveAsync("C004");
        Assert.Equal(["C002", "C003", "C004"], await TakeAsync(again, 3));
    }

    /// <summary>The same position stands for the same place in both.</summary>
    [Fact]
    public async Task The_feed_that_is_asked_for_and_the_one_that_is_told_go_on_from_each_other()
    {
        await using var host = await LiveHost.StartAsync();
        var token = await host.Host.LogInAsync("Ada");
        await host.ObserveAsync("C001");
        var position = (await host.Host.AskAsync(token, "{ scansAfter(first: 1) { position } }")).Text("scansAfter.position")!;
        await host.ObserveAsync("C002");
        await using var live = await host.OpenAsync(token, $"subscription {{ scanRecorded(after: \"{position}\") {{ eventId scan {{ qr }} }} }}");
        var told = await live.ReadAsync();
        await host.ObserveAsync("C003");
        Assert.Equal("C003", (await host.Host.AskAsync(token, $"{{ scansAfter(position: \"{told.EventId}\") {{ events {{ scan {{ qr }} }} }} }}")).Text("scansAfter.events.0.scan.qr"));
    }

    [Fact]
    public async Task Beside_many_writers_and_broken_connections_nothing_is_missed_and_nothing_comes_twice()
    {
        const int Writers = 8;
        const int Each = 60;
        await using var host = await LiveHost.StartAsync(live => live.Buffer = 20);
        var token = await host.Host.LogInAsync("Ada");
        await host.ObserveAsync("START");
        var last = (await host.System.Scans.ReadAfterAsync(null, cancellationToken: TestContext.Current.CancellationToken)).Position.ToString();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
                await host.ObserveAsync(string.Create(CultureInfo.InvariantCulture, $"C{writer}-{i:000}"));
        })));
        var got = new List<string>();
        var cuts = new Random(7);
        while (got.Count < Writers * Each)
        {
            await using var live = await host.OpenAsync(token, $"subscription {{ scanRecorded(after: \"{last}\") {{ eventId scan {{ qr }} }} }}");
            for (var left = cuts.Next(1, 60); left > 0 && got.Count < Writers * Each; left--)
            {
                var told = await live.ReadAsync();
                // Too slow for so small a buffer, now and then; the client goes on from where it was.
                if (told.Code == "RESUME_REQUIRED")
                {
                    Assert.Equal(last, told.Extensions.GetProperty("eventId").GetString());
                    break;
                }

                got.Add(told.Data.GetProperty("scanRecorded").GetProperty("scan").GetProperty("qr").GetString()!);
                last = told.EventId;
            }
        }

        await writing;
        Assert.Equal(Writers * Each, got.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Writers * Each, got.Count);
        foreach (var own in got.GroupBy(qr => qr[..2], StringComparer.Ordinal))
            Assert.Equal(own.Order(StringComparer.Ordinal), own);
    }

    [Fact]
    public async Task A_wish_for_an_area_or_a_user_is_kept_to()
    {
        await using var host = await LiveHost.StartAsync();
        var token = await host.Host.LogInAsync("Bill");
        await using var north = await host.OpenAsync(token, "subscription { scanRecorded(area: \"north\") { eventId scan { qr } } }");
        await using var dora = await host.OpenAsync(token, "subscription { scanRecorded(user: \"dora\") { eventId scan { qr } } }");
        await host.ObserveAsync("S-1", new("sam", UserRole.Dispatcher, "SOUTH"));
        await host.ObserveAsync("N-1", new("nora", UserRole.Dispatcher, "NORTH"));
        await host.ObserveAsync("N-2", new("dora", UserRole.Dispatcher, "NORTH"));
        Assert.Equal(["N-1", "N-2"], await TakeAsync(north, 2));
        Assert.Equal(["N-2"], await TakeAsync(dora, 1));
    }

    [Fact]
    public async Task A_dispatcher_gets_the_own_areas_scans_and_no_code_of_another_area()
    {
        await using var host = await LiveHost.StartAsync();
        await using var live = await host.OpenAsAsync("Dora", "subscription { scanRecorded { eventId scan { qr fromParentQr } } }");
        await using var all = await host.OpenAsAsync("Bill", "subscription { scanRecorded { eventId scan { qr fromParentQr } } }");
        await host.ObserveAsync("SB1", new("sam", UserRole.Dispatcher, "SOUTH"));
        await host.ObserveAsync("SB2", new("dora", UserRole.Dispatcher, "NORTH"));
        var bill = await host.Host.LogInAsync("Bill");
        await host.Host.ScanAsync(bill, "LINK", "C001", "SB1");
        await host.Host.ScanAsync(bill, "RELINK", "C001", "SB2");
        Assert.Equal(["SB2", "C001"], [Scan(await live.ReadAsync()).GetProperty("qr").GetString()!, Scan(await ReadOneAsync(live, told => Assert.Equal(JsonValueKind.Null, Scan(told).GetProperty("fromParentQr").ValueKind))).GetProperty("qr").GetString()!]);
        Assert.Equal(["SB1", "SB2", "C001"], await TakeAsync(all, 3));
        Assert.Equal("SB1", Scan(await all.ReadAsync()).GetProperty("fromParentQr").GetString());
    }

    [Fact]
    public async Task A_slow_reader_is_told_to_resume_and_then_misses_nothing()
    {
        await using var host = await LiveHost.StartAsync(live => live.Buffer = 5);
        var token = await host.Host.LogInAsync("Ada");
        // Much to send, so that the connection is full soon.
        var fields = string.Join(' ', Enumerable.Range(0, 150).Select(i => $"f{i}: qr g{i}: scannedAt"));
        await using var live = await host.OpenAsync(token, $"subscription {{ scanRecorded {{ eventId scan {{ {fields} qr }} }} }}");
        for (var i = 0; i < 100; i++)
            await host.ObserveAsync($"C{i:000}");
        var got = new List<string>();
        var told = await live.ReadAsync();
        for (; told.Code is null; told = await live.ReadAsync())
            got.Add(Scan(told).GetProperty("qr").GetString()!);
        Assert.Equal("RESUME_REQUIRED", told.Code);
        await live.EndsAsync();
        var after = told.Extensions.GetProperty("eventId").GetString();
        await using var again = await host.OpenAsync(token, $"subscription {{ scanRecorded(after: \"{after}\") {{ eventId scan {{ qr }} }} }}");
        got.AddRange(await TakeAsync(again, 100 - got.Count));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"C{i:000}"), got);
    }

    [Fact]
    public async Task The_feed_is_read_only_while_somebody_is_subscribed()
    {
        await using var host = await LiveHost.StartAsync();
        var feed = host.Services.GetRequiredService<LiveFeed>();
        Assert.Null(feed.Lag);
        await using (var live = await host.OpenAsAsync("Ada", LiveHost.Scans))
        {
            await host.ObserveAsync("C001");
            await live.ReadAsync();
            Assert.NotNull(feed.Lag);
        }

        for (var patience = 500; feed.Lag is not null || host.Services.GetRequiredService<StreamPlaces>().Taken > 0; patience--)
        {
            Assert.True(patience > 0, "The feed is still read.");
            await Task.Delay(20);
        }
    }

    private static JsonElement Scan(Told told) => told.Data.GetProperty("scanRecorded").GetProperty("scan");

    private static async Task<Told> ReadOneAsync(LiveClient live, Action<Told> check)
    {
        var told = await live.ReadAsync();
        check(told);
        return told;
    }

    private static async Task<List<string>> TakeAsync(LiveClient live, int count)
    {
        var codes = new List<string>();
        while (codes.Count < count)
            codes.Add(Scan(await live.ReadAsync()).GetProperty("qr").GetString()!);
        return codes;
    }
}
