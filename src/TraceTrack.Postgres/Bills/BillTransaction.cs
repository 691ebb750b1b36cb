using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>One change of a bill in two round trips: lock and read (bill, then parents by id), decide, write and commit.</summary>
internal static class BillTransaction
{
    public static async ValueTask<BillCommit?> RunAsync(
        NpgsqlConnection connection, Database database, BillNumber number, Func<BillState, BillChange> decide, CancellationToken cancellationToken)
    {
        var (bill, parents, now, versions) = await LockAsync(connection, database, number, cancellationToken).ConfigureAwait(false);
        BillChange? change = null;
        try
        {
            if (bill is not null)
                change = decide(new(bill, parents, now));
        }
        finally
        {
            if (change is null)
                await connection.RollbackAsync().ConfigureAwait(false);
        }

        if (change is null)
            return null;
        var written = change.Bill with { Version = versions[0] };
        var changedParents = change.ParentStatus is { } status
            ? parents.Select((parent, i) => parent with { Status = status, ChangedAt = written.ChangedAt, Version = versions[i + 1] }).ToArray()
            : [];
        var happened = BillEvent.Of(bill!, written, change.ActorId);
        await WriteAsync(connection, database, written, changedParents, happened, cancellationToken).ConfigureAwait(false);
        return new(written, changedParents);
    }

    private static async ValueTask<(Bill? Bill, List<Bag> Parents, DateTimeOffset Now, long[] Versions)> LockAsync(
        NpgsqlConnection connection, Database database, BillNumber number, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(TransactionSql.Begin)
            .Add(database.Sql(BillSql.Lock), Parameter(number.Value))
            .Add(database.Sql(BillSql.LockParents), Parameter(number.Value))
            .Add(database.Sql(BillSql.Find), Parameter(number.Value))
            .Add(database.Sql(BagSql.OnBills), Parameter(new[] { number.Value }))
            .Add(database.Sql(BillSql.Draw), Parameter(number.Value));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var locked = new List<long>();
        await reader.ReadAllAsync(locked, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var lockedParents = new List<long>();
        await reader.ReadAllAsync(lockedParents, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var bills = new List<Bill>();
        await reader.ReadAllAsync(bills, BillReader.Read, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var parents = new List<Bag>();
        await reader.ReadAllAsync(parents, BagReader.Read, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (bills.FirstOrDefault(), parents, reader.GetFieldValue<DateTimeOffset>(0), reader.IsDBNull(1) ? [] : reader.GetFieldValue<long[]>(1));
    }

    private static async ValueTask WriteAsync(
        NpgsqlConnection connection, Database database, Bill bill, Bag[] parents, BillEvent? happened, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(
            database.Sql(BillSql.Update),
            Parameter(bill.Id), Parameter((short)bill.Status), Parameter(bill.Capacity), Parameter(bill.ChangedAt), Parameter(bill.CompletedAt), Parameter(bill.Version));
        if (parents.Length > 0)
        {
            batch.Add(
                database.Sql(BillSql.UpdateParents),
                Parameter(Array.ConvertAll(parents, parent => parent.Id)),
                Parameter(Array.ConvertAll(parents, parent => parent.Version)),
                Parameter((short)parents[0].Status),
                Parameter(bill.ChangedAt));
        }

        if (happened is not null)
        {
            batch.Add(
                database.Sql(BillSql.Append),
                Parameter(happened.BillId), Parameter(happened.Version), Parameter(happened.At), Parameter((short)happened.Kind), Parameter(happened.ActorId));
        }

        batch.Add(TransactionSql.Commit);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
