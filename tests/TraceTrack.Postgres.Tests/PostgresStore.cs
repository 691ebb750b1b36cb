using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace TraceTrack.Postgres.Tests;

/// <summary>A store in a schema of its own, dropped at the end.</summary>
public sealed class PostgresStore : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private PostgresStore(PostgresServer server, string schema, ServiceProvider services) => (_server, Schema, Services) = (server, schema, services);

    public string Schema { get; }

    public ServiceProvider Services { get; }

    public ITraceTrack TraceTrack => Services.GetRequiredService<ITraceTrack>();

    public static async Task<PostgresStore> CreateAsync(
        PostgresServer server, Action<TraceTrackOptions>? options = null, TimeProvider? clock = null, bool migrate = true,
        NpgsqlDataSource? source = null, IMeterFactory? meters = null, Action<PostgresOptions>? postgres = null)
    {
        var schema = PostgresServer.NewSchema();
        var services = new ServiceCollection();
        if (clock is not null)
            services.AddSingleton(clock);
        if (meters is not null)
            services.AddSingleton(meters);
        services.AddTraceTrack(options).UsePostgres(source ?? server.Source, o =>
        {
            o.SchemaName = schema;
            postgres?.Invoke(o);
        });
        var provider = services.BuildServiceProvider();
        if (migrate)
            await provider.GetRequiredService<SchemaMigrator>().MigrateAsync();
        return new(server, schema, provider);
    }

    /// <summary>Whether a scan waits just now for a bag that somebody else has locked.</summary>
    public async Task<bool> WaitsForBagAsync() => await ScalarAsync<long>(
        $"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%{Schema}.bag%FOR NO KEY UPDATE%'") > 0;

    public Task ExecuteAsync(string sql) => _server.ExecuteAsync(sql.Replace("tracetrack.", Schema + ".", StringComparison.Ordinal));

    public Task<T?> ScalarAsync<T>(string sql) => _server.ScalarAsync<T>(sql.Replace("tracetrack.", Schema + ".", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await _server.ExecuteAsync($"DROP SCHEMA IF EXISTS {Schema} CASCADE");
    }
}
