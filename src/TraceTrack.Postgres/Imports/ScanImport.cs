using Npgsql;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Totals;

namespace TraceTrack.Postgres;

/// <summary>Appends a scan log by COPY. The store stays open: only a month that gets its partition here keeps scanners waiting.</summary>
internal sealed class ScanImport(ImportTransaction import, Guid importId, ImportWatch watch)
{
    private const short Columns = 14;

    /// <summary>Months beyond this go to the default partition: an archive of decades is none of a warehouse's, a wrong clock is.</summary>
    private const int MaxNewMonths = 120;

    private const string Path = "appended: COPY into the scan log, in one transaction";

    private readonly HashSet<DateOnly> _months = [];
    private DateOnly _lastMonth;
    private int _newMonths;

    public async ValueTask<ImportReport> RunAsync(IAsyncEnumerable<Scan> scans, CancellationToken cancellationToken)
    {
        if (await import.FindEarlierAsync(cancellationToken).ConfigureAwait(false) is { } earlier)
            return earlier;
        await import.ExecuteAsync(ImportSql.Settings, cancellationToken).ConfigureAwait(false);
        await import.ExecuteAsync(ImportSql.LockTotals, cancellationToken).ConfigureAwait(false);
        await import.DrawAsync(cancellationToken).ConfigureAwait(false);
        await ReadMonthsAsync(cancellationToken).ConfigureAwait(false);
        watch.Report(ImportPhase.Reading);
        await CopyAsync(scans, cancellationToken).ConfigureAwait(false);
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
        var kept = await import.CommitAsync(report, cancellationToken).ConfigureAwait(false);
        if (!kept.IsReplay)
            watch.Report(ImportPhase.Done);
        return kept;
    }

    private async ValueTask CopyAsync(IAsyncEnumerable<Scan> scans, CancellationToken cancellationToken)
    {
        var copy = await import.CopyAsync(ScanImportSql.Copy, cancellationToken).ConfigureAwait(false);
        try
        {
            await foreach (var scan in scans.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                watch.Next();
                var row = Check(scan);
                if (IsNewMonth(row.RecordedAt, out var month))
                {
                    // A connection does one thing at a time.
                    await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
                    await AddMonthAsync(month, cancellationToken).ConfigureAwait(false);
                    await copy.DisposeAsync().ConfigureAwait(false);
                    copy = await import.CopyAsync(ScanImportSql.Copy, cancellationToken).ConfigureAwait(false);
                }

                Encode(copy.Rows, row);
                var sent = copy.FlushIfFullAsync(cancellationToken);
                if (!sent.IsCompletedSuccessfully)
                    await sent.ConfigureAwait(false);
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await copy.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Scan Check(Scan scan)
    {
        var row = ImportRules.CheckHistory(scan);
        return row.Fact?.Contains('\0', StringComparison.Ordinal) == true || row.Area?.Contains('\0', StringComparison.Ordinal) == true
            ? throw new InvalidInputException(ErrorCodes.InvalidImport, $"Scan {scan.ScanId} holds a character that no database takes (U+0000).")
            : row;
    }

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

    private async ValueTask ReadMonthsAsync(CancellationToken cancellationToken)
    {
        var command = import.Command(ScanImportSql.Months);
        await using var _ = command.ConfigureAwait(false);
        _months.UnionWith(await command.ReadAllAsync(row => row.GetFieldValue<DateOnly>(0), cancellationToken).ConfigureAwait(false));
    }

    private bool IsNewMonth(DateTimeOffset time, out DateOnly month)
    {
        month = new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1);
        if (month == _lastMonth)
            return false;
        _lastMonth = month;
        // Year 9999 has no next month to end at.
        return month.Year < 9999 && _newMonths < MaxNewMonths && _months.Add(month);
    }

    /// <summary>Without the right to make it, with others at work, or with rows of the month in the default partition, they go there too.</summary>
    private async ValueTask AddMonthAsync(DateOnly month, CancellationToken cancellationToken)
    {
        _newMonths++;
        await import.TryAsync(
            import.Database.Sql(ScanPartitions.Statement(month).Sql),
            static error => error.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.InvalidObjectDefinition
                or PostgresErrorCodes.DeadlockDetected,
            cancellationToken).ConfigureAwait(false);
    }
}
