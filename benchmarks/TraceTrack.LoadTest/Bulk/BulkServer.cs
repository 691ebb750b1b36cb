using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TraceTrack.LocalServices;
using TraceTrack.Postgres;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>The server of the benchmark, the model of the schema on it, and psql.</summary>
internal sealed class BulkServer : IAsyncDisposable
{
    /// <summary>A migrated, empty schema: where tables and indexes are copied from.</summary>
    public const string Model = "bench_model";

    private readonly LocalPostgres _postgres;
    private readonly string _psql;

    private BulkServer(LocalPostgres postgres, string psql)
    {
        (_postgres, _psql) = (postgres, psql);
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { MaxPoolSize = 20, CommandTimeout = 0 });
    }

    public NpgsqlDataSource Source { get; }

    public string Description => _postgres.Description;

    public static async Task<BulkServer> StartAsync(CancellationToken cancellationToken)
    {
        var postgres = await LocalPostgres.FindOrStartAsync(new LocalServicesOptions { Name = "bench" }, NullLogger.Instance, cancellationToken)
            ?? throw new LocalServiceException("There is no PostgreSQL on this computer. " + LocalServicesAdvice.InstallPostgres);
        var psql = postgres.BinaryFolder is { } folder ? Path.Combine(folder, OperatingSystem.IsWindows() ? "psql.exe" : "psql") : "psql";
        var server = new BulkServer(postgres, psql);
        await server.DropAllAsync(cancellationToken);
        var services = new ServiceCollection();
        services.AddTraceTrack().UsePostgres(server.Source, options => options.SchemaName = Model);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
        return server;
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<T[]> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return [.. rows];
    }

    /// <summary>The statements that give a schema's bare table every index of the model.</summary>
    public async Task<string[]> IndexesAsync(string schema, CancellationToken cancellationToken)
    {
        var definitions = await ReadAsync(
            $"SELECT pg_get_indexdef(indexrelid), indisprimary FROM pg_index WHERE indrelid = '{Model}.bag'::regclass",
            row => row.GetBoolean(1) ? $"ALTER TABLE {Model}.bag ADD PRIMARY KEY (id)" : row.GetString(0),
            cancellationToken);
        return [.. definitions.Select(definition => definition.Replace(Model + ".", schema + ".", StringComparison.Ordinal))];
    }

    /// <summary>Every subject starts with nothing left to write from the one before.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => ExecuteAsync("CHECKPOINT", cancellationToken);

    public Task DropAsync(string schema, CancellationToken cancellationToken) => ExecuteAsync($"DROP SCHEMA IF EXISTS {schema} CASCADE", cancellationToken);

    /// <returns>What it printed, a line each.</returns>
    public async Task<string[]> PsqlAsync(IEnumerable<string> commands, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString);
        var start = new ProcessStartInfo(_psql, ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", .. commands.SelectMany(command => new[] { "-c", command })])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = settings.Host, ["PGPORT"] = settings.Port.ToString(), ["PGUSER"] = settings.Username,
                ["PGPASSWORD"] = settings.Password, ["PGDATABASE"] = settings.Database, ["PGCLIENTENCODING"] = "UTF8",
            },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("psql did not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }

        return process.ExitCode == 0
            ? (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"psql failed: {await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        await DropAllAsync(CancellationToken.None);
        await Source.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private async Task DropAllAsync(CancellationToken cancellationToken)
    {
        foreach (var schema in await ReadAsync(@"SELECT nspname FROM pg_namespace WHERE nspname LIKE 'bench\_%'", row => row.GetString(0), cancellationToken))
            await DropAsync(schema, cancellationToken);
    }
}
