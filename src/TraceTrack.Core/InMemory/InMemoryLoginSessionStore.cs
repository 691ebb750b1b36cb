using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.InMemory;

internal sealed class InMemoryLoginSessionStore(InMemoryState state) : ILoginSessionStore
{
    private const int FirstSweep = 1024;

    private int _sweepAt = FirstSweep;

    public ValueTask<LoginSession?> StartAsync(LoginSession session, string? verifiedHash, CancellationToken cancellationToken) =>
        state.RunAsync(
            () =>
            {
                var stored = state.Users.GetValueOrDefault(session.User.Id);
                if (!UserRules.MayStartSession(stored, verifiedHash))
                    return null;
                state.Sessions.Add(session.Key, session with
                {
                    RenewedAt = RecordedTime.Truncate(session.RenewedAt),
                    ExpiresAt = RecordedTime.Truncate(session.ExpiresAt),
                });
                Sweep();
                return session with { User = stored!.User };
            },
            cancellationToken);

    public ValueTask<LoginSession?> FindAsync(string key, CancellationToken cancellationToken) =>
        state.RunAsync(
            () => state.Sessions.TryGetValue(key, out var session)
                && state.Users.TryGetValue(session.User.Id, out var user)
                && !user.User.IsDisabled
                    ? session with { User = user.User }
                    : null,
            cancellationToken);

    public ValueTask<bool> RenewAsync(string key, DateTimeOffset renewedAt, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        state.RunAsync(
            () =>
            {
                if (!state.Sessions.TryGetValue(key, out var session))
                    return false;
                state.Sessions[key] = session with
                {
                    RenewedAt = RecordedTime.Truncate(renewedAt),
                    ExpiresAt = RecordedTime.Truncate(expiresAt),
                };
                return true;
            },
            cancellationToken);

    public ValueTask EndAsync(string key, CancellationToken cancellationToken) =>
        Ignore(state.RunAsync(() => state.Sessions.Remove(key), cancellationToken));

    public ValueTask<IReadOnlyList<string>> EndAllAsync(string userId, CancellationToken cancellationToken) =>
        state.RunAsync(() => state.EndSessions(userId), cancellationToken);

    /// <summary>Drops expired sessions whenever their number has doubled, so that they do not pile up and no timer is needed.</summary>
    private void Sweep()
    {
        if (state.Sessions.Count < _sweepAt)
            return;
        var now = state.Now();
        foreach (var session in state.Sessions.Values.Where(session => session.ExpiresAt <= now))
            state.Sessions.Remove(session.Key);
        _sweepAt = Math.Max(FirstSweep, state.Sessions.Count * 2);
    }

    private static async ValueTask Ignore(ValueTask<bool> work) => await work.ConfigureAwait(false);
}
