using Npgsql;
using TraceTrack.Bags;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// A deletion of bags in two round trips: lock by id, read in a statement of its own, decide, delete and commit. No bill is locked, since
/// what puts a bag into a parent or onto a bill locks the bag too.
/// </summary>
internal sealed class BagTransaction(NpgsqlConnection connection, Database database, IReadOnlyList<QrCode> qrs)
{
    public async ValueTask<BagDeletion> DeleteAsync(CancellationToken cancellationToken)
    {
        BagDeletion? decided = null;
        var (locked, bags, version) = await LockAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A bag that was registered while others were waited for.
            if (bags.Exists(bag => !locked.Contains(bag.Id)))
                throw new StaleLocksException();
            decided = BagRules.Delete(qrs, bags);
        }
        finally
        {
            if (decided is null or { Bags.Count: 0 })
                await connection.RollbackAsync().ConfigureAwait(false);
        }

        if (decided.Bags.Count == 0)
            return decided;
        await WriteAsync(decided.Bags, cancellationToken).ConfigureAwait(false);
        return decided with { Bags = [.. decided.Bags.Select(bag => bag with { Version = version })] };
    }

    private async ValueTask<(HashSet<long> Locked, List<Bag> Bags, long Version)> LockAsync(CancellationToken cancellationToken)
    {
        var codes = qrs.Select(qr => qr.Value).Distinct(StringComparer.Ordinal).ToArray();
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(TransactionSql.Begin)
            .Add(database.Sql(BagSql.LockToDelete), Parameter(codes))
            .Add(database.Sql(BagSql.FindMany), Parameter(codes))
            .Add(database.Sql(BagSql.DrawVersion));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var locked = new HashSet<long>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            locked.Add(reader.GetInt64(0));
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var bags = new List<Bag>();
        await reader.ReadAllAsync(bags, BagReader.Read, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (locked, bags, reader.GetInt64(0));
    }

    private async ValueTask WriteAsync(IReadOnlyList<Bag> bags, CancellationToken cancellationToken)
    {
        var parents = bags.Count(bag => bag.Kind == BagKind.Parent);
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(database.Sql(BagSql.Delete), Column(bags, bag => bag.Id))
            .Add(database.Sql(TotalsSql.Add), PostgresTotalsStore.Added(new(-bags.Count, -parents, parents - bags.Count, Bills: 0, Scans: 0, Users: 0)))
            .Add(TransactionSql.Commit);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
