using System.Net;
using System.Net.WebSockets;
using GraphQLHost.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TraceTrack.Bags;
using TraceTrack.GraphQLHost.Tests.Server;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Live;

/// <summary>The same operations over a WebSocket.</summary>
public sealed class SocketTests
{
    private static readonly (string, string) Quick = ("Live:SessionCheck", "00:00:00.020");

    [Fact]
    public async Task A_subscription_is_told_until_its_client_has_had_enough()
    {
        await using var host = await RunningHost.StartAsync();
        await using var client = await SocketClient.OpenAsync(Url(host), await host.LogInAsync("Ada"));
        await client.SubscribeAsync("1", "subscription { totalsChanged { eventId totals { bags } } }");
        Assert.Equal(0, (await client.ReadAsync("1", "next")).Data.GetProperty("totalsChanged").GetProperty("totals").GetProperty("bags").GetInt32());
        await client.SubscribeAsync("2", LiveHost.Scans);
        await OpenAsync(host, 2);
        await client.CompleteAsync("1");
        await OpenAsync(host, 1);
        await ObserveAsync(host, "C001");
        Assert.Equal("C001", (await client.ReadAsync("2", "next")).Data.GetProperty("scanRecorded").GetProperty("scan").GetProperty("qr").GetString());
        // An id that is free can be taken again.
        await client.SubscribeAsync("1", "query($qr: String!) { bag(qr: $qr) { qr } }", new { qr = "C001" });
        Assert.Equal("""{"data":{"bag":{"qr":"C001"}}}""", (await client.ReadAsync("1", "next")).Json.GetRawText());
        await client.ReadAsync("1", "complete");
        await client.CloseAsync();
        await OpenAsync(host, 0);
        Assert.DoesNotContain(host.Logs.All, log => log.Text.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_was_away_goes_on_after_the_last_event()
    {
        await using var host = await RunningHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        string last;
        await using (var client = await SocketClient.OpenAsync(Url(host), token))
        {
            await client.SubscribeAsync("a", LiveHost.Scans);
            await OpenAsync(host, 1);
            await ObserveAsync(host, "C001");
            last = (await client.ReadAsync("a", "next")).EventId;
        }

        await ObserveAsync(host, "C002");
        await using var again = await SocketClient.OpenAsync(Url(host), token);
        await again.SubscribeAsync("a", "subscription($after: String) { scanRecorded(after: $after) { eventId scan { qr } } }", new { after = last });
        Assert.Equal("C002", (await again.ReadAsync("a", "next")).Data.GetProperty("scanRecorded").GetProperty("scan").GetProperty("qr").GetString());
    }

    [Theory]
    [InlineData("subscription { nothing }", "VALIDATION_FAILED")]
    [InlineData("subscription {", "SYNTAX_ERROR")]
    [InlineData("", "BAD_REQUEST")]
    public async Task What_never_runs_is_an_error(string query, string code)
    {
        await using var host = await RunningHost.StartAsync();
        await using var client = await SocketClient.OpenAsync(Url(host), await host.LogInAsync("Ada"));
        await client.SendAsync(query.Length == 0 ? """{"id":"x","type":"subscribe","payload":{}}""" : $$$"""{"id":"x","type":"subscribe","payload":{"query":"{{{query}}}"}}""");
        Assert.Equal(code, await client.RefusalAsync("x"));
        // The connection is as good as before.
        await client.SendAsync("""{"type":"ping"}""");
        Assert.Equal("pong", (await client.ReadAsync()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Nobody_may_what_nobody_may_over_HTTP()
    {
        await using var host = await RunningHost.StartAsync();
        await using var client = await SocketClient.OpenAsync(Url(host), null);
        await client.SubscribeAsync("x", LiveHost.Scans);
        Assert.Equal("UNAUTHENTICATED", await client.RefusalAsync("x"));
        await client.SubscribeAsync("x", "{ totals { bags } }");
        Assert.Equal("UNAUTHENTICATED", (await client.ReadAsync("x", "next")).Code);
        await client.ReadAsync("x", "complete");
        await client.SubscribeAsync("x", "mutation($p: String!) { login(userName: \"Ada\", password: $p) { token } }", new { p = RunningHost.Password });
        Assert.Null((await client.ReadAsync("x", "next")).Code);
    }

    [Fact]
    public async Task When_the_session_ends_so_do_its_subscriptions()
    {
        await using var host = await RunningHost.StartAsync(Quick);
        var token = await host.LogInAsync("Bill");
        await using var client = await SocketClient.OpenAsync(Url(host), token);
        await client.SubscribeAsync("x", LiveHost.Scans);
        await OpenAsync(host, 1);
        Assert.Null((await host.AskAsync(token, "mutation { logout { loggedOut } }")).Code);
        Assert.Equal("UNAUTHENTICATED", (await client.ReadAsync("x", "next")).Code);
        await client.ReadAsync("x", "complete");
        await OpenAsync(host, 0);
    }

    [Theory]
    [InlineData("no JSON", 4400)]
    [InlineData("[]", 4400)]
    [InlineData("{}", 4400)]
    [InlineData("""{"type":7}""", 4400)]
    [InlineData("""{"type":"\ud800"}""", 4400)]
    [InlineData("""{"type":"start","id":"1"}""", 4400)]
    [InlineData("""{"type":"subscribe","payload":{"query":"{ totals { bags } }"}}""", 4400)]
    [InlineData("""{"type":"subscribe","id":"","payload":{"query":"{ totals { bags } }"}}""", 4400)]
    [InlineData("""{"type":"connection_init"}""", 4429)]
    public async Task Who_breaks_the_protocol_is_told_how(string message, int code)
    {
        await using var host = await RunningHost.StartAsync();
        await using var client = await SocketClient.OpenAsync(Url(host), await host.LogInAsync("Ada"));
        await client.SendAsync(message);
        Assert.Equal(code, await client.ClosedAsync());
    }

    [Theory]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"{ totals { bags } }"}}""", 4401)]
    [InlineData("""{"type":"connection_init","payload":[]}""", 4400)]
    [InlineData("""{"type":"connection_init","payload":{"Authorization":7}}""", 4400)]
    public async Task Who_has_not_begun_well_neither(string message, int code)
    {
        await using var host = await RunningHost.StartAsync();
        await using var client = await SocketClient.ConnectAsync(Url(host));
        await client.SendAsync(message);
        Assert.Equal(code, await client.ClosedAsync());
    }

    [Fact]
    public async Task An_id_has_one_operation_at_a_time()
    {
        await using var host = await RunningHost.StartAsync();
        await using var client = await SocketClient.OpenAsync(Url(host), await host.LogInAsync("Ada"));
        await client.SubscribeAsync("x", LiveHost.Scans);
        await client.SubscribeAsync("x", LiveHost.Scans);
        Assert.Equal(4409, await client.ClosedAsync());
        await OpenAsync(host, 0);
    }

    [Fact]
    public async Task Messages_are_text_and_not_too_long()
    {
        await using var host = await RunningHost.StartAsync();
        await using (var client = await SocketClient.OpenAsync(Url(host), null))
        {
            await client.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
            Assert.Equal(4400, await client.ClosedAsync());
        }

        await using var other = await SocketClient.OpenAsync(Url(host), null);
        await other.SendAsync(new string(' ', 2_000_000));
        Assert.Equal((int)WebSocketCloseStatus.MessageTooBig, await other.ClosedAsync());
    }

    [Fact]
    public async Task Who_does_not_say_who_it_is_is_not_waited_for()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await RunningHost.StartAsync(services => services.AddSingleton<TimeProvider>(clock));
        await using var client = await SocketClient.ConnectAsync(Url(host));
        await client.SendAsync("""{"type":"ping"}""");
        Assert.Equal("pong", (await client.ReadAsync()).GetProperty("type").GetString());
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(4408, await client.ClosedAsync());
    }

    [Theory]
    [InlineData(null, null, 400)]
    [InlineData("graphql-ws", null, 400)]
    [InlineData("graphql-transport-ws", "https://elsewhere.example", 403)]
    [InlineData("graphql-transport-ws", "null", 403)]
    [InlineData("graphql-transport-ws", "https://scan.example.com", 101)]
    public async Task Other_protocols_and_pages_of_other_origins_are_refused(string? protocol, string? origin, int status)
    {
        await using var host = await RunningHost.StartAsync(("Server:CorsOrigins:0", "https://scan.example.com"));
        if (status == 101)
        {
            await (await SocketClient.ConnectAsync(Url(host), protocol, origin)).DisposeAsync();
            return;
        }

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => SocketClient.ConnectAsync(Url(host), protocol, origin));
        Assert.Equal((HttpStatusCode)status, refused.StatusCode);
    }

    [Fact]
    public async Task Who_asks_too_often_is_refused_as_over_HTTP()
    {
        await using var host = await RunningHost.StartAsync(("RateLimits:UserPerSecond", "1"), ("RateLimits:UserBurst", "3"));
        await using var client = await SocketClient.OpenAsync(Url(host), await host.LogInAsync("Ada"));
        var codes = new List<string?>();
        for (var i = 0; i < 20 && !codes.Contains("RATE_LIMITED"); i++)
        {
            await client.SubscribeAsync($"{i}", "{ me { id } }");
            var answer = await client.ReadAsync();
            if (answer.GetProperty("type").GetString() == "error")
                codes.Add(Assert.Single(answer.GetProperty("payload").EnumerateArray()).GetProperty("extensions").GetProperty("code").GetString());
            else
                await client.ReadAsync($"{i}", "complete");
        }

        Assert.Equal(["RATE_LIMITED"], codes);
    }

    [Fact]
    public async Task A_host_that_is_stopped_ends_its_subscriptions_and_then_the_connection()
    {
        await using var host = await RunningHost.StartAsync();
        await using var client = await SocketClient.OpenAsync(Url(host), await host.LogInAsync("Ada"));
        await client.SubscribeAsync("x", LiveHost.Scans);
        await OpenAsync(host, 1);
        var stopping = host.App.StopAsync(TestContext.Current.CancellationToken);
        await client.ReadAsync("x", "complete");
        Assert.Equal((int)WebSocketCloseStatus.EndpointUnavailable, await client.ClosedAsync());
        await client.CloseAsync();
        await stopping.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Many_subscriptions_share_a_connection_and_each_is_told_in_order()
    {
        const int Subscriptions = 100, Scans = 20;
        await using var host = await RunningHost.StartAsync();
        await using var client = await SocketClient.OpenAsync(Url(host), await host.LogInAsync("Ada"));
        for (var i = 0; i < Subscriptions; i++)
            await client.SubscribeAsync($"{i}", LiveHost.Scans);
        await OpenAsync(host, Subscriptions);
        for (var scan = 0; scan < Scans; scan++)
            await ObserveAsync(host, $"C{scan:D3}");
        var told = Enumerable.Range(0, Subscriptions).ToDictionary(i => $"{i}", _ => new List<string>(), StringComparer.Ordinal);
        for (var i = 0; i < Subscriptions * Scans; i++)
        {
            var message = await client.ReadAsync();
            told[message.GetProperty("id").GetString()!].Add(
                message.GetProperty("payload").GetProperty("data").GetProperty("scanRecorded").GetProperty("scan").GetProperty("qr").GetString()!);
        }

        Assert.All(told.Values, codes => Assert.Equal(Enumerable.Range(0, Scans).Select(scan => $"C{scan:D3}"), codes));
    }

    private static Uri Url(RunningHost host) => host.Client.BaseAddress!;

    private static async Task ObserveAsync(RunningHost host, string qr) => await host.App.Services.GetRequiredService<ITraceTrack>().As(Actor.System)
        .Scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse(qr)), TestContext.Current.CancellationToken);

    /// <summary>Waits until so many subscriptions are open.</summary>
    private static async Task OpenAsync(RunningHost host, int subscriptions)
    {
        var places = host.App.Services.GetRequiredService<StreamPlaces>();
        for (var deadline = Environment.TickCount64 + 20_000; places.Taken != subscriptions; await Task.Delay(5))
            Assert.True(Environment.TickCount64 < deadline, $"{places.Taken} subscriptions are open, {subscriptions} expected.");
    }
}
