using Npgsql;
using TraceTrack.Users;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>One change of a user in two round trips: lock and read, decide, write, end the sessions and commit.</summary>
internal static class UserTransaction
{
    public static async ValueTask<UserCommit?> RunAsync(
        NpgsqlConnection connection, Database database, string id, UserChange change, CancellationToken cancellationToken)
    {
        var (stored, hasOtherAdmin) = await LockAsync(connection, database, id, change, cancellationToken).ConfigureAwait(false);
        UserCredentials? changed = null;
        try
        {
            if (stored is not null && UserRules.Change(stored, change, hasOtherAdmin) is var wanted && wanted != stored)
                changed = wanted;
        }
        finally
        {
            if (changed is null)
                await connection.RollbackAsync().ConfigureAwait(false);
        }

        if (changed is null)
            return stored is null ? null : new(stored.User, []);
        return new(changed.User, await WriteAsync(connection, database, changed, cancellationToken).ConfigureAwait(false));
    }

    private static async ValueTask<(UserCredentials? Stored, bool HasOtherAdmin)> LockAsync(
        NpgsqlConnection connection, Database database, string id, UserChange change, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(TransactionSql.Begin);
        // Two admins who take each other's role would else lock a row each, and each see the other one as the admin who stays.
        var canTakeAdmin = UserRules.CanTakeAdmin(change);
        if (canTakeAdmin)
            batch.Add(database.Sql(UserSql.LockAdmins));
        batch.Add(database.Sql(UserSql.Lock), Parameter(id)).Add(database.Sql(UserSql.HasOtherAdmin), Parameter(id));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        if (canTakeAdmin)
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var stored = new List<UserCredentials>(1);
        await reader.ReadAllAsync(stored, UserReader.ReadCredentials, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (stored.FirstOrDefault(), reader.GetBoolean(0));
    }

    private static async ValueTask<IReadOnlyList<string>> WriteAsync(
        NpgsqlConnection connection, Database database, UserCredentials changed, CancellationToken cancellationToken)
    {
        var user = changed.User;
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        batch.Add(
                database.Sql(UserSql.Update),
                Parameter(user.Id), Parameter((short)user.Role), Parameter(user.Area), Parameter(user.IsDisabled), Parameter(changed.PasswordHash))
            .Add(database.Sql(UserSql.EndAllSessions), Parameter(user.Id))
            .Add(TransactionSql.Commit);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var keys = new List<string>();
        await reader.ReadAllAsync(keys, UserReader.ReadSessionKey, cancellationToken).ConfigureAwait(false);
        // The commit's own answer: an error in it must not go unseen.
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return keys;
    }
}
