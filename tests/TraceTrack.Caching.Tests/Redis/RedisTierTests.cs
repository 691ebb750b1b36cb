using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace TraceTrack.Caching.Redis;

public sealed class RedisTierTests(RedisServer redis) : IAsyncLifetime
{
    private Node _node = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await Node.StartAsync(traceTrack => traceTrack.UseInMemory().UseCaching().UseRedis(redis.ConnectionString, TestTiers.Patient));
        // On a busy machine the first pulse may fail; what is written before one has come back is not kept there.
        await Eventually.HoldsAsync(() => _node.Cache.Shared!.EpochOf(CacheScopes.All) > 0);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_redis_that_forgets_everything_is_filled_again()
    {
        await _node.Warehouse.ObserveAsync("CB1");
        var id = await StoreIdAsync();
        await redis.Connection.GetDatabase().KeyDeleteAsync([.. redis.Keys(id).Select(key => (RedisKey)key)]);
        var scans = 1;
        await Eventually.HoldsAsync(async () =>
        {
            await _node.Warehouse.ObserveAsync($"CB{++scans}");
            return redis.Keys(id).Any(key => key.EndsWith($":b:CB{scans}", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task A_message_that_is_none_is_no_fault_and_memory_is_emptied()
    {
        await _node.Warehouse.ObserveAsync("CB1");
        Assert.True(_node.Cache.Bags.TryGet("CB1", out _));
        await redis.Connection.GetSubscriber().PublishAsync(RedisChannel.Literal($"tracetrack:{{{await StoreIdAsync():N}}}:changes"), "nonsense");
        await Eventually.HoldsAsync(() => !_node.Cache.Bags.TryGet("CB1", out _));
        await _node.Warehouse.ObserveAsync("CB1");
    }

    [Fact]
    public async Task Every_key_names_its_store_and_ends_by_itself()
    {
        await _node.Warehouse.FillAsync("SB1", 2);
        await _node.Warehouse.CreateBillAsync("B-1");
        await _node.Warehouse.SearchAsync("SB1");
        var id = await StoreIdAsync();
        await Eventually.HoldsAsync(() => redis.Keys(id).Length == 8);
        Assert.Equal(
            ["b:SB1", "b:SB1-C01", "b:SB1-C02", "l:B-1", "messages", "q:20|SB1|", "scope:all", "scope:area"],
            redis.Keys(id).Select(key => key[$"tracetrack:{{{id:N}}}:".Length..]).Order(StringComparer.Ordinal));
        foreach (var key in redis.Keys(id))
            Assert.NotNull(await redis.Connection.GetDatabase().KeyTimeToLiveAsync(key));
        var life = await redis.Connection.GetDatabase().KeyTimeToLiveAsync($"tracetrack:{{{id:N}}}:b:SB1");
        Assert.InRange(life!.Value, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task An_applications_own_connection_is_used_and_left_open()
    {
        await using var own = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await using (var node = await Node.StartAsync(traceTrack => traceTrack.UseInMemory().UseCaching().UseRedis(own, TestTiers.Patient)))
        {
            await node.Warehouse.ObserveAsync("CB1");
            var id = await node.Services.GetRequiredService<IStoreIdentity>().ReadAsync(default);
            Assert.Contains(redis.Keys(id), key => key.EndsWith("b:CB1", StringComparison.Ordinal));
        }

        Assert.True(own.IsConnected);
        await own.GetDatabase().PingAsync();
    }

    private ValueTask<Guid> StoreIdAsync() => _node.Services.GetRequiredService<IStoreIdentity>().ReadAsync(default);
}
