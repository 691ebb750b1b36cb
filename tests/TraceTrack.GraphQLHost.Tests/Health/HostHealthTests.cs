using System.Net;
using GraphQLHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using TraceTrack.Totals;

namespace TraceTrack.GraphQLHost.Tests.Health;

public sealed class HostHealthTests
{
    [Fact]
    public async Task A_degraded_part_is_told_and_the_host_stays_in_use()
    {
        await using var app = await StartAsync(services => services.AddHealthChecks().AddCheck(
            "redis", () => HealthCheckResult.Degraded("secret", new IOException("secret"))));
        Assert.Equal(
            (HttpStatusCode.OK, """{"status":"degraded","checks":[{"name":"redis","status":"degraded"},{"name":"store","status":"healthy"}]}"""),
            await ReadyAsync(app));
    }

    [Fact]
    public async Task A_part_that_failed_takes_the_host_out_of_use_without_telling_strangers_why()
    {
        var logs = new CollectedLogs();
        await using var app = await StartAsync(services => services.AddSingleton<ILoggerProvider>(logs).AddHealthChecks().AddCheck(
            "redis", () => HealthCheckResult.Unhealthy("secret", new IOException("reason"))));
        var (status, body) = await ReadyAsync(app);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("""{"status":"unavailable","checks":[{"name":"redis","status":"unhealthy"},{"name":"store","status":"healthy"}]}""", body);
        Assert.Contains(logs.Messages, message => message.Contains("Health check redis is Unhealthy. secret reason", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_hangs_and_ignores_cancellation_does_not_hold_the_answer()
    {
        await using var app = await StartAsync(services => services.AddSingleton<ITotalsStore, HangingStore>());
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"status":"unavailable","checks":[{"name":"store","status":"unhealthy"}]}"""),
            await ReadyAsync(app));
    }

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> configure)
    {
        var app = HostApplication.Build(new HostSettings { Urls = "http://127.0.0.1:0", Configure = builder => configure(builder.Services) });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<(HttpStatusCode Status, string Body)> ReadyAsync(WebApplication app)
    {
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private sealed class HangingStore : ITotalsStore
    {
        public async ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            throw new NotSupportedException();
        }

        public ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
