using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// A change of bills in two round trips: lock the bills by id, then all parents on them by id, read both in statements of their own, decide,
/// write and commit. What is on a bill changes only under the bill's lock, so the parents found after it are the right ones.
/// </summary>
internal sealed class BillTransaction(NpgsqlConnection connection, Database database, string[] numbers)
{
    public async ValueTask<IReadOnlyList<BillCommit>> RunAsync(
        Func<IReadOnlyList<BillState>, IReadOnlyList<BillChange>> decide, CancellationToken cancellationToken)
    {
        var (states, versions) = await LockAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<BillChange> changes = [];
        try
        {
            changes = decide(states);
        }
        finally
        {
            if (changes.Count == 0)
                await connection.RollbackAsync().ConfigureAwait(false);
        }

        if (changes.Count == 0)
            return [];
        var commits = Number(changes, states, versions);
        await WriteAsync(commits, Events(changes, states, commits), cancellationToken).ConfigureAwait(false);
        return commits;
    }

    private async ValueTask<(BillState[] States, long[] Versions)> LockAsync(CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(TransactionSql.Begin)
            .Add(database.Sql(BillSql.Lock), Parameter(numbers))
            .Add(database.Sql(BillSql.LockParents), Parameter(numbers))
            .Add(database.Sql(BillSql.FindMany), Parameter(numbers))
            .Add(database.Sql(BagSql.OnBills), Parameter(numbers))
            .Add(database.Sql(BillSql.Draw), Parameter(numbers));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        // The locking statements' own rows could be older than their locks.
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var bills = new List<Bill>();
        await reader.ReadAllAsync(bills, BillReader.Read, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var parents = new List<Bag>();
        await reader.ReadAllAsync(parents, BagReader.Read, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var now = reader.GetFieldValue<DateTimeOffset>(0);
        var onBill = parents.ToLookup(parent => parent.BillId!.Value);
        return ([.. bills.Select(bill => new BillState(bill, [.. onBill[bill.Id]], now))], reader.GetFieldValue<long[]>(1));
    }

    private static BillCommit[] Number(IReadOnlyList<BillChange> changes, BillState[] states, long[] versions)
    {
        var parentsOf = states.ToDictionary(state => state.Bill.Id, state => state.Parents);
        var drawn = 0;
        return
        [
            .. changes.Select(change =>
            {
                var bill = change.Bill with { Version = versions[drawn++] };
                return new BillCommit(bill, change.ParentStatus is not { } status
                    ? []
                    : [.. parentsOf[bill.Id].Select(parent => parent with { Status = status, ChangedAt = bill.ChangedAt, Version = versions[drawn++] })]);
            }),
        ];
    }

    private static BillEvent[] Events(IReadOnlyList<BillChange> changes, BillState[] states, BillCommit[] commits)
    {
        var before = states.ToDictionary(state => state.Bill.Id, state => state.Bill);
        return [.. changes.Zip(commits, (change, commit) => BillEvent.Of(before[commit.Bill.Id], commit.Bill, change.ActorId)).OfType<BillEvent>()];
    }

    private async ValueTask WriteAsync(BillCommit[] commits, BillEvent[] events, CancellationToken cancellationToken)
    {
        var bills = Array.ConvertAll(commits, commit => commit.Bill);
        Bag[] parents = [.. commits.SelectMany(commit => commit.Parents)];
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(
            database.Sql(BillSql.Update),
            Column(bills, bill => bill.Id),
            Column(bills, bill => (short)bill.Status),
            Column(bills, bill => bill.Capacity),
            Column(bills, bill => bill.ChangedAt),
            Column(bills, bill => bill.CompletedAt),
            Column(bills, bill => bill.Version));
        if (parents.Length > 0)
        {
            batch.Add(
                database.Sql(BillSql.UpdateParents),
                Column(parents, parent => parent.Id),
                Column(parents, parent => (short)parent.Status),
                Column(parents, parent => parent.ChangedAt),
                Column(parents, parent => parent.Version));
        }

        if (events.Length > 0)
        {
            batch.Add(
                database.Sql(BillSql.Append),
                Column(events, happened => happened.BillId),
                Column(events, happened => happened.Version),
                Column(events, happened => happened.At),
                Column(events, happened => (short)happened.Kind),
                Column(events, happened => happened.ActorId));
        }

        batch.Add(TransactionSql.Commit);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
