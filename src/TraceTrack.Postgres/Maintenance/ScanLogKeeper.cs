using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Polly;
using TraceTrack.Scans;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// Looks after the scan log: makes partitions ahead, detaches old months, deletes receipts that answer nothing any more. A host does it by
/// itself (<see cref="ScanLogOptions"/>); these calls are for administrators, and for processes without a host. Safe on a live store and
/// from several processes: one works, the others leave it to that one. No row of the log is ever deleted.
/// </summary>
public sealed class ScanLogKeeper
{
    private const int ReceiptsAtOnce = 5000;

    private readonly Database _database;
    private readonly ScanLogOptions _options;
    private readonly TimeSpan _replayWindow;
    private readonly ILogger<ScanLogKeeper> _logger;

    internal ScanLogKeeper(Database database, IOptions<PostgresOptions> options, IOptions<TraceTrackOptions> rules, ILogger<ScanLogKeeper> logger) =>
        (_database, _options, _replayWindow, _logger) = (database, options.Value.ScanLog, rules.Value.ReplayWindow, logger);

    /// <summary>Does what is due, by the server's time.</summary>
    /// <param name="cancellationToken">Cancels between and within the steps; what is done stays done, and nothing is half done.</param>
    /// <returns>What was done. What could not be done is among its problems and is no exception.</returns>
    /// <exception cref="TraceTrackException"><see cref="ErrorCodes.SchemaMismatch"/>: the schema was never migrated.</exception>
    /// <exception cref="NpgsqlException">The server could not be reached.</exception>
    public ValueTask<ScanLogReport> MaintainAsync(CancellationToken cancellationToken = default) => RunAsync(
        this, static (connection, self, token) => self.MaintainAsync(connection, token), new ScanLogReport { IsSkipped = true }, cancellationToken);

    /// <summary>Detaches one month now, whatever the options say.</summary>
    /// <param name="month">Any day of the month. What is scanned later in one that has not passed goes to the default partition, which keeps it: such a month has no partition of its own any more.</param>
    /// <param name="cancellationToken">Cancels the work; nothing is then changed.</param>
    /// <returns>The table that holds the month now; null when it has no partition.</returns>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.StoreBusy"/>: long work uses the log, or another process looks after it; try again later.</exception>
    /// <exception cref="NpgsqlException">The server could not be reached, or refused.</exception>
    public async ValueTask<ArchivedMonth?> DetachAsync(DateOnly month, CancellationToken cancellationToken = default)
    {
        var first = new DateOnly(month.Year, month.Month, 1);
        var (isSkipped, archived) = await RunAsync(
            (Self: this, first),
            static async (connection, args, token) =>
            {
                var months = await ScanPartitions.MonthsAsync(connection, args.Self._database, token).ConfigureAwait(false);
                return (false, months.Contains(args.first) ? await args.Self.DetachAsync(connection, args.first, token).ConfigureAwait(false) : null);
            },
            (true, null),
            cancellationToken).ConfigureAwait(false);
        return isSkipped
            ? throw new ConflictException(ErrorCodes.StoreBusy, "Another process works on the schema or the scan log; try again later.")
            : archived;
    }

    /// <summary>
    /// After a dump was restored into another server, before applications start: the rows take their place at the beginning of the feed, in
    /// their order. Positions that readers kept are void then. Rewrites the log when it has to.
    /// </summary>
    /// <param name="cancellationToken">Cancels the work; nothing is then changed.</param>
    /// <returns>Rows rewritten; 0 when all are this server's own.</returns>
    /// <exception cref="NpgsqlException">The server could not be reached.</exception>
    public ValueTask<long> RebaseFeedAsync(CancellationToken cancellationToken = default) => _database.RunAsync(
        ResiliencePipeline.Empty,
        this,
        static async (connection, self, token) => await self.HasForeignRowsAsync(connection, token).ConfigureAwait(false)
            ? await self.ExecuteAsync(connection, ScanLogSql.Rebase, token).ConfigureAwait(false)
            : 0L,
        cancellationToken);

