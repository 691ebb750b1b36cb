namespace TraceTrack.GraphQLHost.Tests.Hostile;

/// <summary>Whatever is thrown at the running host, it answers, says what is wrong, and goes on.</summary>
[Collection(HostileCollection.Name)]
public sealed class HostileTests(HostileHost host)
{
    /// <summary>What one request may allocate, client and server together, body among it; far above what any needs.</summary>
    private const long MostAllocated = 400L * 1024 * 1024;

    /// <summary>What all of them together may leave behind.</summary>
    private const long MostKept = 64L * 1024 * 1024;

    public static TheoryData<string> Names => [.. HostileBodies.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_answered_in_bounded_memory_and_the_host_goes_on(string name)
    {
        var body = HostileBodies.All[name]();
        host.TakeFailures();
        await host.ThrowAsync(body, name);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await host.ThrowAsync(body, name);
        await host.ThrowAsync(body, name, anonymous: true);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 2 * MostAllocated);
        await host.ServesAsync();
        Assert.Empty(host.TakeFailures());
    }

    [Fact]
    public async Task Many_at_once_and_again_and_again_leave_nothing_behind()
    {
        var bodies = HostileBodies.All.Where(pair => !pair.Key.StartsWith("ten megabytes", StringComparison.Ordinal)).ToArray();
        await ThrowAllAsync(0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var round = 1; round <= 4; round++)
            await ThrowAllAsync(round);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostKept);
        await host.ServesAsync();
        Assert.Empty(host.TakeFailures());

        // Another document each time, so that it shows if they are kept.
        Task ThrowAllAsync(int round) => Parallel.ForEachAsync(bodies, async (pair, _) =>
            await host.ThrowAsync([.. pair.Value(), .. Enumerable.Repeat((byte)' ', round)], pair.Key));
    }
}
