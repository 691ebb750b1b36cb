using TraceTrack.Paging;
using TraceTrack.Users;

namespace TraceTrack.Caching;

/// <summary>Users are not kept. Their changes end login sessions, and those are.</summary>
internal sealed class CachingUserStore(IUserStore inner, StoreCache cache) : IUserStore
{
    public ValueTask<IReadOnlyList<User?>> FindManyAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        inner.FindManyAsync(ids, cancellationToken);

    public ValueTask<IReadOnlyList<User>> ListAsync(UserRole? role, Slice<UserPosition> slice, CancellationToken cancellationToken) =>
        inner.ListAsync(role, slice, cancellationToken);

    public ValueTask<UserCredentials?> FindCredentialsAsync(string name, CancellationToken cancellationToken) =>
        inner.FindCredentialsAsync(name, cancellationToken);

    public ValueTask<User?> CreateAsync(NewUser user, CancellationToken cancellationToken) => inner.CreateAsync(user, cancellationToken);

    public async ValueTask<UserCommit?> ChangeAsync(string id, UserChange change, CancellationToken cancellationToken)
    {
        var ending = cache.Begin();
        ending.MayConcernEverything();
        var commit = await ending.RunAsync(() => inner.ChangeAsync(id, change, cancellationToken)).ConfigureAwait(false);
        if (commit is not null)
            await ending.End(commit.EndedSessions).CommitAsync().ConfigureAwait(false);
        return commit;
    }
}
