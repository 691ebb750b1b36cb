using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceTrack.Caching.Redis;

public sealed class RedisHealthTests(RedisServer redis)
{
    [Fact]
    public async Task A_redis_that_answers_is_healthy() => Assert.Equal(HealthStatus.Healthy, await CheckAsync(redis.ConnectionString));

    [Fact]
    public async Task A_lost_redis_is_degraded_and_no_more() => Assert.Equal(HealthStatus.Degraded, await CheckAsync("127.0.0.1:1"));

    [Fact]
    public async Task Whoever_needs_it_may_call_a_lost_redis_unhealthy() =>
        Assert.Equal(HealthStatus.Unhealthy, await CheckAsync("127.0.0.1:1", HealthStatus.Unhealthy));

    [Fact]
    public async Task Without_redis_there_is_nothing_to_check()
    {
        await using var node = await Node.StartAsync(traceTrack => traceTrack.UseInMemory().UseCaching().Services.AddHealthChecks().AddTraceTrackRedis());
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync());
    }

    private static async Task<HealthStatus> CheckAsync(string configuration, HealthStatus? failure = null)
    {
        await using var node = await Node.StartAsync(traceTrack =>
        {
            traceTrack.UseInMemory().UseCaching().UseRedis(configuration, o => o.ConnectTimeout = TimeSpan.FromSeconds(10));
            traceTrack.Services.AddLogging();
            traceTrack.Services.AddHealthChecks().AddTraceTrackRedis(failureStatus: failure);
        });
        return (await node.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status;
    }
}