    private async ValueTask<ScanLogReport> MaintainAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var now = await NowAsync(connection, cancellationToken).ConfigureAwait(false);
        var created = await ScanPartitions.EnsureAsync(
            connection, _database.Schema, now, _options.MonthsAhead, _logger, problems, cancellationToken).ConfigureAwait(false);
        var due = await DueAsync(connection, now, cancellationToken).ConfigureAwait(false);
        var detached = new List<ArchivedMonth>();
        foreach (var month in _options.DetachArchived ? due : [])
        {
            try
            {
                detached.Add(await DetachAsync(connection, month, cancellationToken).ConfigureAwait(false));
            }
            catch (PostgresException error) when (ScanPartitions.IsRefused(error))
            {
                problems.Add($"The month {month:yyyy-MM} could not be detached: {error.MessageText}");
            }
        }

        // What a device that is ahead has sent may come again for as much longer.
        var pruned = await PruneAsync(connection, now - _replayWindow - RecordScan.MaxClockLead, cancellationToken).ConfigureAwait(false);
        if (await HasForeignRowsAsync(connection, cancellationToken).ConfigureAwait(false))
            problems.Add("The log holds rows of another server, as a restored dump does; readers of the feed do not see them. Call RebaseFeedAsync.");
        return new()
        {
            CreatedPartitions = created,
            DetachedMonths = detached,
            DueMonths = [.. due.Except(detached.Select(archived => archived.Month))],
            PrunedReceipts = pruned,
            Problems = problems,
        };
    }

    private async ValueTask<IReadOnlyList<DateOnly>> DueAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_options.RetentionMonths is not { } months)
            return [];
        var first = new DateOnly(now.UtcDateTime.Year, now.UtcDateTime.Month, 1).AddMonths(-months);
        return [.. (await ScanPartitions.MonthsAsync(connection, _database, cancellationToken).ConfigureAwait(false)).Where(month => month < first).Order()];
    }

    private async ValueTask<ArchivedMonth> DetachAsync(NpgsqlConnection connection, DateOnly month, CancellationToken cancellationToken)
    {
        var archived = await new ScanArchive(connection, _database).DetachAsync(month, cancellationToken).ConfigureAwait(false);
        Log.Detached(_logger, archived.Table, archived.Rows);
        return archived;
    }

    private async ValueTask<long> PruneAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var pruned = 0L;
        for (var batch = ReceiptsAtOnce; batch == ReceiptsAtOnce; pruned += batch)
        {
            batch = await ExecuteAsync(connection, ScanLogSql.PruneReceipts, cancellationToken, Parameter(before), Parameter((long)ReceiptsAtOnce))
                .ConfigureAwait(false);
        }

        if (pruned > 0)
            Log.Pruned(_logger, pruned);
        return pruned;
    }

    private async ValueTask<T> RunAsync<T, TState>(
        TState state, Func<NpgsqlConnection, TState, CancellationToken, ValueTask<T>> work, T skipped, CancellationToken cancellationToken) =>
        await _database.RunAsync(
            ResiliencePipeline.Empty,
            (Self: this, state, work, skipped),
            static async (connection, args, token) =>
            {
                var gate = await AdvisoryGate.TryEnterAsync(connection, args.Self._database.Schema.Name, token).ConfigureAwait(false);
                if (gate is null)
                    return args.skipped;
                await using var _ = gate.ConfigureAwait(false);
                await args.Self.ExecuteAsync(connection, ScanLogSql.ShortWaits, token).ConfigureAwait(false);
                try
                {
                    return await args.work(connection, args.state, token).ConfigureAwait(false);
                }
                finally
                {
                    // The connection may be the application's own, which takes it back as it was.
                    if (connection.State == System.Data.ConnectionState.Open)
                        await args.Self.ExecuteAsync(connection, IndexSql.UsualLimits, CancellationToken.None).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);

    private static async ValueTask<DateTimeOffset> NowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.Command(ScanLogSql.Now);
        await using var _ = command.ConfigureAwait(false);
        return (await command.ReadAllAsync(row => row.GetFieldValue<DateTimeOffset>(0), cancellationToken).ConfigureAwait(false))[0];
    }

    private async ValueTask<bool> HasForeignRowsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.Command(_database.Sql(ScanLogSql.HasForeignRows));
        await using var _ = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private async ValueTask<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = connection.Command(_database.Sql(sql), parameters);
        await using var _ = command.ConfigureAwait(false);
        command.CommandTimeout = 0;
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
