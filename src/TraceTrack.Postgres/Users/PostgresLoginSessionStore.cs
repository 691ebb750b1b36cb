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

    public ValueTask<LoginSession?> FindAsync(string key, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.Repeatable,
            (Sql: database.Sql(UserSql.FindSession), key),
            static async (connection, args, token) =>
            {
                var command = connection.Command(args.Sql, Parameter(Hash(args.key)));
                await using var _ = command.ConfigureAwait(false);
                var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
                await using var __ = reader.ConfigureAwait(false);
                return await reader.ReadAsync(token).ConfigureAwait(false)
                    ? new LoginSession(
                        args.key,
                        UserReader.Read(reader),
                        reader.GetFieldValue<DateTimeOffset>(UserReader.Next),
                        reader.GetFieldValue<DateTimeOffset>(UserReader.Next + 1))
                    : null;
            },
            cancellationToken);

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
