using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraceTrack.LocalServices;

namespace TraceTrack.Packages.Tests;

/// <summary>One PostgreSQL for all tests of the assembly, and a new database for each run of a program.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static int _databases;
    private LocalPostgres? _server;

    public async ValueTask InitializeAsync() =>
        _server = await LocalPostgres.FindOrStartAsync(new LocalServicesOptions { Name = "test", Ephemeral = true }, NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>Runs a program with the connection string of an empty database, which is dropped afterwards.</summary>
    public async Task WithDatabaseAsync(Func<string, Task> run)
    {
        if (_server is null)
        {
            var missing = "There is no PostgreSQL on this computer. " + LocalServicesAdvice.InstallPostgres;
            // Visibly skipped on a laptop; in CI a missing server is a failure.
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(missing);
            Assert.Skip(missing);
        }

        var name = $"packages_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("CREATE DATABASE " + name);
        try
        {
            await run(new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name, MinPoolSize = 1 }.ConnectionString);
        }
        finally
        {
            await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_server!.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
