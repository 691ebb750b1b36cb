using TraceTrack.Users;

namespace TraceTrack.Caching;

internal sealed class CachingLoginSessionStore(ILoginSessionStore inner, StoreCache cache) : ILoginSessionStore
{
    private readonly CacheLoad<LoginSession> _load = async (keys, cancellationToken) =>
    {
        var sessions = new LoginSession?[keys.Count];
        for (var i = 0; i < sessions.Length; i++)
            sessions[i] = await inner.FindAsync(keys[i], cancellationToken).ConfigureAwait(false);
        return sessions;
    };

    public ValueTask<LoginSession?> FindAsync(string key, CancellationToken cancellationToken) =>
        cache.Sessions.TryGet(key, out var session) ? new(session) : cache.Sessions.LoadAsync(key, _load, cancellationToken);

    public ValueTask<LoginSession?> StartAsync(LoginSession session, string? verifiedHash, CancellationToken cancellationToken) =>
        inner.StartAsync(session, verifiedHash, cancellationToken);

    public async ValueTask<bool> RenewAsync(string key, DateTimeOffset renewedAt, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var change = cache.Begin();
        change.MayConcernSession(key);
        var isRenewed = await change.RunAsync(() => inner.RenewAsync(key, renewedAt, expiresAt, cancellationToken)).ConfigureAwait(false);
        if (!isRenewed)
            change.End(key);
        else if (cache.Sessions.Memory.TryGet(key, out var kept) && kept.Value is { } session)
            change.Put(session with { RenewedAt = renewedAt, ExpiresAt = expiresAt });
        else
            change.Forget();
        await change.CommitAsync().ConfigureAwait(false);
        return isRenewed;
    }

    public async ValueTask EndAsync(string key, CancellationToken cancellationToken)
    {
        var change = cache.Begin();
        change.MayConcernSession(key);
        await change.RunAsync(async () =>
        {
            await inner.EndAsync(key, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        await change.End(key).CommitAsync().ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<string>> EndAllAsync(string userId, CancellationToken cancellationToken)
    {
        var change = cache.Begin();
        change.MayConcernEverything();
        var ended = await change.RunAsync(() => inner.EndAllAsync(userId, cancellationToken)).ConfigureAwait(false);
        await change.End(ended).CommitAsync().ConfigureAwait(false);
        return ended;
    }
}
