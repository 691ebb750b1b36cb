using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraceTrack.LocalServices;

namespace TraceTrack.Console.Tests.Support;

/// <summary>A PostgreSQL for the walk that needs a real one; not started before it is asked for.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private LocalPostgres? _server;

    public async Task<string> NewDatabaseAsync()
    {
        _server = await LocalPostgres.FindOrStartAsync(new LocalServicesOptions { Name = "console-test", Ephemeral = true }, NullLogger.Instance);
        if (_server is null)
        {
            var missing = "There is no PostgreSQL on this computer. " + LocalServicesAdvice.InstallPostgres;
            // Visibly skipped on a laptop; in CI a missing server is a failure.
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(missing);
            Assert.Skip(missing);
        }

        var name = $"console_test_{Environment.ProcessId}";
        await using var source = NpgsqlDataSource.Create(_server.ConnectionString);
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
