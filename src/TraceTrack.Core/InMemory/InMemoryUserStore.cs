using System.Globalization;
using TraceTrack.Paging;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack.InMemory;

internal sealed class InMemoryUserStore(InMemoryState state) : IUserStore
{
    public ValueTask<IReadOnlyList<User?>> FindManyAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<User?>>(() => [.. ids.Select(id => state.Users.GetValueOrDefault(id)?.User)], cancellationToken);

    public ValueTask<IReadOnlyList<User>> ListAsync(UserRole? role, Slice<UserPosition> slice, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<User>>(
            () =>
            {
                var rows = state.Users.Values.Select(stored => (stored.User, Key: UserPosition.Of(stored.User.Name).NameKey))
                    .Where(row => (role is null || row.User.Role == role) && IsBeyond(row.Key, slice));
                var ordered = slice.Backward
                    ? rows.OrderByDescending(row => row.Key, StringComparer.Ordinal)
                    : rows.OrderBy(row => row.Key, StringComparer.Ordinal);
                return [.. ordered.Take(slice.Count).Select(row => row.User)];
            },
            cancellationToken);

    public ValueTask<UserCredentials?> FindCredentialsAsync(string name, CancellationToken cancellationToken) =>
        state.RunAsync(() => state.UserIds.TryGetValue(name, out var id) ? state.Users[id] : null, cancellationToken);

    public ValueTask<User?> CreateAsync(NewUser user, CancellationToken cancellationToken) =>
        state.RunAsync(
            () =>
            {
                var id = state.NextId().ToString(CultureInfo.InvariantCulture);
                if (!state.UserIds.TryAdd(user.Name, id))
                    return null;
                var stored = new User { Id = id, Name = user.Name, Role = user.Role, Area = user.Area, CreatedAt = state.Now() };
                state.Users.Add(id, new(stored, user.PasswordHash));
                state.Totals += new TraceTrackTotals { Users = 1 };
                return stored;
            },
            cancellationToken);

    public ValueTask<UserCommit?> ChangeAsync(string id, UserChange change, CancellationToken cancellationToken) =>
        state.RunAsync(
            () =>
            {
                if (!state.Users.TryGetValue(id, out var stored))
                    return null;
                var changed = UserRules.Change(stored, change, state.Users.Values.Any(other => other.User.Id != id && UserRules.IsEnabledAdmin(other.User)));
                if (changed == stored)
                    return new UserCommit(stored.User, []);
                state.Users[id] = changed;
                return new UserCommit(changed.User, state.EndSessions(id));
            },
            cancellationToken);

    private static bool IsBeyond(string key, Slice<UserPosition> slice)
    {
        if (slice.From is not { } from)
            return true;
        var order = string.CompareOrdinal(key, from.NameKey);
        return slice.Backward ? order < 0 : order > 0;
    }
}
