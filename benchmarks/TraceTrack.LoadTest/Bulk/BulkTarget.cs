using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack.DemoData;
using TraceTrack.Postgres;
using TraceTrack.Users;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>A database of its own for one round: the library's schema, and a bare table of the same shape for the floor.</summary>
internal sealed class BulkTarget : IAsyncDisposable
{
    private const string Bare = "bare.bag";
    private readonly ServiceProvider _services;
    private readonly NpgsqlDataSource _source;
    private readonly string _server;
    private readonly string _database;
    private readonly DemoWarehouse _warehouse;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracetrack-bench-");
    private IReadOnlyList<string> _indexes = [];

    private BulkTarget(string server, string database, int rows)
    {
        _server = server;
        _database = database;
        _warehouse = new(rows);
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Database = database, CommandTimeout = 0 }.ConnectionString);
        _services = new ServiceCollection().AddTraceTrack().UsePostgres(_source).Services.BuildServiceProvider();
    }

    private string BinaryFile => Path.Combine(_folder.FullName, "rows.bin");

    private string RowsFile => Path.Combine(_folder.FullName, "rows.txt");

    public static async Task<BulkTarget> CreateAsync(string server, int rows, CancellationToken cancellation)
    {
        var database = string.Create(CultureInfo.InvariantCulture, $"bulk_{Environment.ProcessId}_{Stopwatch.GetTimestamp()}");
        await using (var source = NpgsqlDataSource.Create(server))
            await ExecuteAsync(source, $"CREATE DATABASE {database}", cancellation);
        var target = new BulkTarget(server, database, rows);
        await target._services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellation);
        return target;
    }

    /// <summary>Imports through the library, and checks every row, link, total and index before the time counts.</summary>
    public async Task<TimeSpan> ImportAsync(CancellationToken cancellation)
    {
        var system = _services.GetRequiredService<ITraceTrack>().As(Actor.System);
        await ExecuteAsync(_source, "CHECKPOINT", cancellation);
        var started = Stopwatch.GetTimestamp();
        var report = await system.Imports.ImportAsync(_warehouse.RowsAsync(), new(), cancellationToken: cancellation);
        var elapsed = Stopwatch.GetElapsedTime(started);
        Check(report.Parents + report.Children, _warehouse.Bags, "rows in the report");
        Check((await system.Totals.GetAsync(cancellation)).Bags, _warehouse.Bags, "bags in the totals");
        _indexes = await IndexesAsync(cancellation);
        await CheckTableAsync("tracetrack.bag", cancellation);
        return elapsed;
    }

    /// <summary>
    /// psql copies the finished rows, in the binary form, which it reads fastest, into the bare table and builds the same indexes with the
    /// memory the importer takes for them. No ANALYZE, though the import does one.
    /// </summary>
    public async Task<TimeSpan> CopyByPsqlAsync(Psql psql, CancellationToken cancellation)
    {
        await psql.RunAsync(_database, [$@"\copy tracetrack.bag TO '{BinaryFile}' WITH (FORMAT binary)"], cancellation);
        await MakeBareTableAsync(cancellation);
        await ExecuteAsync(_source, "CHECKPOINT", cancellation);
        var started = Stopwatch.GetTimestamp();
        await psql.RunAsync(
            _database,
            ["SET maintenance_work_mem = '256MB'", $@"\copy {Bare} FROM '{BinaryFile}' WITH (FORMAT binary)", .. _indexes],
            cancellation);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await CheckTableAsync(Bare, cancellation);
        return elapsed;
    }

    /// <summary>The report's technique: ten connections copy at once into a table whose indexes are in place.</summary>
    public async Task<TimeSpan> CopyByTenConnectionsAsync(Psql psql, CancellationToken cancellation)
    {
        await MakeBareTableAsync(cancellation);
        foreach (var index in _indexes)
            await ExecuteAsync(_source, index, cancellation);
        await psql.RunAsync(_database, [$@"\copy tracetrack.bag TO '{RowsFile}'"], cancellation);
        var parts = await SplitAsync(10, cancellation);
        await ExecuteAsync(_source, "CHECKPOINT", cancellation);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(parts.Select(part => psql.RunAsync(_database, [$@"\copy {Bare} FROM '{part}'"], cancellation)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        await CheckTableAsync(Bare, cancellation);
        return elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _source.DisposeAsync();
        _folder.Delete(recursive: true);
        await using var source = NpgsqlDataSource.Create(_server);
        await ExecuteAsync(source, $"DROP DATABASE IF EXISTS {_database} WITH (FORCE)", CancellationToken.None);
    }

    private async Task MakeBareTableAsync(CancellationToken cancellation)
    {
        await ExecuteAsync(_source, $"DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare; CREATE TABLE {Bare} (LIKE tracetrack.bag) WITH (fillfactor = 90)", cancellation);
    }

    private async Task<IReadOnlyList<string>> IndexesAsync(CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand("SELECT indexdef FROM pg_indexes WHERE schemaname = 'tracetrack' AND tablename = 'bag' ORDER BY indexname");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var indexes = new List<string>();
        while (await reader.ReadAsync(cancellation))
            indexes.Add(reader.GetString(0).Replace("tracetrack.bag", Bare, StringComparison.Ordinal));
        return indexes;
    }

    private async Task CheckTableAsync(string table, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand($"""
            SELECT count(*), count(parent_id), sum(child_count)::bigint,
                (SELECT count(*) FROM pg_index WHERE indrelid = '{table}'::regclass AND indisvalid)
            FROM {table}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        Check(reader.GetInt64(0), _warehouse.Bags, $"rows in {table}");
        Check(reader.GetInt64(1), _warehouse.LinkedChildren, $"linked children in {table}");
        Check(reader.GetInt64(2), _warehouse.LinkedChildren, $"children counted by the parents in {table}");
        Check(reader.GetInt64(3), _indexes.Count, $"valid indexes on {table}");
    }

    private async Task<IReadOnlyList<string>> SplitAsync(int parts, CancellationToken cancellation)
    {
        var lines = await File.ReadAllLinesAsync(RowsFile, cancellation);
        var files = new List<string>();
        foreach (var chunk in lines.Chunk((lines.Length + parts - 1) / parts))
        {
            files.Add(Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"part{files.Count}.txt")));
            await File.WriteAllLinesAsync(files[^1], chunk, cancellation);
        }

        return files;
    }

    private static void Check(long found, long expected, string what)
    {
        if (found != expected)
            throw new InvalidOperationException($"The work was not done: {found:N0} {what}, {expected:N0} expected.");
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
