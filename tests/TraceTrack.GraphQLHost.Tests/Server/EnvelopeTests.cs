using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Totals;

namespace TraceTrack.GraphQLHost.Tests.Server;

/// <summary>What every answer has.</summary>
public sealed class EnvelopeTests : IAsyncLifetime
{
    private RunningHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RunningHost.StartAsync(services => services.AddSingleton<ITotalsStore, BrokenTotals>());

    [Theory]
    [InlineData("/graphql", 400)]
    [InlineData("/health/live", 200)]
    [InlineData("/export", 401)]
    [InlineData("/nowhere", 404)]
    public async Task Browsers_are_told_to_take_nothing_but_what_it_is(string path, int status)
    {
        using var response = await _host.SendAsync(null, HttpMethod.Get, path);
        Assert.Equal(status, (int)response.StatusCode);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.NotEmpty(Assert.Single(response.Headers.GetValues("X-Request-Id")));
        Assert.False(response.Headers.Contains("Server"));
        // Over HTTPS only, which this is not.
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Behind_HTTPS_browsers_are_told_to_stay_there()
    {
        await using var host = await RunningHost.StartAsync(("FORWARDEDHEADERS_ENABLED", "true"));
        using var response = await host.SendAsync(null, HttpMethod.Get, "/health/live", null, ("X-Forwarded-Proto", "https"), ("Host", "warehouse.example"));
        Assert.Equal("max-age=15552000", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public async Task A_client_s_trace_id_is_the_id_in_the_header_the_error_and_the_log()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var token = await _host.LogInAsync("Ada");
        using var response = await _host.SendAsync(
            token, HttpMethod.Post, "/graphql", JsonContent.Create(new { query = "{ totals { bags } }" }), ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));
        Assert.Equal(Trace, Assert.Single(response.Headers.GetValues("X-Request-Id")));
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("errors")[0];
        Assert.Equal($$"""{"code":"INTERNAL","requestId":"{{Trace}}"}""", error.GetProperty("extensions").GetRawText());
        var log = Assert.Single(_host.Logs.All, log => log.Id == 4001);
        Assert.Contains(Trace, log.Text, StringComparison.Ordinal);
        Assert.Contains($"RequestId:{Trace}", log.Scopes);
    }

    [Theory]
    [InlineData("{ nonsense }", "VALIDATION_FAILED")]
    [InlineData("{", "SYNTAX_ERROR")]
    [InlineData("{ me { id } }", "UNAUTHENTICATED")]
    [InlineData("query($x: Int!) { bags(first: $x) { nodes { qr } } }", "INVALID_VARIABLES")]
    [InlineData("query a { me { id } } query b { me { id } }", "UNKNOWN_OPERATION")]
    [InlineData("subscription { x }", null)]
    public async Task Every_error_names_its_request(string query, string? code)
    {
        using var response = await _host.SendAsync(null, HttpMethod.Post, "/graphql", JsonContent.Create(new { query }));
        var errors = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("errors").EnumerateArray().ToArray();
        Assert.NotEmpty(errors);
        var id = Assert.Single(response.Headers.GetValues("X-Request-Id"));
        Assert.All(errors, error => Assert.Equal(id, error.GetProperty("extensions").GetProperty("requestId").GetString()));
        if (code is not null)
            Assert.Equal(code, errors[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private sealed class BrokenTotals : ITotalsStore
    {
        public ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken) => throw new IOException("Password=secret");

        public ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
