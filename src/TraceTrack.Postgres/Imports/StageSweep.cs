using System.Globalization;
using Npgsql;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>Drops staging tables that nobody's session holds any more: their import was killed, or the server was.</summary>
internal static class StageSweep
{
    public static string Table(long key) => StageSql.SharedPrefix + key.ToString(CultureInfo.InvariantCulture);

    public static async ValueTask RunAsync(Database database, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var key in await ListAsync(database, connection, cancellationToken).ConfigureAwait(false))
        {
            var table = Table(key);
            if (!await TryLockAsync(database, connection, table, cancellationToken).ConfigureAwait(false))
                continue;
            try
            {
                var command = connection.Command(database.Sql(StageSql.Drop.Replace(StageSql.Temporary, table, StringComparison.Ordinal)));
                await using var _ = command.ConfigureAwait(false);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.LockNotAvailable)
            {
                // It is another role's, or somebody looks into it: it costs nothing but its room.
            }
            finally
            {
                await UnlockAsync(database, connection, table).ConfigureAwait(false);
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

    public static ValueTask<bool> TryLockAsync(Database database, NpgsqlConnection connection, string table, CancellationToken cancellationToken) =>
        AskAsync(database, connection, StageSql.TryLock, table, cancellationToken);

    public static async ValueTask UnlockAsync(Database database, NpgsqlConnection connection, string table) =>
        await AskAsync(database, connection, StageSql.Unlock, table, CancellationToken.None).ConfigureAwait(false);

    private static async ValueTask<List<long>> ListAsync(Database database, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.Command(database.Sql(StageSql.List));
        await using var _ = command.ConfigureAwait(false);
        return await command.ReadAllAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<bool> AskAsync(
        Database database, NpgsqlConnection connection, string sql, string table, CancellationToken cancellationToken)
    {
        // Advisory locks are the database's, so the schema's name belongs to the key.
        var command = connection.Command(sql, Parameter(database.Sql(table)));
        await using var _ = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
