using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraceTrack.LocalServices;

namespace GraphQLHost.EndToEnd;

/// <summary>One PostgreSQL for the tests that need a real one, and a new database for each.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static int _databases;
    private LocalPostgres? _server;

    public async ValueTask InitializeAsync() =>
        _server = await LocalPostgres.FindOrStartAsync(new LocalServicesOptions { Name = "host-test", Ephemeral = true }, NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    public async Task<string> NewDatabaseAsync()
    {
        if (_server is null)
        {
            var missing = "There is no PostgreSQL on this computer. " + LocalServicesAdvice.InstallPostgres;
            // Visibly skipped on a laptop; in CI a missing server is a failure.
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(missing);
            Assert.Skip(missing);
        }

        var name = $"host_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await using var source = NpgsqlDataSource.Create(_server.ConnectionString);
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name, MinPoolSize = 1, MaxPoolSize = 30 }.ConnectionString;
    }
}
