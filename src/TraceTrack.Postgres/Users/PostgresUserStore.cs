using Npgsql;
using TraceTrack.Paging;
using TraceTrack.Users;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

internal sealed class PostgresUserStore(Database database) : IUserStore
{
    public async ValueTask<IReadOnlyList<User?>> FindManyAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        var users = await database.ReadAsync(UserSql.FindMany, [Parameter(ids.ToArray())], UserReader.Read, cancellationToken).ConfigureAwait(false);
        var found = users.ToDictionary(user => user.Id, StringComparer.Ordinal);
        return [.. ids.Select(found.GetValueOrDefault)];
    }

    public async ValueTask<IReadOnlyList<User>> ListAsync(UserRole? role, Slice<UserPosition> slice, CancellationToken cancellationToken)
    {
        var parameters = new List<NpgsqlParameter>(3);
        if (role is { } value)
            parameters.Add(Parameter((short)value));
        if (slice.From is { } from)
            parameters.Add(Parameter(from.NameKey));
        parameters.Add(Parameter((long)slice.Count));
        var sql = UserSql.List(role is not null, slice.From is not null, slice.Backward);
        return await database.ReadAsync(sql, [.. parameters], UserReader.Read, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<UserCredentials?> FindCredentialsAsync(string name, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            UserSql.FindCredentials,
            [Parameter(UserPosition.Of(name).NameKey)],
            UserReader.ReadCredentials,
            cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    public ValueTask<User?> CreateAsync(NewUser user, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.RolledBack,
            (Sql: database.Sql(UserSql.Create), user),
            static async (connection, args, token) =>
            {
                var user = args.user;
                var command = connection.Command(
                    args.Sql, Parameter(user.Name), Parameter(UserPosition.Of(user.Name).NameKey), Parameter((short)user.Role),
                    Parameter(user.Area), Parameter(user.PasswordHash), Parameter(TotalsSlot.Pick()));
                await using var _ = command.ConfigureAwait(false);
                return (await command.ReadAllAsync(UserReader.Read, token).ConfigureAwait(false)).FirstOrDefault();
            },
            cancellationToken);

    // Tried again only after a roll-back: a change that was made and lost its answer would the second time change nothing and name no session.
    public ValueTask<UserCommit?> ChangeAsync(string id, UserChange change, CancellationToken cancellationToken) =>
        database.RunAsync(
            database.RolledBack,
            (Database: database, id, change),
            static (connection, args, token) => UserTransaction.RunAsync(connection, args.Database, args.id, args.change, token),
            cancellationToken);
}
