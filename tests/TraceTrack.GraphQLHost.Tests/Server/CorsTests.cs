namespace TraceTrack.GraphQLHost.Tests.Server;

public sealed class CorsTests
{
    private const string Page = "https://scan.example.com";

    [Fact]
    public async Task Pages_of_other_origins_are_let_in_by_no_one_by_default()
    {
        await using var host = await RunningHost.StartAsync();
        Assert.Empty(await AllowedAsync(host, Page));
    }

    [Fact]
    public async Task A_setting_lets_named_origins_in_without_their_cookies()
    {
        await using var host = await RunningHost.StartAsync(("Server:CorsOrigins:0", Page));
        Assert.Equal(["Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Allow-Origin", "Access-Control-Max-Age"], await AllowedAsync(host, Page));
        Assert.Empty(await AllowedAsync(host, "https://other.example.com"));
        using var response = await host.SendAsync(null, HttpMethod.Get, "/health/live", null, ("Origin", Page));
        Assert.Equal(Page, Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("X-Request-Id", Assert.Single(response.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    private static async Task<string[]> AllowedAsync(RunningHost host, string origin)
    {
        using var response = await host.SendAsync(
            null, HttpMethod.Options, "/graphql", null,
            ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type"));
        return [.. response.Headers.Select(header => header.Key).Where(name => name.StartsWith("Access-Control-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
