using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Totals;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>The second batch of a scan: every change, the totals last (their slot is then locked for the shortest time), and the commit.</summary>
internal sealed class ScanWriter(NpgsqlConnection connection, Database database, ScanLocks locks, ScanChanges changes)
{
    public async ValueTask<ScanCommit> WriteAsync(CancellationToken cancellationToken)
    {
        var versions = ((IEnumerable<long>)locks.Versions).GetEnumerator();
        var bags = changes.Bags.Select(bag => bag with { Version = Next(versions) }).ToArray();
        var bills = changes.Bills.Select(bill => bill with { Version = Next(versions) }).ToArray();
        var events = Number();

        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        AddBags(batch, bags);
        AddBills(batch, bags, bills);
        AddLog(batch, events);
        batch.Add(database.Sql(TotalsSql.Add), PostgresTotalsStore.Added(Added(events.Count)));
        if (changes.Claims.Count > 0)
            batch.Add(database.Sql(ScanSql.ReadChildren), Column(changes.Claims, claim => claim.ParentId));
        batch.Add(TransactionSql.Commit);
        var claimed = await ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return Commit(bags, bills, events, claimed);
    }

    private void AddBags(NpgsqlBatch batch, Bag[] bags)
    {
        if (bags.Length > 0)
        {
            batch.Add(
                database.Sql(ScanSql.UpdateBags),
                Column(bags, bag => bag.Id),
                Column(bags, bag => (short)bag.Status),
                Column(bags, bag => bag.Area),
                Column(bags, bag => (int)Weight.ToGrams(bag.WeightKg)),
                Column(bags, bag => (short)bag.ChildCount),
                Column(bags, bag => Weight.ToGrams(bag.ContentWeightKg)),
                Column(bags, bag => bag.ParentId),
                Column(bags, bag => bag.LinkedAt),
                Column(bags, bag => bag.ImportId),
                Column(bags, bag => bag.CreatedAt),
                Column(bags, bag => bag.ChangedAt),
                Column(bags, bag => bag.Version));
        }

        if (changes.UnusedBags.Count > 0)
            batch.Add(database.Sql(ScanSql.Unregister), Column(changes.UnusedBags, qr => qr.Value));
        if (changes.EndedLinks.Count > 0)
        {
            batch.Add(
                database.Sql(ScanSql.EndLinks),
                Column(changes.EndedLinks, link => link.ChildId),
                Column(changes.EndedLinks, link => link.ParentId),
                Column(changes.EndedLinks, link => link.LinkedAt),
                Column(changes.EndedLinks, link => link.UnlinkedAt),
                Column(changes.EndedLinks, link => link.ImportId));
        }

        if (changes.Claims.Count > 0)
        {
            batch.Add(database.Sql(ScanSql.LockChildren), Column(changes.Claims, claim => claim.ParentId))
                .Add(
                    database.Sql(ScanSql.ClaimChildren),
                    Column(changes.Claims, claim => claim.ParentId),
                    Column(changes.Claims, claim => claim.Area),
                    Column(changes.Claims, claim => claim.ChangedAt));
        }
    }

    private void AddBills(NpgsqlBatch batch, Bag[] bags, Bill[] bills)
    {
        if (bills.Length == 0)
            return;
        batch.Add(
            database.Sql(ScanSql.UpdateBills),
            Column(bills, bill => bill.Id),
            Column(bills, bill => (short)bill.Status),
            Column(bills, bill => bill.ParentCount),
            Column(bills, bill => Weight.ToGrams(bill.ActualWeightKg)),
            Column(bills, bill => bill.ChangedAt),
            Column(bills, bill => bill.Version));
        var before = locks.Bags.ToDictionary(bag => bag.Id, bag => bag.BillId);
        var unloaded = bags.Where(bag => before[bag.Id] is { } old && old != bag.BillId).ToArray();
        var loaded = bags.Where(bag => bag.BillId is { } bill && before[bag.Id] != bill).ToArray();
        if (unloaded.Length > 0)
            batch.Add(database.Sql(ScanSql.Unload), Column(unloaded, bag => bag.Id));
        if (loaded.Length > 0)
        {
            batch.Add(
                database.Sql(ScanSql.Load),
                Column(loaded, bag => bag.Id), Column(loaded, bag => bag.BillId!.Value), Column(loaded, bag => bag.ChangedAt));
        }
    }

