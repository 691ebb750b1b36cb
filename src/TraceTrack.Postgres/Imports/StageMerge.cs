using System.Globalization;
using Npgsql;
using TraceTrack.Imports;
using TraceTrack.Totals;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// The transaction of a staged import: locks, one pass that decides every row, and then (unless it is a dry run, or a rejected row rolls all back)
/// the statements that write what was decided. Results and report are written in any case.
/// </summary>
/// <param name="import">The transaction.</param>
/// <param name="stage">The rows.</param>
/// <param name="capacity">The most children of a parent.</param>
/// <param name="options">How to import.</param>
/// <param name="watch">The rows read, and whom to tell.</param>
/// <param name="reason">Why this path was taken, for the report.</param>
internal sealed class StageMerge(ImportTransaction import, ImportStage stage, int capacity, ImportOptions options, ImportWatch watch, string reason)
{
    /// <summary>Where a dry run's new bags have their ids, so that none is a stored bag's: those are above 0.</summary>
    private const long BelowAllIds = long.MinValue;

    private readonly short _mode = (short)options.OnExisting;
    private bool _changesParents;

    public async ValueTask<ImportReport> RunAsync(CancellationToken cancellationToken)
    {
        watch.Report(ImportPhase.Checking);
        await ExecuteAsync(StagedImportSql.Settings, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(StageSql.Analyze, cancellationToken).ConfigureAwait(false);
        if (!options.DryRun)
        {
            await new StageLocks(import, options.OnExisting).TakeAsync(cancellationToken).ConfigureAwait(false);
            // Asked again under the lock: the same import may have run in between.
            if (await import.FindEarlierAsync(cancellationToken).ConfigureAwait(false) is { } same)
                return same;
        }

        var (version, firstId) = await DrawAsync(cancellationToken).ConfigureAwait(false);
        await DecideAsync(firstId, cancellationToken).ConfigureAwait(false);
        var report = await CountAsync(cancellationToken).ConfigureAwait(false);
        if (report is { IsDryRun: false, IsRolledBack: false })
        {
            watch.Report(ImportPhase.Indexing);
            await WriteAsync(report, version, firstId, cancellationToken).ConfigureAwait(false);
        }

        var kept = await import.CommitAsync(report with { Elapsed = watch.Elapsed }, cancellationToken).ConfigureAwait(false);
        if (!kept.IsReplay)
            watch.Report(ImportPhase.Done);
        return kept;
    }

    private async ValueTask<(long Version, long FirstId)> DrawAsync(CancellationToken cancellationToken)
    {
        // A dry run writes no bag, and draws nothing.
        if (options.DryRun)
            return (0, BelowAllIds);
        var command = import.Command(StagedImportSql.Draw);
        await using var _ = command.ConfigureAwait(false);
        var rows = await command.ReadAllAsync(
            row => (Time: row.GetFieldValue<DateTimeOffset>(0), Version: row.GetInt64(1), FirstId: row.GetInt64(2)), cancellationToken).ConfigureAwait(false);
        import.Time = rows[0].Time;
        return (rows[0].Version, rows[0].FirstId);
    }

    private async ValueTask DecideAsync(long firstId, CancellationToken cancellationToken)
    {
        await ExecuteAsync(StageSql.CreatePlan, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(StagedImportSql.PreferIndexes, cancellationToken, Parameter(watch.Rows)).ConfigureAwait(false);
        await ExecuteAsync(
            StagedImportSql.FindPlaces, cancellationToken, Parameter(_mode), Parameter(capacity), Parameter(firstId)).ConfigureAwait(false);
        await ExecuteAsync(StageSql.AnalyzePlaces, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            options.OnExisting == OnExisting.Update ? StagedImportSql.DecideAll : StagedImportSql.DecideNew, cancellationToken,
            Parameter(_mode), Parameter(firstId)).ConfigureAwait(false);
        await ExecuteAsync(StageSql.AnalyzePlan, cancellationToken).ConfigureAwait(false);
        await CountNewcomersAsync(cancellationToken).ConfigureAwait(false);
        (var isTooMuch, _changesParents) = await LookAtPlacesAsync(cancellationToken).ConfigureAwait(false);
        if (isTooMuch)
        {
            await ExecuteAsync(StagedImportSql.RefuseSurplus, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(StagedImportSql.ForgetNewcomers, cancellationToken).ConfigureAwait(false);
            await CountNewcomersAsync(cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync(StagedImportSql.AskThePlanner, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CountNewcomersAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(StagedImportSql.CountNewcomers, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(StageSql.AnalyzeIntake, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<(bool IsTooMuch, bool ChangesParents)> LookAtPlacesAsync(CancellationToken cancellationToken)
    {
        var command = import.Command(StagedImportSql.LookAtPlaces);
        await using var _ = command.ConfigureAwait(false);
        return (await command.ReadAllAsync(row => (row.GetBoolean(0), row.GetBoolean(1)), cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Keeps the results, of a dry run too.</summary>
    private async ValueTask<ImportReport> CountAsync(CancellationToken cancellationToken)
    {
        var taken = import.Command(StagedImportSql.CountTaken);
        await using var _ = taken.ConfigureAwait(false);
        var (parents, children, linked, updated) = (await taken.ReadAllAsync(
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancellationToken).ConfigureAwait(false))[0];
        var results = import.CommandAsIs(stage.Sql(StagedImportSql.KeepResults), Parameter(import.Key));
        await using var __ = results.ConfigureAwait(false);
        var counts = await results.ReadAllAsync(
            row => (Outcome: (RowOutcome)row.GetInt16(0), Reason: (RowReason)row.GetInt16(1), Rows: row.GetInt64(2)), cancellationToken).ConfigureAwait(false);
        var rejected = counts.Where(count => count.Outcome == RowOutcome.Rejected).ToDictionary(count => count.Reason, count => count.Rows);
        var isRolledBack = options.OnError == OnError.RollBack && rejected.Count > 0;
        return new()
        {
            ImportId = options.ImportId,
            Key = import.Key,
            Path = Path(),
            RowsRead = watch.Rows,
            Parents = isRolledBack ? 0 : parents,
            Children = isRolledBack ? 0 : children,
            Linked = isRolledBack ? 0 : linked,
            Kept = counts.Where(count => count.Outcome == RowOutcome.Kept).Sum(count => count.Rows),
            Updated = isRolledBack ? 0 : updated,
            IsDryRun = options.DryRun,
            IsRolledBack = isRolledBack,
            Rejected = rejected,
            Elapsed = watch.Elapsed,
        };
    }

    private async ValueTask WriteAsync(ImportReport report, long version, long firstId, CancellationToken cancellationToken)
    {
        if (report.Updated > 0)
        {
            await ExecuteAsync(StagedImportSql.EndLinks, cancellationToken, Parameter(import.Time)).ConfigureAwait(false);
            await ExecuteAsync(StagedImportSql.UpdateBills, cancellationToken, Parameter(import.Time), Parameter(version)).ConfigureAwait(false);
        }

        if (report.Updated > 0 || _changesParents)
            await ExecuteAsync(StagedImportSql.UpdateParents, cancellationToken, Parameter(import.Time), Parameter(version), Parameter(capacity)).ConfigureAwait(false);
        if (report.Updated > 0)
        {
            await ExecuteAsync(StagedImportSql.UpdateChildren, cancellationToken, Parameter(import.Time), Parameter(version), Parameter(import.Key)).ConfigureAwait(false);
            await ExecuteAsync(StagedImportSql.FollowAreas, cancellationToken, Parameter(import.Time), Parameter(version)).ConfigureAwait(false);
        }

        if (report.Parents + report.Children == 0)
            return;
        await ExecuteAsync(
            StagedImportSql.AddBags, cancellationToken,
            Parameter(import.Time), Parameter(version), Parameter(import.Key), Parameter(capacity)).ConfigureAwait(false);
        await ExecuteAsync(BagImportSql.KeepIds, cancellationToken, Parameter(firstId + watch.Rows)).ConfigureAwait(false);
        var added = new TraceTrackTotals { Bags = report.Parents + report.Children, Parents = report.Parents, Children = report.Children };
        await ExecuteAsync(TotalsSql.Add, cancellationToken, PostgresTotalsStore.Added(added)).ConfigureAwait(false);
    }

    private async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        await import.ExecuteAsIsAsync(stage.Sql(sql), cancellationToken, parameters).ConfigureAwait(false);

    private string Path()
    {
        var copied = string.Create(
            CultureInfo.InvariantCulture,
            $"COPY to a staging table{(options.Connections > 1 ? $" over {options.Connections} connections" : "")}");
        return $"staged, since {reason}: {copied}, {(options.DryRun ? "checked against one snapshot of the store" : "checked and merged in one transaction")}";
    }
}
