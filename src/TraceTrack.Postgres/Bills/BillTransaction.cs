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
    public ValueTask<IReadOnlyList<BillCommit>> RunAsync(
        Func<IReadOnlyList<BillState>, IReadOnlyList<BillChange>> decide, CancellationToken cancellationToken) =>
        RunAsync(counts: false, (states, _) => decide(states), cancellationToken);

    /// <summary>As the other, for the one bill named, and counts what is in the parents on it.</summary>
    public async ValueTask<BillCommit?> RecountAsync(
        Func<BillState, IReadOnlyList<ParentContent>, BillChange?> decide, CancellationToken cancellationToken) =>
        (await RunAsync(
            counts: true,
            (states, contents) => states.Count > 0 && decide(states[0], contents) is { } change ? [change] : [],
            cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    private async ValueTask<IReadOnlyList<BillCommit>> RunAsync(
        bool counts, Func<IReadOnlyList<BillState>, IReadOnlyList<ParentContent>, IReadOnlyList<BillChange>> decide, CancellationToken cancellationToken)
    {
        var (locked, states, versions, contents) = await LockAsync(counts, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<BillChange> changes = [];
        try
        {
            // A bill that was created while others were waited for.
            if (Array.Exists(states, state => !locked.Contains(state.Bill.Id)))
                throw new StaleLocksException();
            changes = decide(states, contents);
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

    private async ValueTask<(HashSet<long> Locked, BillState[] States, long[] Versions, List<ParentContent> Contents)> LockAsync(
        bool counts, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(TransactionSql.Begin)
            .Add(database.Sql(BillSql.Lock), Parameter(numbers))
            .Add(database.Sql(BillSql.LockParents), Parameter(numbers))
            .Add(database.Sql(BillSql.FindMany), Parameter(numbers))
            .Add(database.Sql(BagSql.OnBills), Parameter(numbers))
            .Add(database.Sql(BillSql.Draw), Parameter(numbers));
        if (counts)
            batch.Add(database.Sql(BillSql.CountContents), Parameter(numbers));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var locked = new HashSet<long>();
        await reader.ReadAllAsync(locked, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        // The locking statements' own rows could be older than their locks.
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var bills = new List<Bill>();
        await reader.ReadAllAsync(bills, BillReader.Read, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var parents = new List<Bag>();
        await reader.ReadAllAsync(parents, BagReader.Read, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var (now, versions) = (reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<long[]>(1));
        var contents = new List<ParentContent>();
        if (counts)
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            await reader.ReadAllAsync(contents, BillReader.ReadContent, cancellationToken).ConfigureAwait(false);
        }

        var onBill = parents.ToLookup(parent => parent.BillId!.Value);
        return (locked, [.. bills.Select(bill => new BillState(bill, [.. onBill[bill.Id]], now))], versions, contents);
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
                var parents = change.ParentStatus is { } status
                    ? parentsOf[bill.Id].Select(parent => parent with { Status = status, ChangedAt = bill.ChangedAt })
                    : change.Mended;
                return new BillCommit(bill, [.. parents.Select(parent => parent with { Version = versions[drawn++] })]) { IsDeletion = change.IsDeletion };
            }),
        ];
    }

    private static BillEvent[] Events(IReadOnlyList<BillChange> changes, BillState[] states, BillCommit[] commits)
    {
        var before = states.ToDictionary(state => state.Bill.Id, state => state.Bill);
        return [.. changes.Zip(commits, (change, commit) => BillEvent.Of(before[commit.Bill.Id], commit.Bill, change)).OfType<BillEvent>()];
    }

    private async ValueTask WriteAsync(BillCommit[] commits, BillEvent[] events, CancellationToken cancellationToken)
    {
        Bill[] bills = [.. commits.Where(commit => !commit.IsDeletion).Select(commit => commit.Bill)];
        Bill[] deleted = [.. commits.Where(commit => commit.IsDeletion).Select(commit => commit.Bill)];
        Bag[] parents = [.. commits.SelectMany(commit => commit.Parents)];
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        if (bills.Length > 0)
        {
            batch.Add(
                database.Sql(BillSql.Update),
                Column(bills, bill => bill.Id),
                Column(bills, bill => (short)bill.Status),
                Column(bills, bill => bill.Capacity),
                Column(bills, bill => bill.ParentCount),
                Column(bills, bill => Weight.ToGrams(bill.ActualWeightKg)),
                Column(bills, bill => bill.ChangedAt),
                Column(bills, bill => bill.CompletedAt),
                Column(bills, bill => bill.Version));
        }

        if (parents.Length > 0)
        {
            batch.Add(
                database.Sql(BillSql.UpdateParents),
                Column(parents, parent => parent.Id),
                Column(parents, parent => (short)parent.Status),
                Column(parents, parent => (short)parent.ChildCount),
                Column(parents, parent => Weight.ToGrams(parent.ContentWeightKg)),
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
                Column(events, happened => happened.ActorId),
                Column(events, happened => happened.Number?.Value));
        }

        if (deleted.Length > 0)
        {
            batch.Add(database.Sql(BillSql.Delete), Column(deleted, bill => bill.Id))
                .Add(database.Sql(TotalsSql.Add), PostgresTotalsStore.Added(new(Bags: 0, Parents: 0, Children: 0, -deleted.Length, Scans: 0, Users: 0)));
        }

        batch.Add(TransactionSql.Commit);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
