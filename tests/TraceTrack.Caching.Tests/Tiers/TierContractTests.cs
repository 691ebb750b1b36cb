using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TraceTrack.Testing;

namespace TraceTrack.Caching.Tiers;

public sealed class InProcessTierTests : CacheTierContract
{
    private readonly FakeTimeProvider _clock = new(Rows.Noon);

    protected override Task<(ICacheTier One, ICacheTier Other)> OpenAsync()
    {
        var tier = new InProcessTier(_clock);
        return Task.FromResult<(ICacheTier, ICacheTier)>((tier, tier));
    }

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}

public sealed class RedisTierContractTests(RedisServer redis) : CacheTierContract
{
    private readonly Guid _store = Guid.NewGuid();
    private readonly List<ServiceProvider> _services = [];

    public override async ValueTask DisposeAsync()
    {
        foreach (var services in _services)
            await services.DisposeAsync();
        await redis.Connection.GetDatabase().KeyDeleteAsync([.. redis.Keys(_store).Select(key => (RedisKey)key)]);
        await base.DisposeAsync();
    }

    protected override async Task<(ICacheTier One, ICacheTier Other)> OpenAsync() => (await ConnectAsync(), await ConnectAsync());

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time);

    private async Task<ICacheTier> ConnectAsync()
    {
        var builder = new ServiceCollection().AddTraceTrack().UseInMemory();
        builder.Services.AddSingleton<IStoreIdentity>(new Identity(_store));
        var services = builder.UseCaching().UseRedis(redis.ConnectionString, TestTiers.Patient).Services.BuildServiceProvider();
        _services.Add(services);
        Assert.NotNull(await services.GetRequiredService<RedisConnection>().GetAsync(default));
        return services.GetRequiredService<ICacheTier>();
    }

    private sealed class Identity(Guid id) : IStoreIdentity
    {
        public ValueTask<Guid> ReadAsync(CancellationToken cancellationToken) => new(id);
    }
}
