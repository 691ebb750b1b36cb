using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Caching.Simulation;

internal sealed class LayeredUserStore(IUserStore inner, StoreLayer layer) : IUserStore
{
    public ValueTask<UserCommit?> ChangeAsync(string id, UserChange change, CancellationToken cancellationToken) =>
        layer.WriteAsync("change user", () => inner.ChangeAsync(id, change, cancellationToken));

    public ValueTask<IReadOnlyList<User?>> FindManyAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        inner.FindManyAsync(ids, cancellationToken);

    public ValueTask<IReadOnlyList<User>> ListAsync(UserRole? role, Slice<UserPosition> slice, CancellationToken cancellationToken) =>
        inner.ListAsync(role, slice, cancellationToken);

    public ValueTask<UserCredentials?> FindCredentialsAsync(string name, CancellationToken cancellationToken) =>
        inner.FindCredentialsAsync(name, cancellationToken);

    public ValueTask<User?> CreateAsync(NewUser user, CancellationToken cancellationToken) => inner.CreateAsync(user, cancellationToken);
}

/// <summary>Of a session counts whether it lives, and as whom; its renewals are no news to anybody.</summary>
internal sealed class LayeredLoginSessionStore(ILoginSessionStore inner, StoreLayer layer, SharedStore store) : ILoginSessionStore
{
    public ValueTask<LoginSession?> FindAsync(string key, CancellationToken cancellationToken) =>
        layer.ReadAsync([Names.OfSession(key)], () => inner.FindAsync(key, cancellationToken), static (session, _) => SharedStore.ValueOf(session));

    public ValueTask<LoginSession?> StartAsync(LoginSession session, string? verifiedHash, CancellationToken cancellationToken)
    {
        store.Sessions.TryAdd(session.Key, store.Sessions.Count);
        return layer.WriteAsync("log in", () => inner.StartAsync(session, verifiedHash, cancellationToken));
    }

    public ValueTask<bool> RenewAsync(string key, DateTimeOffset renewedAt, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        layer.WriteAsync("renew", () => inner.RenewAsync(key, renewedAt, expiresAt, cancellationToken));

    public async ValueTask EndAsync(string key, CancellationToken cancellationToken) => await layer.WriteAsync("log out", async () =>
    {
        await inner.EndAsync(key, cancellationToken);
        return true;
    });

    public ValueTask<IReadOnlyList<string>> EndAllAsync(string userId, CancellationToken cancellationToken) =>
        layer.WriteAsync("end all", () => inner.EndAllAsync(userId, cancellationToken));
}

internal sealed class LayeredBagImporter(IBagImporter inner, StoreLayer layer) : IBagImporter
{
    public ValueTask<ImportReport> ImportAsync(
        IAsyncEnumerable<BagRow> rows, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        layer.WriteAsync("import", () => inner.ImportAsync(rows, options, progress, cancellationToken));

    public ValueTask<ImportReport> ImportScansAsync(
        IAsyncEnumerable<Scan> scans, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        inner.ImportScansAsync(scans, options, progress, cancellationToken);

    public IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, CancellationToken cancellationToken) =>
        inner.ReadResultsAsync(importId, cancellationToken);

    public ValueTask<ImportReport?> FindAsync(Guid importId, CancellationToken cancellationToken) => inner.FindAsync(importId, cancellationToken);

    public ValueTask<IReadOnlyList<ImportReport>> ListAsync(Slice<long> slice, CancellationToken cancellationToken) => inner.ListAsync(slice, cancellationToken);

    public ValueTask<IReadOnlyList<RowResult>> ListResultsAsync(Guid importId, Slice<long> slice, CancellationToken cancellationToken) =>
        inner.ListResultsAsync(importId, slice, cancellationToken);
}
