using System.Threading.RateLimiting;
using GraphQLHost.Engines;
using TraceTrack.Users;

namespace GraphQLHost.RateLimits;

/// <summary>The limits of <see cref="CallerRateLimit"/> for operations that come over a socket, of which ASP.NET Core sees only the first request. Counted apart from it.</summary>
internal sealed class SocketRateLimit(RateLimitSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<(Actor? Actor, string? Address)> _limiter =
        PartitionedRateLimiter.Create<(Actor? Actor, string? Address), string>(caller => CallerRateLimit.PartitionOf(settings, caller.Actor, caller.Address));

    /// <exception cref="GraphQLErrorException">RATE_LIMITED.</exception>
    public void Demand(Actor? actor, string? address)
    {
        using var lease = _limiter.AttemptAcquire((actor, address));
        if (!lease.IsAcquired)
            throw new GraphQLErrorException(RateLimited.Error(RateLimited.WaitOf(lease)));
    }

    public void Dispose() => _limiter.Dispose();
}
