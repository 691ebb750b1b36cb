using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack.Postgres;
using TraceTrack.Users;

namespace TraceTrack.LoadTest;

/// <summary>A database of its own with the library's schema, dropped at the end.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly NpgsqlDataSource _source;
    private readonly string _server;

    private BenchDatabase(string server, string name)
    {
        (_server, Name) = (server, name);
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { CommandTimeout = 0 }.ConnectionString);
        // By connection string, as an application does: then the pool is the library's own.
        _services = new ServiceCollection().AddTraceTrack().UsePostgres(connection).Services.BuildServiceProvider();
    }

    public string Name { get; }

    public ITraceTrack TraceTrack => _services.GetRequiredService<ITraceTrack>();

    public ITracker System => TraceTrack.As(Actor.System);

    public static async Task<BenchDatabase> CreateAsync(string server, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{Environment.ProcessId}_{Stopwatch.GetTimestamp()}");
        await using (var source = NpgsqlDataSource.Create(server))
            await ExecuteAsync(source, $"CREATE DATABASE {name}", cancellation);
        var database = new BenchDatabase(server, name);
        await database._services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellation);
        return database;
    }

    public Task ExecuteAsync(string sql, CancellationToken cancellation) => ExecuteAsync(_source, sql, cancellation);

    public async Task<T> ReadAsync<T>(string sql, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <exception cref="InvalidOperationException">The two differ: a figure of work that was not done is none.</exception>
    public static void Check(long found, long expected, string what)
    {
        if (found != expected)
            throw new InvalidOperationException($"The work was not done: {found:N0} {what}, {expected:N0} expected.");
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _source.DisposeAsync();
        await using var source = NpgsqlDataSource.Create(_server);
        await ExecuteAsync(source, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", CancellationToken.None);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
