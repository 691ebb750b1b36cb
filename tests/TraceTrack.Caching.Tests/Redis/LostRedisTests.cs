using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using TraceTrack.Postgres.Tests;

namespace TraceTrack.Caching.Redis;

/// <summary>Redis absent, slow or lost: everything goes on, and nothing old is said afterwards.</summary>
public sealed class LostRedisTests(PostgresServer postgres, RedisServer redis) : IAsyncLifetime
{
    private readonly string _schema = PostgresServer.NewSchema();
    private NetworkGate _gate = null!;

    public ValueTask InitializeAsync()
    {
        var settings = ConfigurationOptions.Parse(redis.ConnectionString);
        var (host, port) = settings.EndPoints[0] switch
        {
            System.Net.DnsEndPoint dns => (dns.Host, dns.Port),
            System.Net.IPEndPoint ip => (ip.Address.ToString(), ip.Port),
            var other => throw new NotSupportedException($"{other} leads nowhere a gate can stand."),
        };
        _gate = new(host, port);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.DisposeAsync();
        await postgres.ExecuteAsync($"DROP SCHEMA IF EXISTS {_schema} CASCADE");
    }

    [Fact]
    public async Task Absent_from_the_start_it_hurts_nobody_and_is_used_when_it_comes()
    {
        _gate.Shut();
        await using var node = await OpenAsync();
        await node.Warehouse.FillAsync("SB1", 2);
        Assert.Equal(2, (await node.Warehouse.BagAsync("SB1")).ChildCount);
        Assert.Equal(2, (await node.Warehouse.ChildrenAsync("SB1")).Count);
        _gate.Open();
        var scans = 0;
        await Eventually.HoldsAsync(async () =>
        {
            await node.Warehouse.ObserveAsync($"CB-{++scans}");
            return (await KeysAsync(node)).Any(key => key.Contains(":b:CB-", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task When_it_comes_what_others_wrote_before_is_asked_for_again()
    {
        _gate.Shut();
        await using var node = await OpenAsync();
        await using var straight = await Node.StartAsync(traceTrack => traceTrack.UseBothTiers(postgres, redis, _schema));
        await straight.Warehouse.ObserveAsync("SB1");
        Assert.Equal(0, (await node.Warehouse.BagAsync("SB1")).ChildCount);
        await straight.Warehouse.LinkAsync("CB1", "SB1");
        Assert.Equal(0, (await node.Warehouse.BagAsync("SB1")).ChildCount);
        _gate.Open();
        await Eventually.HoldsAsync(async () => (await node.Warehouse.BagAsync("SB1")).ChildCount == 1);
    }

    [Fact]
    public async Task Lost_and_back_it_says_nothing_that_was_written_meanwhile()
    {
        await using var node = await OpenAsync();
        await using var straight = await Node.StartAsync(traceTrack => traceTrack.UseBothTiers(postgres, redis, _schema));
        await node.Warehouse.ObserveAsync("SB1");
        Assert.Equal(0, (await straight.Warehouse.BagAsync("SB1")).ChildCount);
        _gate.Shut();
        await node.Warehouse.LinkAsync("CB1", "SB1");
        Assert.Equal(1, (await node.Warehouse.BagAsync("SB1")).ChildCount);
        Assert.Equal(1, (await ReloadAsync(node)).ChildCount);
        Assert.Equal(0, (await straight.Warehouse.BagAsync("SB1")).ChildCount);
        _gate.Open();
        // Nobody uses the node meanwhile: it says by itself that everything is void, as soon as it can.
        await Eventually.HoldsAsync(async () => (await straight.Warehouse.BagAsync("SB1")).ChildCount == 1);
        Assert.Equal(1, (await ReloadAsync(node)).ChildCount);
    }

    [Fact]
    public async Task Slow_it_is_left_alone()
    {
        await using var node = await OpenAsync();
        await node.Warehouse.ObserveAsync("SB1");
        _gate.Block();
        for (var i = 0; i < 5; i++)
            await node.Warehouse.LinkAsync($"CB{i}", "SB1");
        Assert.Equal(5, (await ReloadAsync(node)).ChildCount);
        _gate.Open();
        await Eventually.HoldsAsync(async () =>
        {
            Assert.Equal(5, (await ReloadAsync(node)).ChildCount);
            return (await KeysAsync(node)).Any(key => key.EndsWith(":b:SB1", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task What_others_wrote_while_the_connection_was_lost_is_asked_for_again()
    {
        await using var node = await OpenAsync();
        await using var straight = await Node.StartAsync(traceTrack => traceTrack.UseBothTiers(postgres, redis, _schema));
        await straight.Warehouse.ObserveAsync("SB1");
        Assert.Equal(0, (await node.Warehouse.BagAsync("SB1")).ChildCount);
        _gate.Shut();
        await straight.Warehouse.LinkAsync("CB1", "SB1");
        _gate.Open();
        await Eventually.HoldsAsync(async () => (await node.Warehouse.BagAsync("SB1")).ChildCount == 1);
    }

    [Fact]
    public async Task A_redis_that_refuses_writes_is_no_error()
    {
        await using var node = await OpenAsync();
        await node.Warehouse.ObserveAsync("SB1");
        var id = await node.Services.GetRequiredService<IStoreIdentity>().ReadAsync(default);
        // A key of another type where the scope's token should be: every script fails.
        var scope = $"tracetrack:{{{id:N}}}:scope:all";
        await redis.Connection.GetDatabase().KeyDeleteAsync(scope);
        await redis.Connection.GetDatabase().ListRightPushAsync(scope, "x");
        await node.Warehouse.LinkAsync("CB1", "SB1");
        Assert.Equal(1, (await ReloadAsync(node)).ChildCount);
    }

    private static Task<Bags.Bag> ReloadAsync(Node node)
    {
        node.Cache.Bags.Memory.Clear();
        return node.Warehouse.BagAsync("SB1");
    }

    private async Task<string[]> KeysAsync(Node node) => redis.Keys(await node.Services.GetRequiredService<IStoreIdentity>().ReadAsync(default));

    private Task<Node> OpenAsync()
    {
        var settings = ConfigurationOptions.Parse(redis.ConnectionString);
        settings.EndPoints.Clear();
        settings.EndPoints.Add("127.0.0.1", _gate.Port);
        return Node.StartAsync(traceTrack => traceTrack.UsePostgres(postgres.Source, o => o.SchemaName = _schema).MigrateOnStartup()
            .UseCaching().UseRedis(settings.ToString(includePassword: true), o =>
            {
                o.OperationTimeout = TimeSpan.FromMilliseconds(300);
                o.RetryAfter = TimeSpan.FromMilliseconds(50);
            }));
    }
}