    private void AddLog(NpgsqlBatch batch, IReadOnlyList<(long Id, ScanDecision Decision)> events)
    {
        batch.Add(
            database.Sql(ScanSql.Append),
            Column(events, e => e.Id),
            Column(events, e => e.Decision.Scan.RecordedAt),
            Column(events, e => e.Decision.Scan.ScannedAt),
            Column(events, e => e.Decision.Scan.ScanId.Value),
            Column(events, e => (short)e.Decision.Scan.Action),
            Column(events, e => (short)e.Decision.Scan.Outcome),
            Column(events, e => (short?)e.Decision.Scan.Rejection),
            Column(events, e => e.Decision.Scan.Qr?.Value),
            Column(events, e => e.Decision.Scan.ParentQr?.Value),
            Column(events, e => e.Decision.Scan.BillNumber?.Value),
            Column(events, e => e.Decision.Scan.Fact),
            Column(events, e => e.Decision.Scan.ActorId),
            Column(events, e => e.Decision.Scan.Area),
            Column(events, e => e.Decision.Scan.FromParentQr?.Value),
            Column(events, e => e.Decision.Scan.Undoes?.Value));
        var receipts = events.Where(e => e.Decision.KeepsReceipt).ToArray();
        if (receipts.Length == 0)
            return;
        batch.Add(
            database.Sql(ScanSql.KeepReceipts),
            Column(receipts, e => e.Decision.Scan.ScanId.Value),
            Column(receipts, e => e.Decision.PayloadHash),
            Column(receipts, e => e.Decision.Scan.RecordedAt),
            Column(receipts, e => e.Id),
            Column(receipts, e => (short)e.Decision.Scan.Outcome),
            Column(receipts, e => (short?)e.Decision.Scan.Rejection),
            Column(receipts, e => e.Decision.Scan.ActorId),
            Column(receipts, e => e.Decision.Scan.Fact));
        // After the receipts, since a scan may be undone in the batch that records it.
        (ScanId Scan, ScanId UndoneBy)[] undone = [.. changes.Undone];
        if (undone.Length > 0)
            batch.Add(database.Sql(ScanUndoSql.Mark), Column(undone, pair => pair.Scan.Value), Column(undone, pair => pair.UndoneBy.Value));
    }

    private TraceTrackTotals Added(int events)
    {
        var registered = changes.Bags.Where(bag => bag.Version == 0).ToArray();
        var parents = registered.Count(bag => bag.Kind == BagKind.Parent);
        return new(registered.Length, parents, registered.Length - parents, Bills: 0, Scans: events, Users: 0);
    }

    private async ValueTask<List<Bag>> ExecuteAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var claimed = new List<Bag>();
        if (changes.Claims.Count == 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return claimed;
        }

        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = reader.ConfigureAwait(false);
        // The first result is of the locks.
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAllAsync(claimed, BagReader.Read, cancellationToken).ConfigureAwait(false);
        // Only reading to the end tells whether the commit, which comes after, went well.
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return claimed;
    }

    private ScanCommit Commit(Bag[] bags, Bill[] bills, IReadOnlyList<(long Id, ScanDecision Decision)> events, List<Bag> claimed)
    {
        var allBags = locks.Bags.Where(bag => bag.Version > 0).ToDictionary(bag => bag.Qr);
        foreach (var bag in claimed.Concat(bags))
            allBags[bag.Qr] = bag;
        var allBills = locks.Bills.ToDictionary(bill => bill.Number);
        foreach (var bill in bills)
            allBills[bill.Number] = bill;
        var ids = events.ToDictionary(e => (object)e.Decision, e => e.Id, ReferenceEqualityComparer.Instance);
        var firsts = events.Where(e => e.Decision.KeepsReceipt).ToDictionary(e => e.Decision.Scan.ScanId, e => e.Id);
        return new(changes, [.. changes.Decisions.Select(IdOf)], [.. allBags.Values], [.. allBills.Values]);

        // A replay of a scan of the same batch has that one's number, which its receipt did not know yet.
        long IdOf(ScanDecision decision) => !decision.IsReplay ? ids[decision]
            : decision.Scan.EventId > 0 ? decision.Scan.EventId
            : firsts[decision.Scan.ScanId];
    }

    private List<(long Id, ScanDecision Decision)> Number()
    {
        var events = new List<(long, ScanDecision)>(changes.Decisions.Count);
        foreach (var decision in changes.Decisions)
        {
            if (!decision.IsReplay)
                events.Add((locks.EventIds[events.Count], decision));
        }

        return events;
    }

    private static long Next(IEnumerator<long> versions) =>
        versions.MoveNext() ? versions.Current : throw new InvalidOperationException("More rows changed than versions were drawn.");
}
