using Npgsql;
using TraceTrack.Users;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

internal sealed class PostgresLoginSessionStore(Database database) : ILoginSessionStore
{
    public ValueTask<LoginSession?> StartAsync(LoginSession session, string? verifiedHash, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.RolledBack,
            (Database: database, session, verifiedHash),
            static async (connection, args, token) =>
            {
                var session = args.session;
                var batch = new NpgsqlBatch(connection);
                await using var _ = batch.ConfigureAwait(false);
                // The user's row first and its sessions after, as a change locks them; the other way round the two could wait for each other.
                batch.Add(
                        args.Database.Sql(UserSql.StartSession),
                        Parameter(Hash(session.Key)), Parameter(session.User.Id), Parameter(session.RenewedAt), Parameter(session.ExpiresAt),
                        Parameter(args.verifiedHash))
                    .Add(args.Database.Sql(UserSql.PruneSessions), Parameter(session.User.Id), Parameter(session.RenewedAt));
                var reader = await batch.ExecuteReaderAsync(token).ConfigureAwait(false);
                await using var __ = reader.ConfigureAwait(false);
                var started = await reader.ReadAsync(token).ConfigureAwait(false) ? session with { User = UserReader.Read(reader) } : null;
                // Until the last answer has come, the transaction has not ended.
                while (await reader.NextResultAsync(token).ConfigureAwait(false))
                {
                }

                return started;
            },
            cancellationToken);

    public async ValueTask<LoginSession?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            UserSql.FindSession,
            [Parameter(Hash(key))],
            row => new LoginSession(
                key, UserReader.Read(row), row.GetFieldValue<DateTimeOffset>(UserReader.Next), row.GetFieldValue<DateTimeOffset>(UserReader.Next + 1)),
            cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    public async ValueTask<bool> RenewAsync(string key, DateTimeOffset renewedAt, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            UserSql.RenewSession, [Parameter(Hash(key)), Parameter(renewedAt), Parameter(expiresAt)], cancellationToken).ConfigureAwait(false) == 1;

    public async ValueTask EndAsync(string key, CancellationToken cancellationToken) =>
        await ExecuteAsync(UserSql.EndSession, [Parameter(Hash(key))], cancellationToken).ConfigureAwait(false);

    // Not tried again after a lost connection: the keys of what is gone already could not be told.
    public ValueTask<IReadOnlyList<string>> EndAllAsync(string userId, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<string>, (string Sql, string UserId)>(
            database.RolledBack,
            (database.Sql(UserSql.EndAllSessions), userId),
            static async (connection, args, token) =>
            {
                var command = connection.Command(args.Sql, Parameter(args.UserId));
                await using var _ = command.ConfigureAwait(false);
                return await command.ReadAllAsync(UserReader.ReadSessionKey, token).ConfigureAwait(false);
            },
            cancellationToken);

    private ValueTask<int> ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.Repeatable,
            (Sql: database.Sql(sql), parameters),
            static async (connection, args, token) =>
            {
                var command = connection.Command(args.Sql, Array.ConvertAll(args.parameters, parameter => parameter.Clone()));
                await using var _ = command.ConfigureAwait(false);
                return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            },
            cancellationToken);

    private static byte[] Hash(string key) => Convert.FromHexString(key);
}
