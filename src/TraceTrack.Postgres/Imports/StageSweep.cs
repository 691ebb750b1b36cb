using System.Globalization;
using Npgsql;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>
/// Drops staging tables that nobody's session holds any more: their import was killed, or the server was, or somebody read the table when its import
/// had ended.
/// </summary>
internal static class StageSweep
{
    /// <summary>The table's full name. It is one import's own, so no statement that holds it is worth remembering.</summary>
    public static string Table(Database database, long key) =>
        string.Create(CultureInfo.InvariantCulture, $"{database.Schema.Name}.{StageSql.SharedPrefix}{key}");

    public static async ValueTask RunAsync(Database database, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var key in await ListAsync(database, connection, cancellationToken).ConfigureAwait(false))
        {
            var table = Table(database, key);
            if (!await TryLockAsync(connection, table, cancellationToken).ConfigureAwait(false))
                continue;
            try
            {
                await TryDropAsync(connection, table, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await UnlockAsync(connection, table).ConfigureAwait(false);
            }
        }
    }

    /// <summary>As above on a connection of its own, and content with what it can do now: the next import or start comes by again.</summary>
    public static async ValueTask TryRunAsync(Database database)
    {
        try
        {
            var connection = await database.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            await RunAsync(database, connection, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            // The server is away.
        }
    }

    /// <summary>
    /// Drops a table, unless it is another role's or somebody uses it, as a dump of the database does for as long as it takes. Then it is left to the
    /// next sweep: it costs nothing but its room, and nobody is to wait for it.
    /// </summary>
    public static async ValueTask TryDropAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        try
        {
            await ExecuteAsync(ImportSql.WaitAMoment).ConfigureAwait(false);
            await ExecuteAsync(StageSql.Drop.Replace(StageSql.Temporary, table, StringComparison.Ordinal)).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (ScanPartitions.IsRefused(error) || error.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        }

        async ValueTask ExecuteAsync(string sql)
        {
            var command = connection.Command(sql);
            await using var __ = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public static ValueTask<bool> TryLockAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken) =>
        AskAsync(connection, StageSql.TryLock, table, cancellationToken);

    public static async ValueTask UnlockAsync(NpgsqlConnection connection, string table) =>
        await AskAsync(connection, StageSql.Unlock, table, CancellationToken.None).ConfigureAwait(false);

    private static async ValueTask<List<long>> ListAsync(Database database, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.Command(database.Sql(StageSql.List));
        await using var _ = command.ConfigureAwait(false);
        return await command.ReadAllAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<bool> AskAsync(NpgsqlConnection connection, string sql, string table, CancellationToken cancellationToken)
    {
        // Advisory locks are the database's, so the schema's name belongs to the key.
        var command = connection.Command(sql, Parameter(table));
        await using var _ = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
