using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Postgres.Tests;
using TraceTrack.Testing;

namespace TraceTrack.Caching.Contracts;

/// <summary>The in-memory store behind a cache with memory only.</summary>
public sealed class MemoryFixture : ITrackerFixture, IAsyncDisposable
{
    private readonly ConcurrentBag<Node> _nodes = [];

    public async Task<IServiceProvider> CreateStoreAsync(Action<TraceTrackOptions>? options = null, TimeProvider? clock = null)
    {
        var node = await Node.StartAsync(traceTrack => traceTrack.UseInMemory().UseCaching(), options, clock);
        _nodes.Add(node);
        return node.Services;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }
}

/// <summary>PostgreSQL behind a cache with both tiers.</summary>
public sealed class RedisFixture(PostgresServer postgres, RedisServer redis) : ITrackerFixture, IAsyncLifetime
{
    private readonly ConcurrentBag<string> _schemas = [];
    private readonly ConcurrentBag<Node> _nodes = [];

    public async Task<IServiceProvider> CreateStoreAsync(Action<TraceTrackOptions>? options = null, TimeProvider? clock = null)
    {
        var schema = PostgresServer.NewSchema();
        _schemas.Add(schema);
        var node = await Node.StartAsync(traceTrack => traceTrack.UseBothTiers(postgres, redis, schema), options, clock);
        _nodes.Add(node);
        return node.Services;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        foreach (var schema in _schemas)
            await postgres.ExecuteAsync($"DROP SCHEMA IF EXISTS {schema} CASCADE");
    }
}
