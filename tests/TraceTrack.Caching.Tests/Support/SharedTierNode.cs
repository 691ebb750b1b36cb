using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack.Caching;

/// <summary>A process over an in-memory store and a tier of the test, whose network keeps the test's time.</summary>
internal static class SharedTierNode
{
    public static Task<Node> StartAsync(TimeProvider clock, ICacheTier tier, TimeSpan timeout, TimeSpan retryAfter, TimeSpan unheard) => Node.StartAsync(
        traceTrack =>
        {
            traceTrack.Services.AddSingleton(new NetworkClock(clock, TaskCreationOptions.RunContinuationsAsynchronously, new Random(1)));
            traceTrack.UseInMemory().UseCaching(o => o.UnheardTimeToLive = unheard).UseSecondTier(_ => tier, o => (o.OperationTimeout, o.RetryAfter) = (timeout, retryAfter));
        },
        clock: clock);
}
