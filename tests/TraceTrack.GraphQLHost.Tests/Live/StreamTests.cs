using System.Diagnostics;
using GraphQLHost.Live;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.GraphQLHost.Tests.Server;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Live;

/// <summary>Streams as connections: what they cost, how they end, and what else goes through them.</summary>
public sealed class StreamTests
{
    [Theory]
    [InlineData("{ totals { bags } }", """{"data":{"totals":{"bags":0}}}""")]
    [InlineData("mutation { createBill(input: { number: \"B-1\", capacity: 3 }) { bill { number } } }", """{"data":{"createBill":{"bill":{"number":"B-1"}}}}""")]
    public async Task What_is_no_subscription_is_answered_by_one_event(string query, string answer)
    {
        await using var host = await LiveHost.StartAsync();
        await using var live = await host.OpenAsAsync("Ada", query);
        Assert.Equal(answer, (await live.ReadAsync()).Json.GetRawText());
        await live.EndsAsync();
    }

    [Theory]
    [InlineData("text/event-stream, application/json;q=0.5", "text/event-stream")]
    [InlineData("application/json, text/event-stream;q=0.5", "application/json")]
    [InlineData("*/*", "application/graphql-response+json")]
    public async Task The_client_says_what_it_takes(string accept, string mediaType)
    {
        await using var host = await LiveHost.StartAsync();
        await using var live = await LiveClient.OpenAsync(host.Host.Client, await host.Host.LogInAsync("Ada"), "{ totals { bags } }", accept: accept);
        Assert.Equal(mediaType, live.MediaType);
    }

    [Fact]
    public async Task A_subscription_that_takes_no_stream_is_told_so()
    {
        await using var host = await LiveHost.StartAsync();
        Assert.Equal("NOT_ACCEPTABLE", (await host.Host.AskAsync(await host.Host.LogInAsync("Ada"), LiveHost.Scans)).Code);
    }

    [Fact]
    public async Task While_nothing_happens_comments_do()
    {
        await using var host = await LiveHost.StartAsync(live => live.KeepAlive = TimeSpan.FromMilliseconds(20));
        await using var live = await host.OpenAsAsync("Ada", LiveHost.Scans);
        for (var i = 0; i < 3; i++)
            Assert.Equal("comment", (await live.ReadAnyAsync()).Event);
        await host.ObserveAsync("C001");
        Assert.Null((await live.ReadAsync()).Code);
    }

    [Fact]
    public async Task A_user_and_a_host_have_so_many_and_no_more()
    {
        await using var host = await LiveHost.StartAsync(live => (live.MaxStreams, live.MaxStreamsPerUser) = (3, 2));
        var (ada, bill) = (await host.Host.LogInAsync("Ada"), await host.Host.LogInAsync("Bill"));
        await using var first = await host.OpenAsync(ada, LiveHost.Scans);
        await using (await host.OpenAsync(ada, LiveHost.Scans))
        {
            await using var third = await host.OpenAsync(ada, LiveHost.Scans);
            Assert.Equal("user", (await third.EndsWithAsync("TOO_MANY_SUBSCRIPTIONS")).Extensions.GetProperty("of").GetString());
            await using var another = await host.OpenAsync(bill, LiveHost.Scans);
            await using var fourth = await host.OpenAsync(bill, LiveHost.Scans);
            Assert.Equal("host", (await fourth.EndsWithAsync("TOO_MANY_SUBSCRIPTIONS")).Extensions.GetProperty("of").GetString());
        }

        // One that ended makes room.
        await EndedAsync(host.Services, open: 1);
        await using var again = await host.OpenAsync(ada, LiveHost.Scans);
        await host.ObserveAsync("C001");
        Assert.Null((await again.ReadAsync()).Code);
    }

    [Fact]
    public async Task Five_hundred_streams_take_no_thread_each_and_all_are_told()
    {
        const int Streams = 500;
        await using var host = await RunningHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        await using (var warm = await LiveClient.OpenAsync(host.Client, token, LiveHost.Scans))
            await warm.ReadAnyAsync();
        await EndedAsync(host.App.Services, open: 0);
        var before = Process.GetCurrentProcess().Threads.Count;
        var streams = new List<LiveClient>();
        try
        {
            for (var i = 0; i < Streams; i++)
                streams.Add(await LiveClient.OpenAsync(host.Client, token, LiveHost.Scans));
            Assert.Equal(Streams, host.App.Services.GetRequiredService<StreamPlaces>().Taken);
            // The pool makes a few for a crowd; the streams are many more.
            Assert.InRange(Process.GetCurrentProcess().Threads.Count - before, -100, Streams / 10);
            await host.App.Services.GetRequiredService<ITraceTrack>().As(Actor.System).Scans
                .RecordAsync(RecordScan.Observe(ScanId.New(), Bags.QrCode.Parse("C001")), TestContext.Current.CancellationToken);
            foreach (var stream in streams)
                Assert.Contains("C001", (await stream.ReadAsync()).Json.GetRawText(), StringComparison.Ordinal);
            Assert.InRange(Process.GetCurrentProcess().Threads.Count - before, -100, Streams / 10);
            var metrics = await host.Client.GetStringAsync("/metrics");
            Assert.Contains(metrics.Split((char)10), line => line.StartsWith("tracetrack_graphql_subscriptions{", StringComparison.Ordinal) && line.Contains("} 500", StringComparison.Ordinal));
            Assert.Contains("tracetrack_graphql_feed_lag_seconds{", metrics, StringComparison.Ordinal);
            Assert.Contains("tracetrack_graphql_subscription_events_total{", metrics, StringComparison.Ordinal);
        }
        finally
        {
            foreach (var stream in streams)
                await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_host_that_is_told_to_stop_ends_its_streams_in_good_order_and_is_not_kept_by_them()
    {
        await using var host = await RunningHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        await using var scans = await LiveClient.OpenAsync(host.Client, token, LiveHost.Scans);
        await using var totals = await LiveClient.OpenAsync(host.Client, token, "subscription { totalsChanged { totals { bags } } }");
        Assert.Null((await totals.ReadAsync()).Code);
        var stopping = host.App.StopAsync();
        await scans.EndsAsync();
        await totals.EndsAsync();
        // Far less than a drain may take.
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.DoesNotContain(host.Logs.All, log => log.Id == 4007);
    }

    private static async Task EndedAsync(IServiceProvider services, int open)
    {
        for (var patience = 500; services.GetRequiredService<StreamPlaces>().Taken > open; patience--)
        {
            Assert.True(patience > 0, "A place was not given back.");
            await Task.Delay(20);
        }
    }

    [Theory]
    [InlineData("Live:MaxStreams", "-1")]
    [InlineData("Live:Buffer", "0")]
    [InlineData("Live:KeepAlive", "00:00:00")]
    public async Task A_setting_that_makes_no_sense_is_told_at_the_start(string key, string value)
    {
        var error = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => RunningHost.StartAsync((key, value)));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }
}
