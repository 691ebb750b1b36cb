using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Caching;

public sealed class UseCachingTests
{
    [Fact]
    public void Without_a_store_there_is_nothing_to_decorate()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddTraceTrack().UseCaching());
        Assert.Contains("UsePostgres or UseInMemory first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_tier_needs_a_first() =>
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddTraceTrack().UseInMemory().UseRedis("localhost"));

    [Fact]
    public void There_is_one_second_tier() =>
        Assert.Throws<InvalidOperationException>(() =>
            new ServiceCollection().AddTraceTrack().UseInMemory().UseCaching().UseRedis("localhost").UseRedis("elsewhere"));

    [Fact]
    public void A_configuration_that_cannot_be_read_is_refused_at_once()
    {
        var traceTrack = new ServiceCollection().AddTraceTrack().UseInMemory().UseCaching();
        Assert.Throws<ArgumentException>(() => traceTrack.UseRedis(""));
        var error = Assert.Throws<OptionsValidationException>(() => traceTrack.UseRedis("localhost,password=secret,noSuchSetting=1"));
        Assert.Contains("noSuchSetting", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_port_that_it_concerns_is_decorated_and_once()
    {
        using var services = new ServiceCollection().AddTraceTrack().UseInMemory().UseCaching().UseCaching(o => o.BagTimeToLive = TimeSpan.FromMinutes(1))
            .Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Assert.IsType<CachingBagStore>(services.GetRequiredService<IBagStore>());
        Assert.IsType<CachingBillStore>(services.GetRequiredService<IBillStore>());
        Assert.IsType<CachingScanStore>(services.GetRequiredService<IScanStore>());
        Assert.IsType<CachingBagImporter>(services.GetRequiredService<IBagImporter>());
        Assert.IsType<CachingUserStore>(services.GetRequiredService<IUserStore>());
        Assert.IsType<CachingLoginSessionStore>(services.GetRequiredService<ILoginSessionStore>());
        Assert.Equal(TimeSpan.FromMinutes(1), services.GetRequiredService<StoreCache>().Bags.Lifetimes.Memory);
        Assert.IsNotType<CachingBagStore>(services.GetRequiredKeyedService<IBagStore>("TraceTrack.Caching.Inner"));
    }

    [Fact]
    public void What_this_process_told_itself_is_no_news()
    {
        var heard = 0;
        using var services = new ServiceCollection().AddTraceTrack().UseInMemory().UseCaching().Services.BuildServiceProvider();
        services.GetRequiredService<CacheNews>().Heard += (_, _) => heard++;
        var cache = services.GetRequiredService<StoreCache>();
        cache.Apply(new(cache.NodeId, [CacheScopes.AnyArea], []));
        Assert.Equal(0, heard);
        cache.Apply(new(Guid.NewGuid(), [CacheScopes.AnyArea], []));
        Assert.Equal(1, heard);
    }

    [Fact]
    public void The_times_to_live_are_the_reports()
    {
        using var services = new ServiceCollection().AddTraceTrack().UseInMemory().UseCaching().Services.BuildServiceProvider();
        var cache = services.GetRequiredService<StoreCache>();
        Assert.Equal((10, 10), (cache.Bags.Lifetimes.Memory.TotalMinutes, cache.Bags.Lifetimes.Shared.TotalMinutes));
        Assert.Equal((5, 5), (cache.Bills.Lifetimes.Memory.TotalMinutes, cache.Bills.Lifetimes.Shared.TotalMinutes));
        Assert.Equal((3, 3), (cache.Searches.Lifetimes.Memory.TotalMinutes, cache.Searches.Lifetimes.Shared.TotalMinutes));
        Assert.Equal((0.5, 60), (cache.Sessions.Lifetimes.Memory.TotalMinutes, cache.Sessions.Lifetimes.Shared.TotalMinutes));
    }

    [Fact]
    public void A_setting_out_of_range_is_named_with_its_value()
    {
        using var services = new ServiceCollection().AddTraceTrack().UseInMemory()
            .UseCaching(o => (o.BagTimeToLive, o.MemoryLimitBytes) = (TimeSpan.Zero, 5))
            .UseRedis("localhost", o => (o.KeyPrefix, o.OperationTimeout) = ("a b", TimeSpan.FromHours(1)))
            .Services.BuildServiceProvider();
        var caching = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<CachingOptions>>().Value);
        Assert.Contains("CachingOptions.BagTimeToLive is 00:00:00; it must be 1 second to 1 day (configuration: TraceTrack:Caching:BagTimeToLive).", caching.Message, StringComparison.Ordinal);
        Assert.Contains("CachingOptions.MemoryLimitBytes is 5; it must be 1 MiB to 1 TiB (configuration: TraceTrack:Caching:MemoryLimitBytes).", caching.Message, StringComparison.Ordinal);
        var redis = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<RedisOptions>>().Value);
        Assert.Contains("RedisOptions.KeyPrefix is 'a b'", redis.Message, StringComparison.Ordinal);
        Assert.Contains("RedisOptions.OperationTimeout is 01:00:00; it must be 5 milliseconds to 10 seconds (configuration: TraceTrack:Redis:OperationTimeout).", redis.Message, StringComparison.Ordinal);
    }
}
