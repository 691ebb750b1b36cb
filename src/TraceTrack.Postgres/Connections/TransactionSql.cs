using System.Data;
using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>Transactions inside batches: a separate BEGIN or COMMIT would cost a round trip each.</summary>
internal static class TransactionSql
{
    public const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED";

    /// <summary>
    /// For the rest of the transaction, plans are made once a connection. The server guesses that a list of codes is longer than it is, takes a
    /// plan for just this list to be cheaper, and would make one for each scan, which takes as long as all the rest of it.
    /// </summary>
    public const string KeepPlans = "SET LOCAL plan_cache_mode = force_generic_plan";

    /// <summary>A plan that is kept must not be one for a table that was empty then.</summary>
    public const string ByIndex = "SET LOCAL enable_seqscan = off";

    /// <summary>
    /// New entries of the trigram index wait in a list that every search reads, until whoever makes it too long sorts them all in while others wait.
    /// The shortest list (64 kB) is read in no time and sorted in bit by bit. For many rows in one statement the usual one is cheaper.
    /// </summary>
    public const string SortInBitByBit = "SET LOCAL gin_pending_list_limit = 64";

    /// <summary>The settings of a scan's transaction, after its beginning.</summary>
    public static IReadOnlyList<string> OfScans { get; } = [KeepPlans, ByIndex, SortInBitByBit];

    /// <summary>For the rest of the transaction, a lock that others hold is waited for no longer.</summary>
    public const string WaitForSeconds = "SELECT set_config('lock_timeout', '5s', true)";

    public const string Commit = "COMMIT";

    private const string Rollback = "ROLLBACK";

    /// <summary>Adds <see cref="OfScans"/>.</summary>
    public static NpgsqlBatch AddSettingsOfScans(this NpgsqlBatch batch)
    {
        foreach (var setting in OfScans)
            batch.Add(setting);
        return batch;
    }

    /// <summary>Ends the transaction of a batch. Not cancelled: a connection must not go back to the pool with locks.</summary>
    public static async ValueTask RollbackAsync(this NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(Rollback, connection);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>
    /// After an error inside a batch, or when it took too long: ends the transaction, and forgets what was prepared on the connection. Npgsql 10 may take statements for
    /// prepared that the server does not know, and every later use of the connection would fail with 26000. It has no asynchronous way to
    /// forget them, so this blocks for one short round trip.
    /// </summary>
    public static async ValueTask RecoverAsync(this NpgsqlConnection connection)
    {
        if (connection.FullState != ConnectionState.Open)
            return;
        try
        {
            await connection.RollbackAsync().ConfigureAwait(false);
            connection.UnprepareAll();
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            // The connection is lost as well: whoever uses it next is told, and the first error is the one that counts here.
        }
    }
}
