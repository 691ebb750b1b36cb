using Microsoft.Extensions.Logging;
using Npgsql;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>Keeps the indexes as the library wants them: builds what is missing, rebuilds what was left invalid, and reports size and use.</summary>
public sealed class IndexBootstrapper
{
    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<IndexBootstrapper> _logger;

    internal IndexBootstrapper(Database database, TimeProvider clock, ILogger<IndexBootstrapper> logger) =>
        (_database, _clock, _logger) = (database, clock, logger);

    /// <summary>
    /// Builds missing indexes and rebuilds invalid ones without holding off writers (CREATE INDEX CONCURRENTLY; partition by partition for
    /// the scan log), then runs ANALYZE on every table. Safe on live tables and when several processes run it at once.
    /// </summary>
    /// <param name="progress">Told what is being done, a line each; null for silence.</param>
    /// <param name="cancellationToken">Cancels between and within steps; what was left invalid is rebuilt by the next run.</param>
    /// <returns>The indexes as they stand then.</returns>
    /// <exception cref="NpgsqlException">The server could not be reached, or refused.</exception>
    public async Task<IndexReport> OptimizeAsync(IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        await MendAsync(progress, analyze: true, cancellationToken).ConfigureAwait(false);
        return await ReportAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the indexes and their use; changes nothing.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Every index of the schema, and the names of those missing.</returns>
    /// <exception cref="NpgsqlException">The server could not be reached, or refused.</exception>
    public async Task<IndexReport> ReportAsync(CancellationToken cancellationToken = default)
    {
        var connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        return await ReadAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Mends the indexes when a start finds some missing or invalid, as an interrupted build leaves them.</summary>
    internal async Task HealAsync(CancellationToken cancellationToken)
    {
        var report = await ReportAsync(cancellationToken).ConfigureAwait(false);
        if (report.Missing.Count > 0 || report.Indexes.Any(index => !index.IsValid))
            await MendAsync(progress: null, analyze: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task MendAsync(IProgress<string>? progress, bool analyze, CancellationToken cancellationToken)
    {
        var connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var gate = await AdvisoryGate.EnterAsync(
            connection, _database.Schema.Name, () => Log.WaitingForMigration(_logger, _database.Schema.Name), _clock, cancellationToken).ConfigureAwait(false);
        await using var __ = gate.ConfigureAwait(false);
        var builder = new IndexBuilder(connection, _database.Schema, line =>
        {
            Log.BuildingIndex(_logger, line);
            progress?.Report(line);
        });
        var trigrams = await Trigrams.InstallAsync(connection, cancellationToken).ConfigureAwait(false);
        var tables = await connection.Command(IndexSql.Tables, Parameter(_database.Schema.Name))
            .ReadAllAsync(static row => (Name: row.GetString(0), IsPartitioned: row.GetBoolean(1)), cancellationToken).ConfigureAwait(false);
        var standing = await ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        foreach (var index in IndexCatalog.All.Where(index => trigrams is not null || !index.NeedsTrigrams))
        {
            var statement = trigrams is null
                ? index.Statement
                : index.Statement.Replace(IndexCatalog.TrigramOperators, trigrams + "." + IndexCatalog.TrigramOperators, StringComparison.Ordinal);
            var now = standing.Indexes.FirstOrDefault(candidate => candidate.Name == index.Name);
            if (tables.Contains((index.Table, true)))
                await builder.MendPartitionedAsync(index, statement, now is null, cancellationToken).ConfigureAwait(false);
            else if (now is null or { IsValid: false })
                await builder.BuildAsync(index.Name, index.Table, statement, now is not null, cancellationToken).ConfigureAwait(false);
        }

        if (!analyze)
            return;
        foreach (var (table, _) in tables)
        {
            progress?.Report($"Analysing {table}");
            await builder.ExecuteAsync($"ANALYZE tracetrack.{table}", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IndexReport> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var purposes = IndexCatalog.All.ToDictionary(index => index.Name, index => index.Purpose, StringComparer.Ordinal);
        var hasTrigrams = await Trigrams.SchemaAsync(connection, cancellationToken).ConfigureAwait(false) is not null;
        var command = connection.Command(IndexSql.Report, Parameter(_database.Schema.Name));
        await using var _ = command.ConfigureAwait(false);
        var indexes = await command.ReadAllAsync(
            row => new IndexInfo(
                row.GetString(0), row.GetString(1), row.GetString(2), purposes.GetValueOrDefault(row.GetString(1), ""),
                row.GetInt64(3), row.GetInt64(4), row.GetBoolean(5), row.GetBoolean(6)),
            cancellationToken).ConfigureAwait(false);
        var names = indexes.Select(index => index.Name).ToHashSet(StringComparer.Ordinal);
        return new(indexes, [.. IndexCatalog.All
            .Where(index => !names.Contains(index.Name) && (hasTrigrams || !index.NeedsTrigrams)).Select(index => index.Name)]);
    }
}
