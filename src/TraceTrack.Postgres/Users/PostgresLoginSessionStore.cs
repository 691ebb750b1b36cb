using Npgsql;
using TraceTrack.Users;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

internal sealed class PostgresLoginSessionStore(Database database) : ILoginSessionStore
{
    public async ValueTask StartAsync(LoginSession session, CancellationToken cancellationToken) =>
        await database.RunAsync(
            database.RolledBack,
            (Database: database, session),
            static async (connection, args, token) =>
            {
                var session = args.session;
                var batch = new NpgsqlBatch(connection);
                await using var _ = batch.ConfigureAwait(false);
                batch.Add(args.Database.Sql(UserSql.PruneSessions), Parameter(session.User.Id), Parameter(session.RenewedAt))
                    .Add(
                        args.Database.Sql(UserSql.StartSession),
                        Parameter(Hash(session.Key)), Parameter(session.User.Id), Parameter(session.RenewedAt), Parameter(session.ExpiresAt));
                return await batch.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

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
