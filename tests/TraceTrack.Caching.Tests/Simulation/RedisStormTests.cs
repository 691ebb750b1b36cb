using System.Diagnostics;

namespace TraceTrack.Caching.Simulation;

/// <summary>What the simulation shows of a simulated Redis, shown of a real one. <c>TRACETRACK_DEEP=1</c> goes on for five minutes.</summary>
public sealed class RedisStormTests
{
    private static readonly bool IsDeep = Environment.GetEnvironmentVariable("TRACETRACK_DEEP") == "1";

    [Fact]
    public async Task No_node_answers_older_than_it_may_whatever_becomes_of_a_real_Redis()
    {
        await using var redis = await RedisProcess.StartNewAsync();
        await using var storm = await RedisStorm.StartAsync(redis);
        var begun = Stopwatch.GetTimestamp();
        do
        {
            await Task.Delay(1500);
            await redis.TryAsync("CLIENT", "KILL", "TYPE", "normal");
            await Task.Delay(1500);
            await redis.TryAsync("CLIENT", "KILL", "TYPE", "pubsub");
            await Task.Delay(1500);
            await LosingAsync(storm, () => redis.TryAsync("FLUSHALL"));
            await Task.Delay(1000);
            await LosingAsync(storm, () => StarveAsync(redis));
            await redis.TryAsync("SAVE");
            await Task.Delay(1500);
            await LosingAsync(storm, () => RestartAsync(redis, isRestored: true));
            await Task.Delay(2000);
            await LosingAsync(storm, () => RestartAsync(redis, isRestored: false));
            await Task.Delay(2000);
            redis.Freeze();
            await Task.Delay(10_000);
            redis.Thaw();
            await Task.Delay(2000);
        }
        while (IsDeep && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(5));
        await storm.EndAsync();
        Assert.True(storm.History.Violations.Count == 0, string.Join('\n', storm.History.Violations));
        Assert.True(storm.History is { Reads: > 1000, Writes: > 100 }, "The clients have done next to nothing.");
    }

    /// <summary>Before and after: until it is over, it may go on losing.</summary>
    private static async Task LosingAsync(RedisStorm storm, Func<Task> lose)
    {
        storm.History.Lost();
        await lose();
        storm.History.Lost();
    }

    /// <summary>There is room for next to nothing: entries, epochs and the count of messages are evicted by chance.</summary>
    private static async Task StarveAsync(RedisProcess redis)
    {
        await redis.TryAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
        await redis.TryAsync("CONFIG", "SET", "maxmemory", "1100kb");
        await Task.Delay(2500);
        await redis.TryAsync("CONFIG", "SET", "maxmemory", "0");
    }

    private static async Task RestartAsync(RedisProcess redis, bool isRestored)
    {
        redis.Kill();
        await Task.Delay(1000);
        await redis.StartAsync(isRestored);
    }
}
