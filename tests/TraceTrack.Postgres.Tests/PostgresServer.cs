using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraceTrack.LocalServices;

namespace TraceTrack.Postgres.Tests;

/// <summary>One PostgreSQL for all tests of the assembly, and a new schema for each store.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static int _schemas;
    private LocalPostgres? _server;
    private NpgsqlDataSource? _source;

    public string ConnectionString
    {
        get
        {
            if (_server is null)
            {
                var missing = "There is no PostgreSQL on this computer. " + LocalServicesAdvice.InstallPostgres;
                // Visibly skipped on a laptop; in CI a missing server is a failure.
                if (Environment.GetEnvironmentVariable("CI") == "true")
                    Assert.Fail(missing);
                Assert.Skip(missing);
            }

            return _server.ConnectionString;
        }
    }

    public string? BinaryFolder => _server?.BinaryFolder;

    public NpgsqlDataSource Source => _source ??= new NpgsqlDataSourceBuilder(
        new NpgsqlConnectionStringBuilder(ConnectionString) { MaxPoolSize = 100, MaxAutoPrepare = 50, IncludeErrorDetail = true }.ConnectionString).Build();

    public static string NewSchema() => $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _schemas)}";

    public async ValueTask InitializeAsync() =>
        _server = await LocalPostgres.FindOrStartAsync(new LocalServicesOptions { Name = "test", Ephemeral = true }, NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }
}
