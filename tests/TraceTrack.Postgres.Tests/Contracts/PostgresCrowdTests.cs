using System.Collections.Concurrent;
using Npgsql;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Contracts;

public sealed class PostgresCrowdTests(CrowdFixture fixture) : CrowdContract(fixture), IClassFixture<CrowdFixture>
{
    protected override Task AfterwardsAsync(Warehouse warehouse) => fixture.AssertNoDeadlockAsync();
}

/// <summary>Stores in a database of their own, since PostgreSQL counts deadlocks by database. A deadlock would be tried again, and nobody would see it.</summary>
public sealed class CrowdFixture(PostgresServer server) : ITrackerFixture, IAsyncLifetime
{
    private readonly string _database = "crowd_" + PostgresServer.NewSchema();
    private readonly ConcurrentBag<Measurements> _measured = [];
    private NpgsqlDataSource? _source;

    public async Task<IServiceProvider> CreateStoreAsync(Action<TraceTrackOptions>? options = null, TimeProvider? clock = null)
    {
        if (_source is null)
        {
            await server.ExecuteAsync($"CREATE DATABASE {_database}");
            _source = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = _database, MaxPoolSize = 40, MaxAutoPrepare = 50 }.ConnectionString);
        }

        var measured = new Measurements();
        _measured.Add(measured);
        return (await PostgresStore.CreateAsync(server, options, clock, source: _source, meters: measured)).Services;
    }

    public async Task AssertNoDeadlockAsync()
    {
        Assert.DoesNotContain("error.type=" + PostgresErrorCodes.DeadlockDetected, _measured.SelectMany(one => one.Sums(PostgresDiagnostics.Retries).Keys));
        // A backend tells what it counted when it ends.
        _source!.Clear();
        while (await server.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{_database}'") > 0)
            await Task.Delay(20);
        Assert.Equal(0, await server.ScalarAsync<long>($"SELECT deadlocks FROM pg_stat_database WHERE datname = '{_database}'"));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_source is null)
            return;
        await _source.DisposeAsync();
        await server.ExecuteAsync($"DROP DATABASE {_database} WITH (FORCE)");
    }
}
