using Npgsql;

namespace TraceTrack.Postgres;

/// <summary>Transactions inside batches: a separate BEGIN or COMMIT would cost a round trip each.</summary>
internal static class TransactionSql
{
    public const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED";

    public const string Commit = "COMMIT";

    private const string Rollback = "ROLLBACK";

    /// <summary>Ends the transaction of a batch. Not cancelled: a connection must not go back to the pool with locks.</summary>
    public static async ValueTask RollbackAsync(this NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(Rollback, connection);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
