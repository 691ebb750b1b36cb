using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// A batch of scans in two round trips. The first begins the transaction, registers unknown codes, locks bills and bags, and only then
/// reads them, in statements of their own: in READ COMMITTED a statement sees what was committed before it began, so rows read by the
/// locking statement itself could be older than the lock. The rules then decide here; the second batch writes and commits. A batch with an
/// Undo has one more before them (ScanUndo).
/// </summary>
/// <param name="connection">Without a transaction.</param>
/// <param name="database">Where it leads.</param>
/// <param name="request">What to lock and show.</param>
/// <param name="attempts">How many found their locks stale before.</param>
internal sealed class ScanTransaction(NpgsqlConnection connection, Database database, ScanRequest request, int attempts)
{
    /// <summary>Whoever scans on many devices without a pause would never undo anything; a scan that comes so close is as good as simultaneous.</summary>
    private const int MaxLooksForLatest = 3;

    public async ValueTask<ScanCommit> RunAsync(Func<ScanState, ScanChanges> decide, CancellationToken cancellationToken)
    {
        ScanChanges? changes = null;
        var undo = request.Undos.Count == 0
            ? ScanUndo.None
            : await ScanUndo.BeginAsync(connection, database, request, cancellationToken).ConfigureAwait(false);
        var locks = await LockAsync(undo, cancellationToken).ConfigureAwait(false);
        try
        {
            if (locks.AreStale(request) || (attempts < MaxLooksForLatest && !undo.IsOf(locks.Latest)))
                throw new StaleLocksException();
            var receipts = locks.Receipts.Count == 0 ? [] : await CompleteAsync(locks.Receipts, cancellationToken).ConfigureAwait(false);
            changes = decide(new(locks.Bags, locks.Bills, receipts, locks.Now, undo.Undoable));
        }
        finally
        {
            if (changes is null or { IsNothing: true })
                await connection.RollbackAsync().ConfigureAwait(false);
        }

        return changes.IsNothing
            ? new(changes, [.. changes.Decisions.Select(decision => decision.Scan.EventId)], [.. locks.Bags.Where(bag => bag.Version > 0)], locks.Bills)
            : await WriteAsync(locks, changes, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ScanCommit> WriteAsync(ScanLocks locks, ScanChanges changes, CancellationToken cancellationToken)
    {
        try
        {
            return await new ScanWriter(connection, database, locks, changes).WriteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (IsStale(error, changes))
        {
            await connection.RecoverAsync().ConfigureAwait(false);
            throw new StaleLocksException();
        }
    }

    /// <summary>
    /// The same id was recorded at the same time for other codes, so no lock kept the two apart, and now its receipt is there; or somebody
    /// holds a child that a claim would have changed.
    /// </summary>
    private static bool IsStale(PostgresException error, ScanChanges changes) =>
        error is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "scan_receipt" }
        || (error.SqlState == PostgresErrorCodes.LockNotAvailable && changes.Claims.Count > 0);

    private async ValueTask<ScanLocks> LockAsync(ScanUndo undo, CancellationToken cancellationToken)
    {
        var named = request.Bags.Select(bag => bag.Qr.Value).ToArray();
        var codes = ReferenceEquals(undo, ScanUndo.None) ? named : [.. named.Union(undo.Codes, StringComparer.Ordinal)];
        string[] numbers = [.. request.Bills.Select(number => number.Value).Union(undo.Numbers, StringComparer.Ordinal)];
        var codesOfBills = request.NeedsBillsOfBags ? named : [];
        var withBills = numbers.Length > 0 || request.NeedsBillsOfBags;
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        if (request.Undos.Count == 0)
            batch.Add(TransactionSql.Begin);
        batch.AddSettingsOfScans();
        if (request.RegisterUnknownBags)
            batch.Add(database.Sql(ScanSql.Register), Parameter(named), Parameter(request.Bags.Select(bag => (short)bag.Kind).ToArray()));
        if (withBills)
            batch.Add(database.Sql(ScanSql.LockBills), Parameter(numbers), Parameter(codesOfBills));
        // Only a claim changes the children of parents without area, so a first attempt leaves them alone.
        batch.Add(database.Sql(attempts > 0 ? ScanSql.LockBagsAndChildren : ScanSql.LockBags), Parameter(codes));
        if (withBills)
            batch.Add(database.Sql(ScanSql.ReadBills), Parameter(numbers), Parameter(codesOfBills));
        batch.Add(database.Sql(ScanSql.ReadBags), Parameter(codes))
            .Add(database.Sql(ScanSql.ReadReceipts), Parameter(request.Commands.Select(command => command.Id.Value).ToArray()));
        if (request.Undos.Count > 0)
            batch.Add(database.Sql(ScanUndoSql.Undoable), ScanUndo.Latest(request));
        // Twice the codes: each may be a child whose parent, not named, changes too.
        batch.Add(database.Sql(ScanSql.Draw), Parameter(request.Commands.Count), Parameter((2 * codes.Length) + numbers.Length + codesOfBills.Length));

        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        HashSet<long> lockedBills = [], lockedBags = [];
        List<Bill> bills = [];
        List<Bag> bags = [];
        List<ScanReceipt> receipts = [];
        List<Scan> latest = [];
        if (withBills)
            await NextAsync(lockedBills, static row => row.GetInt64(0)).ConfigureAwait(false);
        await NextAsync(lockedBags, static row => row.GetInt64(0)).ConfigureAwait(false);
        if (withBills)
            await NextAsync(bills, BillReader.Read).ConfigureAwait(false);
        await NextAsync(bags, BagReader.Read).ConfigureAwait(false);
        await NextAsync(receipts, row => ScanReader.ReadReceipt(row, request)).ConfigureAwait(false);
        if (request.Undos.Count > 0)
            await NextAsync(latest, ScanReader.Read).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new(
            lockedBills, lockedBags, bags, bills, receipts,
            reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<long[]>(1), reader.GetFieldValue<long[]>(2),
            latest);

        async ValueTask NextAsync<T>(ICollection<T> rows, Func<NpgsqlDataReader, T> read)
        {
            await reader.ReadAllAsync(rows, read, cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<IReadOnlyList<ScanReceipt>> CompleteAsync(IReadOnlyList<ScanReceipt> receipts, CancellationToken cancellationToken)
    {
        var byEvent = receipts.ToDictionary(receipt => receipt.Scan.EventId);
        var command = connection.Command(
            database.Sql(ScanSql.ReadReplayed),
            Parameter(receipts.Select(receipt => receipt.Scan.RecordedAt).ToArray()),
            Parameter(byEvent.Keys.ToArray()));
        await using var _ = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            byEvent[reader.GetInt64(0)] = ScanReader.Complete(byEvent[reader.GetInt64(0)], reader);
        return [.. byEvent.Values];
    }
}
