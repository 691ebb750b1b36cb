using System.Net.Http.Json;
using System.Text.Json;
using TraceTrack.GraphQLHost.Tests.Server;

namespace TraceTrack.GraphQLHost.Tests.RateLimits;

public sealed class RateLimitTests
{
    private const string LogIn = "mutation($n: String!, $p: String!) { login(userName: $n, password: $p) { token } }";

    [Fact]
    public async Task A_user_who_asks_too_often_is_told_when_to_come_again_and_no_other_user_is_kept_waiting()
    {
        await using var host = await RunningHost.StartAsync(("RateLimits:UserPerSecond", "1"), ("RateLimits:UserBurst", "3"));
        var (ada, adaElsewhere, dora) = (await host.LogInAsync("Ada"), await host.LogInAsync("Ada"), await host.LogInAsync("Dora"));
        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await host.AskAsync(ada, "{ me { id } }")).Status);
        // Sessions of one user count together. A token comes back each second, so one of many is refused.
        Assert.Contains(429, await StatusesAsync(host, adaElsewhere, 30));
        Assert.Equal(200, (await host.AskAsync(dora, "{ me { id } }")).Status);
        using var refused = await RefusedAsync(() => host.SendAsync(ada, HttpMethod.Get, "/export"));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        var extensions = JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("errors")[0].GetProperty("extensions");
        Assert.Equal("RATE_LIMITED", extensions.GetProperty("code").GetString());
        Assert.Equal(refused.Headers.RetryAfter.Delta.Value.TotalSeconds, extensions.GetProperty("retryAfterSeconds").GetInt32());
        Assert.Equal("""{"status":"live"}""", await host.Client.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task Who_is_nobody_is_counted_by_address_and_users_behind_it_are_not()
    {
        await using var host = await RunningHost.StartAsync(("RateLimits:AnonymousPerSecond", "1"), ("RateLimits:AnonymousBurst", "2"));
        var token = await host.LogInAsync("Ada");
        Assert.Contains(429, await StatusesAsync(host, null, 30));
        Assert.Contains(429, await StatusesAsync(host, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 30));
        Assert.DoesNotContain(429, await StatusesAsync(host, token, 30));
    }

    [Fact]
    public async Task Zero_turns_a_limit_off()
    {
        await using var host = await RunningHost.StartAsync(
            ("RateLimits:UserPerSecond", "0"), ("RateLimits:UserBurst", "0"), ("RateLimits:AnonymousPerSecond", "0"), ("RateLimits:AnonymousBurst", "0"),
            ("RateLimits:LoginsPerMinute", "0"), ("RateLimits:LoginsPerMinuteOfAddress", "0"));
        var token = await host.LogInAsync("Ada");
        Assert.All(await StatusesAsync(host, token, 50), status => Assert.Equal(200, status));
        Assert.All(await StatusesAsync(host, null, 50), status => Assert.Equal(200, status));
        for (var i = 0; i < 50; i++)
            Assert.Equal("LOGIN_FAILED", (await LogInAsync(host, "Ada", "wrong")).Code);
    }

    [Fact]
    public async Task Who_guesses_a_password_is_stopped_also_when_it_is_right_and_other_users_log_in()
    {
        await using var host = await RunningHost.StartAsync(("RateLimits:LoginsPerMinute", "3"));
        for (var i = 0; i < 3; i++)
            Assert.Equal((200, "LOGIN_FAILED"), Told(await LogInAsync(host, "Ada", "wrong")));
        Assert.Equal((429, "RATE_LIMITED"), Told(await LogInAsync(host, "Ada", "wrong")));
        // However the name is written.
        using var response = await host.SendAsync(null, HttpMethod.Post, "/graphql", JsonContent.Create(new { query = LogIn, variables = new { n = " ada ", p = RunningHost.Password } }));
        Assert.Equal(429, (int)response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal((200, null), Told(await LogInAsync(host, "Dora", RunningHost.Password)));
    }

    [Fact]
    public async Task Log_ins_are_counted_one_by_one_however_many_a_request_holds()
    {
        await using var host = await RunningHost.StartAsync(("RateLimits:LoginsPerMinuteOfAddress", "5"));
        var guesses = string.Concat(Enumerable.Range(0, 20).Select(i => $$""" a{{i}}: login(userName: "user{{i}}", password: "x") { token }"""));
        using var response = await host.SendAsync(null, HttpMethod.Post, "/graphql", JsonContent.Create(new { query = $"mutation {{{guesses} }}" }));
        // The first error of a non-null field ends the answer, but not what was asked: that the address is used up shows in the next one.
        Assert.NotEqual(500, (int)response.StatusCode);
        Assert.Contains(429, await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => (await LogInAsync(host, "Dora", "wrong")).Status)));
    }

    private static async Task<int[]> StatusesAsync(RunningHost host, string? token, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ => (await host.AskAsync(token, "{ __typename }")).Status));

    private static async Task<HttpResponseMessage> RefusedAsync(Func<Task<HttpResponseMessage>> ask)
    {
        for (var i = 0; i < 100; i++)
        {
            var response = await ask();
            if ((int)response.StatusCode == 429)
                return response;
            response.Dispose();
        }

        throw new InvalidOperationException("A hundred requests were all answered.");
    }

    private static (int, string?) Told(Warehouse.Reply reply) => (reply.Status, reply.Code);

    private static Task<Warehouse.Reply> LogInAsync(RunningHost host, string name, string password) => host.AskAsync(null, LogIn, new { n = name, p = password });
}
