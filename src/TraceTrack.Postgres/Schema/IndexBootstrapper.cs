using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// Builds the indexes a store should have, rebuilds those whose building was interrupted, and reports on all of them. Safe on a live
/// store (nothing is locked against reading or writing) and when several processes do it at once: one works, the others wait.
/// </summary>
public sealed class IndexBootstrapper
{
    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<IndexBootstrapper> _logger;

    internal IndexBootstrapper(Database database, TimeProvider clock, ILogger<IndexBootstrapper> logger) =>
        (_database, _clock, _logger) = (database, clock, logger);

    /// <summary>Brings every index into order and takes the statistics of every table anew (ANALYZE).</summary>
    /// <param name="progress">Told in words what is being done; null for silence.</param>
    /// <param name="cancellationToken">Cancels the work. What is built stays; an index in building is left invalid, and the next run rebuilds it.</param>
    /// <returns>What was done and how the indexes stand. What could not be done is among its problems and is no exception.</returns>
    /// <exception cref="TraceTrackException"><see cref="ErrorCodes.SchemaMismatch"/>: the schema was never migrated.</exception>
    /// <exception cref="NpgsqlException">The server could not be reached.</exception>
    public async Task<IndexReport> OptimizeAsync(IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        await RunAsync(
            async (connection, token) =>
            {
                progress?.Report("Checking indexes");
                await Trigrams.InstallAsync(connection, token).ConfigureAwait(false);
                var builder = await BuildAsync(connection, progress, token).ConfigureAwait(false);
                var tables = await NamesAsync(connection, IndexSql.Tables, token).ConfigureAwait(false);
                foreach (var table in tables)
                {
                    progress?.Report($"Analyzing {table}");
                    await builder.ExecuteAsync($"ANALYZE tracetrack.{table}", token).ConfigureAwait(false);
                }

                return await ReadAsync(connection, token).ConfigureAwait(false) with
                {
                    Created = builder.Created,
                    Rebuilt = builder.Rebuilt,
                    Problems = builder.Problems,
                    AnalyzedTables = tables,
                };
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Reports how the indexes stand, and changes nothing.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Every index with its size in bytes and how often it was used; missing and invalid ones among the problems.</returns>
    /// <exception cref="TraceTrackException"><see cref="ErrorCodes.SchemaMismatch"/>: the schema was never migrated.</exception>
    /// <exception cref="NpgsqlException">The server could not be reached.</exception>
    public async Task<IndexReport> ReportAsync(CancellationToken cancellationToken = default)
    {
        var report = await _database.RunAsync(_database.Repeatable, this, static (connection, self, token) => self.ReadAsync(connection, token), cancellationToken)
            .ConfigureAwait(false);
        var names = report.Indexes.Select(index => index.Name).ToHashSet(StringComparer.Ordinal);
        return report with
        {
            Problems =
            [
                .. IndexCatalog.All.Where(index => !names.Contains(index.Name)).Select(index => $"{index.Name} on {index.Table} is missing ({index.Purpose})."),
                .. report.Indexes.Where(index => !index.IsValid).Select(index => $"{index.Name} on {index.Table} is invalid and serves no query."),
            ],
        };
    }

    /// <summary>For the start of a host: mends what is missing or invalid. One query when nothing is.</summary>
    internal async Task HealAsync(CancellationToken cancellationToken)
    {
        var needsWork = await _database.RunAsync(
            _database.Repeatable,
            this,
            static async (connection, self, token) =>
            {
                var state = await IndexState.ReadAsync(connection, self._database, token).ConfigureAwait(false);
                // Without the extension its index is no reason to work.
                return state.Invalid.Count > 0 || state.Missing.Any(index => !index.NeedsTrigrams)
                    || (state.Missing.Count > 0 && await Trigrams.SchemaAsync(connection, token).ConfigureAwait(false) is not null);
            },
            cancellationToken).ConfigureAwait(false);
        if (!needsWork)
            return;
        var problems = await RunAsync(
            async (connection, token) => (await BuildAsync(connection, progress: null, token).ConfigureAwait(false)).Problems, cancellationToken).ConfigureAwait(false);
        // The store works without, only slower.
        foreach (var problem in problems)
            Log.IndexProblem(_logger, problem);
    }

    private async ValueTask<IndexBuilder> BuildAsync(NpgsqlConnection connection, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var builder = new IndexBuilder(connection, _database, progress, _logger);
        // Read again behind the gate: another process may have done it all.
        await builder.BuildAsync(await IndexState.ReadAsync(connection, _database, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return builder;
    }

    private async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        await _database.RunAsync(
            ResiliencePipeline.Empty,
            (Self: this, Work: work),
            static async (connection, state, token) =>
            {
                var self = state.Self;
                var gate = await AdvisoryGate.EnterAsync(
                    connection, self._database.Schema.Name, () => Log.WaitingForMigration(self._logger, self._database.Schema.Name), self._clock, token)
                    .ConfigureAwait(false);
                await using var _ = gate.ConfigureAwait(false);
                await LimitsAsync(connection, IndexSql.NoLimits, token).ConfigureAwait(false);
                try
                {
                    return await state.Work(connection, token).ConfigureAwait(false);
                }
                finally
                {
                    // The connection may be the application's own, which takes it back as it was.
                    if (connection.State == System.Data.ConnectionState.Open)
                        await LimitsAsync(connection, IndexSql.UsualLimits, CancellationToken.None).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);

    private static async ValueTask LimitsAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.Command(sql);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<List<string>> NamesAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.Command(sql, Parameter(_database.Schema.Name));
        await using var _ = command.ConfigureAwait(false);
        return await command.ReadAllAsync(row => row.GetString(0), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<IndexReport> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var purposes = IndexCatalog.All.ToDictionary(index => index.Name, index => index.Purpose, StringComparer.Ordinal);
        var command = connection.Command(IndexSql.Report, Parameter(_database.Schema.Name));
        await using var _ = command.ConfigureAwait(false);
        var indexes = await command.ReadAllAsync(
            row => new IndexInfo(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetBoolean(7) ? "primary key" : purposes.GetValueOrDefault(row.GetString(1), ""),
                row.GetInt64(3),
                row.GetInt64(4),
                row.GetBoolean(5),
                row.GetBoolean(6)),
            cancellationToken).ConfigureAwait(false);
        return indexes.Count > 0
            ? new() { Indexes = indexes }
            : throw new TraceTrackException(ErrorCodes.SchemaMismatch, $"The schema {_database.Schema.Name} holds no tables of TraceTrack. Migrate first.");
    }
}
