using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace TraceTrack.Postgres.Tests.Maintenance;

/// <summary>The host looks after the log by itself, by the application's clock.</summary>
public sealed class ScanMaintenanceTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_looks_after_the_log_a_minute_after_its_start_and_then_at_each_interval()
    {
        var schema = PostgresServer.NewSchema();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var host = Build(schema, clock, new Lines());
        try
        {
            await host.StartAsync(Stop);
            Assert.Equal(0, await PartitionsAheadAsync(schema));
            await AdvanceUntilAsync(clock, TimeSpan.FromMinutes(1), async () => await PartitionsAheadAsync(schema) == 2);
            await DropAsync(schema);
            await AdvanceUntilAsync(clock, TimeSpan.FromHours(2), async () => await PartitionsAheadAsync(schema) == 2);
            await host.StopAsync(Stop);
        }
        finally
        {
            await server.ExecuteAsync($"DROP SCHEMA IF EXISTS {schema} CASCADE");
        }
    }

    [Fact]
    public async Task What_goes_wrong_is_told_and_ends_no_host()
    {
        var schema = PostgresServer.NewSchema();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var lines = new Lines();
        using var host = Build(schema, clock, lines);
        try
        {
            await host.StartAsync(Stop);
            await server.ExecuteAsync($"ALTER TABLE {schema}.scan_receipt RENAME TO elsewhere");
            await AdvanceUntilAsync(clock, TimeSpan.FromMinutes(1), () => Task.FromResult(lines.Any(line => line.StartsWith("Warning 2023", StringComparison.Ordinal))));
            await server.ExecuteAsync($"ALTER TABLE {schema}.elsewhere RENAME TO scan_receipt");
            await DropAsync(schema);
            await AdvanceUntilAsync(clock, TimeSpan.FromHours(2), async () => await PartitionsAheadAsync(schema) == 2);
            Assert.False(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
            await host.StopAsync(Stop);
        }
        finally
        {
            await server.ExecuteAsync($"DROP SCHEMA IF EXISTS {schema} CASCADE");
        }
    }

    private IHost Build(string schema, TimeProvider clock, Lines lines)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(lines);
        builder.Services.AddSingleton(clock);
        builder.Services.AddTraceTrack().UsePostgres(server.Source, postgres =>
        {
            postgres.SchemaName = schema;
            (postgres.ScanLog.MonthsAhead, postgres.ScanLog.Interval) = (5, TimeSpan.FromHours(2));
        }).MigrateOnStartup();
        return builder.Build();
    }

    /// <summary>The pause begins some time after the one before ended, so the clock is moved on until it has been met.</summary>
    private static async Task AdvanceUntilAsync(FakeTimeProvider clock, TimeSpan step, Func<Task<bool>> isDone)
    {
        while (!await isDone())
        {
            clock.Advance(step);
            await Task.Delay(50, Stop);
        }
    }

    /// <summary>Those beyond the three that the migration makes.</summary>
    private Task<long> PartitionsAheadAsync(string schema) => server.ScalarAsync<long>($"""
        SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = '{schema}.scan'::regclass
            AND c.relname > to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '3 months', '"scan_"YYYY_MM') AND c.relname < 'scan_a'
        """);

    private Task DropAsync(string schema) => server.ExecuteAsync($$"""
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '{{schema}}' AND c.relkind = 'r'
                AND c.relname > to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '3 months', '"scan_"YYYY_MM') AND c.relname < 'scan_a'
            LOOP EXECUTE 'DROP TABLE {{schema}}.' || name; END LOOP;
        END $$
        """);

    private sealed class Lines : ConcurrentQueue<string>, ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)}");

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
