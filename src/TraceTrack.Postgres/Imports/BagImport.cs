using Npgsql;
using TraceTrack.Imports;
using TraceTrack.Totals;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// An import into a store without bags, in one transaction that holds the table alone: indexes away, one COPY straight into the table,
/// the checks that concern several rows, indexes back.
/// </summary>
internal sealed class BagImport(
    ImportTransaction import, ImportRules rules, int capacity, ImportOptions options, ImportWatch watch, TimeProvider clock)
{
    private const string Path = "direct, since the store held no bag: COPY straight into the table, indexes built afterwards, all in one transaction";

    private const string HoldsBags = "the store holds bags";

    private const string MayNotDrop = "the role that imports does not own the table of bags, or may not create in its schema, and so cannot build its indexes";

    private const string CannotDrop = "something else, such as a foreign key, needs an index that holds codes unique";

    /// <summary>Between two looks whether another import into the empty store has ended.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <value>Why this is not the way, when nothing was done; to go on a report's "since".</value>
    public string? WhyNot { get; private set; }

    /// <returns>Null, with no row read, when this is not the way.</returns>
    public async ValueTask<ImportReport?> TryRunAsync(IAsyncEnumerable<BagRow> rows, CancellationToken cancellationToken)
    {
        if (await BeginAsync(cancellationToken).ConfigureAwait(false) is { } earlier)
            return earlier;
        if (WhyNot is not null)
            return null;
        if (await BagIndexes.DropAsync(import, cancellationToken).ConfigureAwait(false) is not { } indexes)
        {
            WhyNot = CannotDrop;
            return null;
        }

        var (version, firstId) = await DrawAsync(cancellationToken).ConfigureAwait(false);
        var refused = new RefusedRows(import.Key);
        await using var _ = refused.ConfigureAwait(false);
        var given = new GivenCodes();
        await using var __ = given.ConfigureAwait(false);

        var stream = await import.CopyAsync(BagImportSql.Copy, cancellationToken).ConfigureAwait(false);
        var copy = new BagCopy(stream, import, version, firstId, capacity);
        await using var ___ = copy.ConfigureAwait(false);
        var reading = new BagReading(rules, copy, refused, given, watch);
        await using var ____ = reading.ConfigureAwait(false);
        watch.Report(ImportPhase.Reading);
        await reading.ReadAsync(rows, cancellationToken).ConfigureAwait(false);

        watch.Report(ImportPhase.Checking);
        var checks = new BagChecks(import, refused, given, firstId, capacity);
        await SendRefusedAsync(refused, cancellationToken).ConfigureAwait(false);
        await CheckAsync(checks, copy, indexes, cancellationToken).ConfigureAwait(false);
        var isRolledBack = options.OnError == OnError.RollBack && refused.Any;
        if (isRolledBack)
            await import.EmptyBagsAsync(cancellationToken).ConfigureAwait(false);
        watch.Report(ImportPhase.Indexing);
        await indexes.BuildAsync(cancellationToken).ConfigureAwait(false);
        await import.ExecuteAsync(BagImportSql.Analyze, cancellationToken).ConfigureAwait(false);

        var (parents, children, linked) = checks.Any || isRolledBack
            ? await checks.CountAsync(cancellationToken).ConfigureAwait(false)
            : (copy.Parents, copy.Children, copy.Linked);
        await import.ExecuteAsync(BagImportSql.KeepIds, cancellationToken, Parameter(firstId + (2 * reading.LastOrdinal))).ConfigureAwait(false);
        var added = new TraceTrackTotals { Bags = parents + children, Parents = parents, Children = children };
        await import.ExecuteAsync(TotalsSql.Add, cancellationToken, PostgresTotalsStore.Added(added)).ConfigureAwait(false);
        var report = new ImportReport
        {
            ImportId = options.ImportId,
            Key = import.Key,
            Path = Path,
            RowsRead = watch.Rows,
            Parents = parents,
            Children = children,
            Linked = linked,
            IsRolledBack = isRolledBack,
            Rejected = refused.Counts,
            Elapsed = watch.Elapsed,
        };
        var kept = await import.CommitAsync(report, cancellationToken).ConfigureAwait(false);
        if (!kept.IsReplay)
            watch.Report(ImportPhase.Done);
        return kept;
    }

    /// <returns>The report of this import if it was done before; else null, and the table is ours alone and empty, unless there is a <see cref="WhyNot"/>.</returns>
    private async ValueTask<ImportReport?> BeginAsync(CancellationToken cancellationToken)
    {
        if (await import.FindEarlierAsync(cancellationToken).ConfigureAwait(false) is { } earlier)
            return earlier;
        if (!await EnterAsync(cancellationToken).ConfigureAwait(false))
            return null;
        await import.ExecuteAsync(ImportSql.LockTotals, cancellationToken).ConfigureAwait(false);
        await import.ExecuteAsync(BagImportSql.LockBags, cancellationToken).ConfigureAwait(false);
        // Asked again under the lock: the same import, or somebody else, may have brought bags in between.
        if (await import.FindEarlierAsync(cancellationToken).ConfigureAwait(false) is { } same)
            return same;
        if (await IsAsync(import.Command(BagImportSql.AnyBag), cancellationToken).ConfigureAwait(false))
            WhyNot = HoldsBags;
        await import.ExecuteAsync(ImportSql.WaitForLocks, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// Waits for another import into the empty store, however long it takes: behind it this one is another way. It asks again and again, holding no
    /// lock on bags, since to have looked into the table would stand in the way of the one that has it, and of the second that waits.
    /// </summary>
    /// <returns>Whether this is the way as far as can be told without the lock.</returns>
    private async ValueTask<bool> EnterAsync(CancellationToken cancellationToken)
    {
        for (var isIn = false; ;)
        {
            WhyNot = await LookAsync(cancellationToken).ConfigureAwait(false);
            if (isIn || WhyNot is not null)
                return WhyNot is null;
            isIn = await IsAsync(import.Command(BagImportSql.TryEnter, Parameter(import.Database.Schema.Name)), cancellationToken).ConfigureAwait(false);
            if (!isIn)
                await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<string?> LookAsync(CancellationToken cancellationToken)
    {
        var command = import.Command(BagImportSql.Look);
        await using var _ = command.ConfigureAwait(false);
        var (hasBags, mayDrop) = (await command.ReadAllAsync(row => (row.GetBoolean(0), row.GetBoolean(1)), cancellationToken).ConfigureAwait(false))[0];
        return hasBags ? HoldsBags : mayDrop ? null : MayNotDrop;
    }

    private static async ValueTask<bool> IsAsync(NpgsqlCommand question, CancellationToken cancellationToken)
    {
        await using var _ = question.ConfigureAwait(false);
        return await question.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private async ValueTask<(long Version, long FirstId)> DrawAsync(CancellationToken cancellationToken)
    {
        await import.DrawAsync(cancellationToken).ConfigureAwait(false);
        var command = import.Command(BagImportSql.Draw);
        await using var _ = command.ConfigureAwait(false);
        var drawn = await command.ReadAllAsync(row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
        return drawn[0];
    }

    private async ValueTask SendRefusedAsync(RefusedRows refused, CancellationToken cancellationToken)
    {
        if (!refused.Any)
            return;
        var copy = await import.CopyAsync(ImportSql.CopyResults, cancellationToken).ConfigureAwait(false);
        await using var _ = copy.ConfigureAwait(false);
        await refused.SendAsync(copy, cancellationToken).ConfigureAwait(false);
        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask CheckAsync(BagChecks checks, BagCopy copy, BagIndexes indexes, CancellationToken cancellationToken)
    {
        // Building the index tells for nothing whether there are duplicates; among rows that are refused below, too.
        var isDistinct = await indexes.TryBuildKeyAsync(cancellationToken).ConfigureAwait(false);
        if (!isDistinct)
            await checks.RefuseDuplicatesAsync(cancellationToken).ConfigureAwait(false);
        if (copy.HasUnknownParents)
            await checks.RefuseOrphansAsync(cancellationToken).ConfigureAwait(false);
        if (copy.HasSurplus)
        {
            if (!isDistinct)
                await checks.CountAnewAsync(cancellationToken).ConfigureAwait(false);
            await checks.RefuseSurplusAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!isDistinct || copy.HasSurplus)
            await checks.CountAnewAsync(cancellationToken).ConfigureAwait(false);
        await checks.ShowGivenAsync(cancellationToken).ConfigureAwait(false);
    }
}
