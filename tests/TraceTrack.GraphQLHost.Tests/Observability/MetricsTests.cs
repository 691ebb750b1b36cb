using TraceTrack.GraphQLHost.Tests.Server;

namespace TraceTrack.GraphQLHost.Tests.Observability;

public sealed class MetricsTests
{
    [Fact]
    public async Task Prometheus_reads_what_the_host_the_library_the_server_and_the_runtime_measure()
    {
        await using var host = await RunningHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        Assert.Null((await host.AskAsync(token, "query SecretName { me { id } }")).Code);
        Assert.Null((await host.AskAsync(token, """mutation { recordScan(input: { scanId: "0199c1de-0000-7000-8000-000000000001", action: OBSERVE, qr: "C0001" }) { outcome } }""")).Code);
        Assert.Equal("UNAUTHENTICATED", (await host.AskAsync(null, "{ me { id } }")).Code);
        Assert.Equal("SYNTAX_ERROR", (await host.AskAsync(null, "{")).Code);
        var text = await host.Client.GetStringAsync("/metrics");
        Assert.Contains("tracetrack_graphql_duration_seconds_bucket{", text, StringComparison.Ordinal);
        AssertLine(text, "tracetrack_graphql_duration_seconds_count", "graphql_operation_type=\"mutation\"", "tracetrack_outcome=\"done\"");
        AssertLine(text, "tracetrack_graphql_errors", "graphql_operation_type=\"query\"", "error_type=\"UNAUTHENTICATED\"");
        AssertLine(text, "tracetrack_graphql_errors", "graphql_operation_type=\"none\"", "error_type=\"SYNTAX_ERROR\"");
        AssertLine(text, "tracetrack_scans", "tracetrack_action=\"observe\"");
        AssertLine(text, "http_server_request_duration_seconds_count", "http_route=\"/graphql\"");
        AssertLine(text, "kestrel_active_connections");
        AssertLine(text, "dotnet_gc_collections");
        foreach (var name in new[] { "SecretName", "C0001", "\"Ada\"", "0199c1de" })
            Assert.DoesNotContain(name, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, 200)]
    [InlineData("Loopback", "X-Forwarded-For", null, 401)]
    [InlineData("Loopback", "Forwarded", "Dora", 403)]
    [InlineData("Loopback", "Via", "Ada", 200)]
    [InlineData("Admins", null, null, 401)]
    [InlineData("Admins", null, "Bill", 403)]
    [InlineData("Admins", null, "Ada", 200)]
    [InlineData("Everybody", "X-Forwarded-For", null, 200)]
    [InlineData("Nobody", null, "Ada", 404)]
    public async Task Who_may_read_them_is_a_setting(string? access, string? proxy, string? user, int status)
    {
        await using var host = await RunningHost.StartAsync(access is null ? [] : [("Observability:Metrics", access)]);
        var token = user is null ? null : await host.LogInAsync(user);
        (string, string)[] headers = proxy is null ? [] : [(proxy, "203.0.113.7")];
        using var response = await host.SendAsync(token, HttpMethod.Get, "/metrics", null, headers);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200, (await response.Content.ReadAsStringAsync()).Contains("kestrel_", StringComparison.Ordinal));
    }

    private static void AssertLine(string text, string begin, params string[] parts) => Assert.Contains(
        text.Split('\n'), line => line.StartsWith(begin, StringComparison.Ordinal) && parts.All(part => line.Contains(part, StringComparison.Ordinal)));
}
