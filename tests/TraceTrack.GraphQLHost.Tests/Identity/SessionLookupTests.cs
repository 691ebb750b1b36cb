using GraphQLHost.Engines;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.GraphQLHost.Tests.Warehouse;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.Identity;

/// <summary>Sessions that cannot be looked up: the server's failure, told as such, and no log-out.</summary>
public sealed class SessionLookupTests
{
    private const string Token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task A_look_up_that_takes_too_long_is_stopped()
    {
        await using var host = await WithAsync(token => Task.Delay(Timeout.Infinite, token));
        var reply = await host.AskAsync(Token, "{ me { id } }");
        Assert.Equal((503, "TIMEOUT"), (reply.Status, reply.Code));
        Assert.Single(host.Logs.Messages);
    }

    [Theory]
    [InlineData("POST", "/import")]
    [InlineData("GET", "/export")]
    public async Task Files_wait_for_a_look_up_no_longer_than_queries(string method, string path)
    {
        await using var host = await WithAsync(token => Task.Delay(Timeout.Infinite, token));
        using var response = await host.SendAsync(Token, new(method), path);
        Assert.Equal(503, (int)response.StatusCode);
        Assert.Contains("\"TIMEOUT\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("took longer than", Assert.Single(host.Logs.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_up_that_fails_is_told_without_detail_and_logged_once()
    {
        await using var host = await WithAsync(_ => Task.FromException(new IOException("secret")));
        var reply = await host.AskAsync(Token, "{ me { id } }");
        Assert.Equal((500, "INTERNAL"), (reply.Status, reply.Code));
        Assert.DoesNotContain("secret", reply.Json.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("secret", Assert.Single(host.Logs.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("malformed")]
    public async Task Without_a_token_that_could_be_one_nothing_is_looked_up(string? token)
    {
        await using var host = await WithAsync(_ => Task.FromException(new IOException("looked up")));
        Assert.Equal("UNAUTHENTICATED", (await host.AskAsync(token, "{ me { id } }")).Code);
        Assert.Empty(host.Logs.Messages);
    }

    private static Task<WarehouseHost> WithAsync(Func<CancellationToken, Task> find) => WarehouseHost.StartAsync(services: services => services
        .AddSingleton(new GraphQLLimits { Timeout = TimeSpan.FromMilliseconds(200) })
        .AddSingleton<ILoginSessionStore>(new Sessions(find)));

    private sealed class Sessions(Func<CancellationToken, Task> find) : ILoginSessionStore
    {
        public async ValueTask<LoginSession?> FindAsync(string key, CancellationToken cancellationToken)
        {
            await find(cancellationToken);
            return null;
        }

        public ValueTask<LoginSession?> StartAsync(LoginSession session, string? verifiedHash, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> RenewAsync(string key, DateTimeOffset renewedAt, DateTimeOffset expiresAt, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask EndAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<string>> EndAllAsync(string userId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
