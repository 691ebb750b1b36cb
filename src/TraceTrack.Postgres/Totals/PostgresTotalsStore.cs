using Npgsql;
using TraceTrack.Totals;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

internal sealed class PostgresTotalsStore(Database database) : ITotalsStore
{
    public ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken) =>
        database.RunAsync(
            database.Repeatable,
            database.Sql(TotalsSql.Get),
            static (connection, sql, token) => ReadAsync(connection, sql, token),
            cancellationToken);

    public ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken) =>
        database.RunAsync(database.RolledBack, database, ReconcileAsync, cancellationToken);

    /// <summary>The parameters of TotalsSql.Add.</summary>
    public static NpgsqlParameter[] Added(TraceTrackTotals added) =>
    [
        Parameter(TotalsSlot.Pick()), Parameter(added.Bags), Parameter(added.Parents), Parameter(added.Children),
        Parameter(added.Bills), Parameter(added.Scans), Parameter(added.Users),
    ];

    private static async ValueTask<TotalsReconciliation> ReconcileAsync(NpgsqlConnection connection, Database database, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        // Writers wait behind one who waits for the lock, and a long import may hold it off.
        await ExecuteAsync(connection, TransactionSql.WaitForSeconds, [], cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, database.Sql(TotalsSql.LockSlots), [], cancellationToken).ConfigureAwait(false);
        // The lock came first: in READ COMMITTED each statement after it sees everything that was committed before it.
        var kept = await ReadAsync(connection, database.Sql(TotalsSql.Get), cancellationToken).ConfigureAwait(false);
        var counted = await ReadAsync(connection, database.Sql(TotalsSql.Count), cancellationToken).ConfigureAwait(false);
        if (kept != counted)
        {
            NpgsqlParameter[] sums =
            [
                Parameter(counted.Bags), Parameter(counted.Parents), Parameter(counted.Children),
                Parameter(counted.Bills), Parameter(counted.Scans), Parameter(counted.Users),
            ];
            await ExecuteAsync(connection, database.Sql(TotalsSql.Set), sums, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new(kept, counted);
    }

    private static async ValueTask<TraceTrackTotals> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.Command(sql);
        await using var _ = command.ConfigureAwait(false);
        // Counting a large store takes its time.
        command.CommandTimeout = 0;
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
    }

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var command = connection.Command(sql, parameters);
        await using var _ = command.ConfigureAwait(false);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
