using System.Collections.Concurrent;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Contracts;

/// <summary>A schema of its own for each store the contracts ask for.</summary>
public sealed class PostgresFixture(PostgresServer server) : ITrackerFixture, IAsyncLifetime
{
    private readonly ConcurrentBag<PostgresStore> _stores = [];

    public async Task<IServiceProvider> CreateStoreAsync(Action<TraceTrackOptions>? options = null, TimeProvider? clock = null)
    {
        var store = await PostgresStore.CreateAsync(server, options, clock);
        _stores.Add(store);
        return store.Services;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
    }
}
