using System.Text.Json;

namespace TraceTrack.GraphQLHost.Tests.Http;

public sealed class AuthenticationTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync();

    [Theory]
    [InlineData("Bearer good-token", "kim")]
    [InlineData("bearer   good-token ", "kim")]
    [InlineData("Bearer", null)]
    [InlineData("Bearer ", null)]
    [InlineData("Bearer expired", null)]
    [InlineData("Basic good-token", null)]
    [InlineData("good-token", null)]
    [InlineData(null, null)]
    public async Task The_token_says_who_asks(string? authorization, string? actor)
    {
        using var response = await _host.PostAsync("""{ "query": "{ whoami }" }""", authorization: authorization);
        Assert.Equal(200, (int)response.StatusCode);
        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        if (actor is null)
            Assert.Equal("UNAUTHENTICATED", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        else
            Assert.Equal(actor, answer.GetProperty("data").GetProperty("whoami").GetString());
    }

    [Fact]
    public async Task A_stale_token_does_not_keep_anybody_from_logging_in()
    {
        using var response = await _host.PostAsync("""{ "query": "mutation { open(name: \"x\") }" }""", authorization: "Bearer expired");
        Assert.Equal("""{"data":{"open":"x"}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task When_sessions_cannot_be_looked_up_the_server_says_so_without_detail()
    {
        using var response = await _host.PostAsync("""{ "query": "{ whoami }" }""", authorization: "Bearer broken");
        Assert.Equal(500, (int)response.StatusCode);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"INTERNAL\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        var log = Assert.Single(_host.Logs.Messages);
        Assert.Contains(Assert.Single(response.Headers.GetValues("X-Request-Id")), log, StringComparison.Ordinal);
        Assert.DoesNotContain("broken", log, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
