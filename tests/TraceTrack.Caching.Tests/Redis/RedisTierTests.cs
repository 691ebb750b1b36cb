using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using TraceTrack.Bags;

namespace TraceTrack.Caching.Redis;

public sealed class RedisTierTests(RedisServer redis) : IAsyncLifetime
{
    private static readonly string[] Scopes = [CacheScopes.All];

    private Node _node = null!;

    private RedisTier Tier => _node.Services.GetRequiredService<RedisTier>();

    public async ValueTask InitializeAsync() =>
        _node = await Node.StartAsync(traceTrack => traceTrack.UseInMemory().UseCaching().UseRedis(redis.ConnectionString, TestTiers.Patient));

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task An_older_version_never_replaces_a_newer_one()
    {
        var stamp = (await Tier.GetAsync(Scopes, ["b:CB1"])).Stamp!;
        await Tier.FillAsync(Scopes, stamp, [Entry("CB1", 5)]);
        await Tier.FillAsync(Scopes, stamp, [Entry("CB1", 4)]);
        Assert.Equal(5, await VersionAsync("CB1"));
        await Tier.CommitAsync(new() { Message = [], Puts = { Entry("CB1", 3) } });
        Assert.Equal(5, await VersionAsync("CB1"));
        await Tier.CommitAsync(new() { Message = [], Puts = { Entry("CB1", 6) } });
        Assert.Equal(6, await VersionAsync("CB1"));
    }

    [Fact]
    public async Task Versions_are_compared_as_numbers_of_any_size()
    {
        long[] rising = [1, 255, 256, 65_536, (1L << 32) - 1, 1L << 32, 1L << 50];
        foreach (var version in rising)
        {
            await Tier.CommitAsync(new() { Message = [], Puts = { Entry("CB1", version), Entry("CB1", version - 1) } });
            Assert.Equal(version, await VersionAsync("CB1"));
        }
    }

    [Fact]
    public async Task What_has_ended_stays_ended()
    {
        await Tier.CommitAsync(new() { Message = [], Puts = { new("s:key", LoginSessionCodec.Ended, TimeSpan.FromMinutes(1), Tombstone()) } });
        var stamp = (await Tier.GetAsync(Scopes, ["s:key"])).Stamp!;
        var session = Rows.Session;
        var version = new LoginSessionCodec().VersionOf(session);
        await Tier.FillAsync(Scopes, stamp, [new("s:key", version, TimeSpan.FromMinutes(1), Envelope.Write(new LoginSessionCodec(), new(), session, version, Rows.Noon))]);
        var answer = await Tier.GetAsync(Scopes, ["s:key"]);
        Assert.Equal(Tombstone(), answer.Entries[0].ToArray());
    }

    [Fact]
    public async Task A_deleted_bag_is_not_brought_back_by_an_older_version_and_is_by_a_newer_one()
    {
        var stamp = (await Tier.GetAsync(Scopes, ["b:CB1"])).Stamp!;
        await Tier.CommitAsync(new() { Message = [], Puts = { Entry("CB1", 5) } });
        await Tier.CommitAsync(new() { Message = [], Puts = { new("b:CB1", 7, TimeSpan.FromMinutes(1), Envelope.Write(new BagCodec(), new(), null, 7, Rows.Noon)) } });
        await Tier.FillAsync(Scopes, stamp, [Entry("CB1", 6)]);
        await Tier.CommitAsync(new() { Message = [], Puts = { Entry("CB1", 6) } });
        var answer = await Tier.GetAsync(Scopes, ["b:CB1"]);
        Assert.True(Envelope.TryRead<Bag>(new BagCodec(), answer.Entries[0].Span, out var bag, out var version, out _));
        Assert.Equal((null, 7), (bag, version));
        await Tier.CommitAsync(new() { Message = [], Puts = { Entry("CB1", 8) } });
        Assert.Equal(8, await VersionAsync("CB1"));
    }

    [Fact]
    public async Task A_load_that_began_before_a_bump_fills_nothing()
    {
        var stamp = (await Tier.GetAsync(Scopes, ["b:CB1"])).Stamp!;
        await Tier.CommitAsync(new() { Message = [], Bumps = { CacheScopes.All } });
        await Tier.FillAsync(Scopes, stamp, [Entry("CB1", 5)]);
        Assert.Null(await VersionAsync("CB1"));
    }

