using Npgsql;
using TraceTrack.Imports;

namespace TraceTrack.Postgres;

/// <summary>
/// The locks of a merge, in the order of all writers: totals, bills, bags. Reading goes on; writing waits for the merge. A scan that registers a
/// bag holds the table of bags before it asks for bills, so that a merge that holds bills and waits for bags may stand in its way: the first
/// attempts therefore give up at once and let it pass.
/// </summary>
internal sealed class StageLocks(ImportTransaction import, OnExisting onExisting)
{
    private const int ShortAttempts = 5;
    private const int Attempts = 8;

    public async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        await import.ExecuteAsync(ImportSql.LockTotals, cancellationToken).ConfigureAwait(false);
        if (onExisting == OnExisting.Update)
            await TakeBillsAndBagsAsync(cancellationToken).ConfigureAwait(false);
        else
            await import.ExecuteAsync(StagedImportSql.LockBags, cancellationToken).ConfigureAwait(false);
        await import.ExecuteAsync(ImportSql.WaitForLocks, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask TakeBillsAndBagsAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Waiting for longer than a second also makes the server end a vacuum that is in the way.
            await import.ExecuteAsync(attempt <= ShortAttempts ? ImportSql.WaitAMoment : TransactionSql.WaitForSeconds, cancellationToken).ConfigureAwait(false);
            var error = await import.TryAsync(import.Database.Sql(StagedImportSql.LockBillsAndBags), IsExpected, cancellationToken).ConfigureAwait(false);
            if (error is null)
                return;
            if (attempt >= Attempts || (attempt > ShortAttempts && error.SqlState == PostgresErrorCodes.LockNotAvailable))
                throw error;
        }
    }

    private static bool IsExpected(PostgresException error) => error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected;
}
