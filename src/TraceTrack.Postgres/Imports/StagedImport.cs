using System.Data;
using Npgsql;
using TraceTrack.Imports;

namespace TraceTrack.Postgres;

/// <summary>
/// An import into a store that holds bags, and every other that cannot go directly. Rows are copied to a staging table while nothing is locked, as long as the caller
/// takes to give them; then <see cref="StageMerge"/> checks and merges them in one transaction.
/// </summary>
/// <param name="database">Where the connection leads.</param>
/// <param name="connection">Without a transaction.</param>
/// <param name="rules">Those of a single row.</param>
/// <param name="capacity">The most children of a parent.</param>
/// <param name="options">How to import.</param>
/// <param name="watch">Counts the rows.</param>
/// <param name="reason">Why this path was taken, for the report.</param>
internal sealed class StagedImport(
    Database database, NpgsqlConnection connection, ImportRules rules, int capacity, ImportOptions options, ImportWatch watch, string reason)
{
    private readonly ImportKind _kind = options.DryRun ? ImportKind.DryRun : ImportKind.Bags;

    public ValueTask<ImportReport> RunAsync(IAsyncEnumerable<BagRow> rows, CancellationToken cancellationToken) =>
        // A dry run looks at the store in one snapshot, and it is to be that of the check and not of the first row's.
        options is { Connections: 1, DryRun: false } ? RunInOneAsync(rows, cancellationToken) : RunSharedAsync(rows, cancellationToken);

    private async ValueTask<ImportReport> RunInOneAsync(IAsyncEnumerable<BagRow> rows, CancellationToken cancellationToken)
    {
        var import = await BeginAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var _ = import.ConfigureAwait(false);
        if (await import.FindEarlierAsync(cancellationToken).ConfigureAwait(false) is { } earlier)
            return earlier;
        await import.DrawAsync(cancellationToken).ConfigureAwait(false);
        await import.ExecuteAsync(StageSql.Memory, cancellationToken).ConfigureAwait(false);
        await import.ExecuteAsync(StageSql.CreateTemporary, cancellationToken).ConfigureAwait(false);
        var stage = ImportStage.Temporary(database, connection);
        await CopyAsync(stage, [connection], rows, cancellationToken).ConfigureAwait(false);
        return await MergeAsync(import, stage, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ImportReport> RunSharedAsync(IAsyncEnumerable<BagRow> rows, CancellationToken cancellationToken)
    {
        var (earlier, key, time) = await DrawAsync(cancellationToken).ConfigureAwait(false);
        if (earlier is not null)
            return earlier;
        var stage = await ImportStage.CreateSharedAsync(database, connection, key, cancellationToken).ConfigureAwait(false);
        await using var _ = stage.ConfigureAwait(false);
        await FillAsync(stage, rows, cancellationToken).ConfigureAwait(false);
        var import = await BeginAsync(options.DryRun ? IsolationLevel.RepeatableRead : IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var __ = import.ConfigureAwait(false);
        (import.Key, import.Time) = (key, time);
        await import.ExecuteAsync(StageSql.Memory, cancellationToken).ConfigureAwait(false);
        return await MergeAsync(import, stage, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<(ImportReport? Earlier, long Key, DateTimeOffset Time)> DrawAsync(CancellationToken cancellationToken)
    {
        var import = await BeginAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var _ = import.ConfigureAwait(false);
        if (await import.FindEarlierAsync(cancellationToken).ConfigureAwait(false) is { } earlier)
            return (earlier, 0, default);
        await import.DrawAsync(cancellationToken).ConfigureAwait(false);
        return (null, import.Key, import.Time);
    }

    /// <summary>Each connection copies in a transaction of its own; until all have committed, nobody reads the table.</summary>
    private async ValueTask FillAsync(ImportStage stage, IAsyncEnumerable<BagRow> rows, CancellationToken cancellationToken)
    {
        var opened = new List<NpgsqlConnection>();
        var transactions = new List<NpgsqlTransaction>();
        try
        {
            while (opened.Count < options.Connections - 1)
                opened.Add(await database.OpenAsync(cancellationToken).ConfigureAwait(false));
            NpgsqlConnection[] all = [connection, .. opened];
            foreach (var each in all)
            {
                transactions.Add(await each.BeginTransactionAsync(cancellationToken).ConfigureAwait(false));
                var settings = each.Command(ImportSql.Settings);
                await using var _ = settings.ConfigureAwait(false);
                await settings.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            await CopyAsync(stage, all, rows, cancellationToken).ConfigureAwait(false);
            foreach (var transaction in transactions)
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var transaction in transactions)
                await transaction.DisposeAsync().ConfigureAwait(false);
            foreach (var each in opened)
                await each.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask CopyAsync(
        ImportStage stage, IReadOnlyList<NpgsqlConnection> connections, IAsyncEnumerable<BagRow> rows, CancellationToken cancellationToken)
    {
        var copy = await StageCopy.BeginAsync(connections, stage.Sql(StageSql.Copy), cancellationToken).ConfigureAwait(false);
        await using var _ = copy.ConfigureAwait(false);
        watch.Report(ImportPhase.Reading);
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sent = Add(copy, watch.Next(), row, cancellationToken);
            // Nearly every row only goes into a buffer.
            if (!sent.IsCompletedSuccessfully)
                await sent.ConfigureAwait(false);
        }

        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private ValueTask Add(StageCopy copy, long ordinal, in BagRow row, CancellationToken cancellationToken)
    {
        if (rules.Check(row, out var good) is { } reason)
        {
            watch.Reject();
            return copy.RefuseAsync(ImportRules.Refuse(ordinal, row, reason), cancellationToken);
        }

        // Normalising returns the same string when there was nothing to do.
        var given = ReferenceEquals(row.Qr, good.Qr.Value) ? null : ImportRules.Shown(row.Qr);
        return copy.AddAsync(ordinal, good, given, cancellationToken);
    }

    private ValueTask<ImportReport> MergeAsync(ImportTransaction import, ImportStage stage, CancellationToken cancellationToken) =>
        new StageMerge(import, stage, capacity, options, watch, reason).RunAsync(cancellationToken);

    private ValueTask<ImportTransaction> BeginAsync(IsolationLevel isolation, CancellationToken cancellationToken) =>
        ImportTransaction.BeginAsync(database, connection, options.ImportId, _kind, cancellationToken, isolation);
}
