using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Postgres.Tests;
using TraceTrack.Testing;

namespace TraceTrack.Caching.Contracts;

/// <summary>The in-memory store behind a cache with memory only.</summary>
public sealed class MemoryFixture : ITrackerFixture
{
    public async Task<IServiceProvider> CreateStoreAsync(Action<TraceTrackOptions>? options = null, TimeProvider? clock = null) =>
        (await Node.StartAsync(traceTrack => traceTrack.UseInMemory().UseCaching(), options, clock)).Services;
}

/// <summary>PostgreSQL behind a cache with both tiers.</summary>
public sealed class RedisFixture(PostgresServer postgres, RedisServer redis) : ITrackerFixture, IAsyncLifetime
{
    private readonly ConcurrentBag<string> _schemas = [];

    public async Task<IServiceProvider> CreateStoreAsync(Action<TraceTrackOptions>? options = null, TimeProvider? clock = null)
    {
        var schema = PostgresServer.NewSchema();
        _schemas.Add(schema);
        return (await Node.StartAsync(traceTrack => traceTrack.UseBothTiers(postgres, redis, schema), options, clock)).Services;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var schema in _schemas)
            await postgres.ExecuteAsync($"DROP SCHEMA IF EXISTS {schema} CASCADE");
    }
}
