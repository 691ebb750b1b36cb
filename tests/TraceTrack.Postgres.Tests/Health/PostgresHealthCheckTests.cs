using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceTrack.Postgres.Tests.Health;

public sealed class PostgresHealthCheckTests(PostgresServer server)
{
    [Fact]
    public async Task A_migrated_store_is_healthy_and_tells_its_version()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var (status, entry) = await CheckAsync(store.Services);
        Assert.Equal(HealthStatus.Healthy, status);
        Assert.Equal(
            new Dictionary<string, object> { ["schema"] = store.Schema, ["schema_version"] = Migration.Newest, ["pending_migrations"] = 0 },
            entry.Data);
    }

    [Fact]
    public async Task Missing_migrations_are_a_failure_since_queries_would_fail()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync($"DELETE FROM tracetrack.migration WHERE version = {Migration.Newest}");
        var (status, entry) = await CheckAsync(store.Services);
        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.Equal(1, entry.Data["pending_migrations"]);
        Assert.Contains("Migrate first", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_was_never_migrated_is_a_failure_that_says_so()
    {
        await using var store = await PostgresStore.CreateAsync(server, migrate: false);
        var (status, entry) = await CheckAsync(store.Services);
        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.Equal(Migration.All.Count, entry.Data["pending_migrations"]);
        Assert.Contains("Migrate first", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_a_newer_host_migrated_is_degraded()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("INSERT INTO tracetrack.migration (version, name, checksum) VALUES (999, 'later', 'x')");
        var (status, entry) = await CheckAsync(store.Services);
        Assert.Equal(HealthStatus.Degraded, status);
        Assert.Contains("newer", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_a_failure_of_the_chosen_kind()
    {
        // Nothing listens on port 1.
        await using var services = new ServiceCollection().AddTraceTrack().UsePostgres("Host=127.0.0.1;Port=1;Password=s3cret").Services
            .AddLogging().AddHealthChecks().AddTraceTrackPostgres("db", HealthStatus.Degraded, ["storage"]).Services.BuildServiceProvider();
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("storage"), TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        var entry = report.Entries["db"];
        Assert.Equal("PostgreSQL does not answer.", entry.Description);
        Assert.DoesNotContain("s3cret", entry.Exception!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_does_not_hold_the_check_beyond_its_timeout()
    {
        // A listener that accepts and never says a word.
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        await using var services = new ServiceCollection().AddTraceTrack().UsePostgres($"Host=127.0.0.1;Port={port};Timeout=300").Services
            .AddLogging().AddHealthChecks().AddTraceTrackPostgres(timeout: TimeSpan.FromMilliseconds(100)).Services.BuildServiceProvider();
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Contains("timeout", report.Entries["tracetrack-postgres"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_UsePostgres_the_check_says_what_is_missing()
    {
        await using var services = new ServiceCollection().AddTraceTrack().UseInMemory().Services
            .AddLogging().AddHealthChecks().AddTraceTrackPostgres().Services.BuildServiceProvider();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken));
        Assert.Contains("UsePostgres", error.Message, StringComparison.Ordinal);
    }

    private static async Task<(HealthStatus Status, HealthReportEntry Entry)> CheckAsync(IServiceProvider store)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(store.GetRequiredService<Database>())
            .AddHealthChecks().AddTraceTrackPostgres().Services.BuildServiceProvider();
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        return (report.Status, report.Entries["tracetrack-postgres"]);
    }
}
