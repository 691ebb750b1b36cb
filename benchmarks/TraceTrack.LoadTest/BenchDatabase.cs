using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack.Postgres;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack.LoadTest;

/// <summary>A database of its own with the library's schema, dropped at the end.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _server;

    private BenchDatabase(string server, string name)
    {
        (_server, Name) = (server, name);
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, CommandTimeout = 0 }.ConnectionString;
        Source = NpgsqlDataSource.Create(ConnectionString);
        // By connection string, as an application does: then the pool is the library's own.
        _services = new ServiceCollection().AddTraceTrack().UsePostgres(ConnectionString).Services.BuildServiceProvider();
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public ITraceTrack TraceTrack => _services.GetRequiredService<ITraceTrack>();

    public ITracker Tracker => TraceTrack.As(Actor.System);

    public ValueTask<TraceTrackTotals> TotalsAsync(CancellationToken cancellation) => Tracker.Totals.GetAsync(cancellation);

    public static async Task<BenchDatabase> CreateAsync(string server, CancellationToken cancellation)
    {
        var database = await CreateAsync(server, "", cancellation);
        await database._services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellation);
        return database;
    }

    /// <summary>A copy of another one, file by file, so that each subject begins with the same pages.</summary>
    public async Task<BenchDatabase> CopyAsync(CancellationToken cancellation)
    {
        // Nobody may be connected to what is copied.
        NpgsqlConnection.ClearPool(Source.CreateConnection());
        await using var idle = NpgsqlDataSource.Create(_server);
        await ExecuteAsync(idle, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}'", cancellation);
        return await CreateAsync(_server, $" TEMPLATE {Name} STRATEGY FILE_COPY", cancellation);
    }

    public Task ExecuteAsync(string sql, CancellationToken cancellation) => ExecuteAsync(Source, sql, cancellation);

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellation)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Source.DisposeAsync();
        await using var source = NpgsqlDataSource.Create(_server);
        await ExecuteAsync(source, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", CancellationToken.None);
    }

    private static async Task<BenchDatabase> CreateAsync(string server, string how, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{Environment.ProcessId}_{Stopwatch.GetTimestamp()}");
        await using (var source = NpgsqlDataSource.Create(server))
        {
            await ExecuteAsync(source, $"CREATE DATABASE {name}{how}", cancellation);
            await using var version = source.CreateCommand("SHOW server_version");
            Machine.Postgres ??= (string?)await version.ExecuteScalarAsync(cancellation);
        }

        return new(server, name);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
