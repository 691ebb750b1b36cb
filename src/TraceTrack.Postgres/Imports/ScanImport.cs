using Npgsql;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Totals;

namespace TraceTrack.Postgres;

/// <summary>
/// Appends a scan log by COPY. The caller may take hours to give the rows, so they are read to a temporary file while no transaction is open. Then
/// each month without a partition gets one in a moment of its own, since that keeps scanners waiting; and only then one transaction, as
/// long as the COPY takes, stands beside theirs.
/// </summary>
internal sealed class ScanImport(Database database, NpgsqlConnection connection, Guid importId, ImportWatch watch)
{
    private const short Columns = 14;

    /// <summary>Months beyond this go to the default partition: an archive of decades is none of a warehouse's, a wrong clock is.</summary>
    private const int MaxNewMonths = 120;

    private const string Path = "appended: COPY into the scan log, in one transaction";

    private readonly HashSet<DateOnly> _months = [];
    private DateOnly _lastMonth;

    public async ValueTask<ImportReport> RunAsync(IAsyncEnumerable<Scan> scans, CancellationToken cancellationToken)
    {
        if (await FindEarlierAsync(cancellationToken).ConfigureAwait(false) is { } earlier)
            return earlier;
        var log = new SpillFile();
        await using var _ = log.ConfigureAwait(false);
        watch.Report(ImportPhase.Reading);
        await ReadAsync(scans, log, cancellationToken).ConfigureAwait(false);
        await AddMonthsAsync(cancellationToken).ConfigureAwait(false);
        var kept = await AppendAsync(log, cancellationToken).ConfigureAwait(false);
        if (!kept.IsReplay)
            watch.Report(ImportPhase.Done);
        return kept;
    }

    private async ValueTask<ImportReport?> FindEarlierAsync(CancellationToken cancellationToken)
    {
        var import = await BeginAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = import.ConfigureAwait(false);
        return await import.FindEarlierAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReadAsync(IAsyncEnumerable<Scan> scans, SpillFile log, CancellationToken cancellationToken)
    {
        await foreach (var scan in scans.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            watch.Next();
            var row = ImportRules.CheckHistory(scan);
            NoteMonth(row.RecordedAt);
            Encode(log.Rows, row);
            var kept = log.SpillIfFullAsync(cancellationToken);
            if (!kept.IsCompletedSuccessfully)
                await kept.ConfigureAwait(false);
        }
    }

    private async ValueTask<ImportReport> AppendAsync(SpillFile log, CancellationToken cancellationToken)
    {
        var import = await BeginAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = import.ConfigureAwait(false);
        await import.DrawAsync(cancellationToken).ConfigureAwait(false);
        await CopyAsync(import, log, cancellationToken).ConfigureAwait(false);
        // Last, as a scan does it: a recount asks for all slots, and whoever holds one meanwhile keeps it, and all writers behind it, waiting.
        await import.ExecuteAsync(ImportSql.WaitForLocks, cancellationToken).ConfigureAwait(false);
        await import.ExecuteAsync(
            TotalsSql.Add, cancellationToken, PostgresTotalsStore.Added(new TraceTrackTotals { Scans = watch.Rows })).ConfigureAwait(false);
        var report = new ImportReport
        {
            ImportId = importId,
            Key = import.Key,
            Path = Path,
            RowsRead = watch.Rows,
            Parents = 0,
            Children = 0,
            Linked = 0,
            Scans = watch.Rows,
            Rejected = new Dictionary<RowReason, long>(),
            Elapsed = watch.Elapsed,
        };
        return await import.CommitAsync(report, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask CopyAsync(ImportTransaction import, SpillFile log, CancellationToken cancellationToken)
    {
        var copy = await import.CopyAsync(ScanImportSql.Copy, cancellationToken).ConfigureAwait(false);
        await using var _ = copy.ConfigureAwait(false);
        await foreach (var rows in log.ReadAsync(cancellationToken).ConfigureAwait(false))
            await copy.WriteAsync(rows, cancellationToken).ConfigureAwait(false);
        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<ImportTransaction> BeginAsync(CancellationToken cancellationToken) =>
        ImportTransaction.BeginAsync(database, connection, importId, ImportKind.ScanLog, cancellationToken);

    private static void Encode(CopyBuffer rows, Scan scan)
    {
        rows.Row(Columns);
        rows.Time(scan.RecordedAt);
        rows.Time(scan.ScannedAt);
        rows.Uuid(scan.ScanId.Value);
        rows.Int16((short)scan.Action);
        rows.Int16((short)scan.Outcome);
        if (scan.Rejection is { } rejection)
            rows.Int16((short)rejection);
        else
            rows.Null();
        rows.Text(scan.Qr?.Value);
        rows.Text(scan.ParentQr?.Value);
        rows.Text(scan.BillNumber?.Value);
        rows.Text(scan.Fact);
        rows.Text(scan.ActorId);
        rows.Text(scan.Area);
        rows.Text(scan.FromParentQr?.Value);
        if (scan.Undoes is { } undoes)
            rows.Uuid(undoes.Value);
        else
            rows.Null();
    }

    private void NoteMonth(DateTimeOffset time)
    {
        var month = new DateOnly(time.UtcDateTime.Year, time.UtcDateTime.Month, 1);
        if (month == _lastMonth)
            return;
        _lastMonth = month;
        // Year 9999 has no next month to end at.
        if (month.Year < 9999)
            _months.Add(month);
    }

    private async ValueTask AddMonthsAsync(CancellationToken cancellationToken)
    {
        _months.ExceptWith(await ScanPartitions.MonthsAsync(connection, database, cancellationToken).ConfigureAwait(false));
        foreach (var month in _months.Order().Take(MaxNewMonths))
            await ScanPartitions.TryMakeAsync(connection, database, month, cancellationToken).ConfigureAwait(false);
    }
}
