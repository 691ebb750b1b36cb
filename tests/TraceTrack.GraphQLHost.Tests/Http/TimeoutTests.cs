namespace TraceTrack.GraphQLHost.Tests.Http;

public sealed class TimeoutTests
{
    private const string Slow = """{ "query": "{ fail(how: \"slow\") }" }""";
    private const string Token = $"Bearer {TestHost.GoodToken}";

    [Fact]
    public async Task A_request_that_takes_too_long_is_stopped_and_named_in_the_log()
    {
        await using var host = await TestHost.StartAsync(limits => limits.Timeout = TimeSpan.FromMilliseconds(100));
        using var response = await host.PostAsync(Slow, authorization: Token);
        Assert.Equal(503, (int)response.StatusCode);
        Assert.Contains("\"TIMEOUT\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(host.Logs.Messages);
    }

    [Fact]
    public async Task A_client_that_hangs_up_is_no_error()
    {
        await using var host = await TestHost.StartAsync();
        using var hangUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = TestHost.Content(System.Text.Encoding.UTF8.GetBytes(Slow), "application/json"),
            Headers = { { "Authorization", Token } },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Client.SendAsync(request, hangUp.Token));
        await host.DisposeAsync();
        Assert.Empty(host.Logs.Messages);
    }
}