    [Fact]
    public async Task A_bump_voids_its_scope_and_no_other()
    {
        string[] north = [CacheScopes.All, CacheScopes.OfArea("NORTH")];
        string[] south = [CacheScopes.All, CacheScopes.OfArea("SOUTH")];
        await Tier.FillAsync(north, (await Tier.GetAsync(north, ["q:1"])).Stamp!, [new("q:1", 0, TimeSpan.FromMinutes(1), [1])]);
        await Tier.FillAsync(south, (await Tier.GetAsync(south, ["q:2"])).Stamp!, [new("q:2", 0, TimeSpan.FromMinutes(1), [2])]);
        await Tier.CommitAsync(new() { Message = [], Bumps = { CacheScopes.OfArea("NORTH") } });
        Assert.True((await Tier.GetAsync(north, ["q:1"])).Entries[0].IsEmpty);
        Assert.False((await Tier.GetAsync(south, ["q:2"])).Entries[0].IsEmpty);
        await Tier.CommitAsync(new() { Message = [], Bumps = { CacheScopes.All } });
        Assert.True((await Tier.GetAsync(south, ["q:2"])).Entries[0].IsEmpty);
    }

    [Fact]
    public async Task A_version_of_before_a_bump_stands_in_nobodys_way()
    {
        await Tier.CommitAsync(new() { Message = [], Puts = { Entry("CB1", 50) } });
        await Tier.CommitAsync(new() { Message = [], Bumps = { CacheScopes.All } });
        await Tier.CommitAsync(new() { Message = [], Puts = { Entry("CB1", 7) } });
        Assert.Equal(7, await VersionAsync("CB1"));
    }

    [Fact]
    public async Task What_is_deleted_is_gone()
    {
        await Tier.CommitAsync(new() { Message = [], Puts = { Entry("CB1", 5), Entry("CB2", 5) } });
        await Tier.CommitAsync(new() { Message = [], Deletes = { "b:CB1" } });
        Assert.Null(await VersionAsync("CB1"));
        Assert.Equal(5, await VersionAsync("CB2"));
    }

    [Fact]
    public async Task A_redis_that_forgets_everything_is_filled_again()
    {
        await Tier.CommitAsync(new() { Message = [], Puts = { Entry("CB1", 5) } });
        await redis.Connection.GetDatabase().KeyDeleteAsync([.. redis.Keys(await StoreIdAsync()).Select(key => (RedisKey)key)]);
        var answer = await Tier.GetAsync(Scopes, ["b:CB1"]);
        Assert.True(answer.Entries[0].IsEmpty);
        await Tier.FillAsync(Scopes, answer.Stamp!, [Entry("CB1", 6)]);
        Assert.Equal(6, await VersionAsync("CB1"));
    }

    [Fact]
    public async Task Every_key_names_its_store_and_ends_by_itself()
    {
        await _node.Warehouse.FillAsync("SB1", 2);
        await _node.Warehouse.CreateBillAsync("B-1");
        await _node.Warehouse.SearchAsync("SB1");
        var id = await StoreIdAsync();
        await Eventually.HoldsAsync(() => redis.Keys(id).Length == 7);
        Assert.Equal(
            ["b:SB1", "b:SB1-C01", "b:SB1-C02", "l:B-1", "q:20|SB1|", "scope:all", "scope:area"],
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

    private static TierEntry Entry(string qr, long version) =>
        new($"b:{qr}", version, TimeSpan.FromMinutes(1), Envelope.Write(new BagCodec(), new(), Rows.Bag(qr, version), version, Rows.Noon));

    private static byte[] Tombstone() => Envelope.Write(new LoginSessionCodec(), new(), null, LoginSessionCodec.Ended, Rows.Noon);

    private ValueTask<Guid> StoreIdAsync() => _node.Services.GetRequiredService<IStoreIdentity>().ReadAsync(default);

    private async Task<long?> VersionAsync(string qr)
    {
        var answer = await Tier.GetAsync(Scopes, [$"b:{qr}"]);
        return Envelope.TryRead<Bag>(new BagCodec(), answer.Entries[0].Span, out _, out var version, out _) ? version : null;
    }
}
