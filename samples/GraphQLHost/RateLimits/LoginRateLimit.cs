using System.Threading.RateLimiting;
using GraphQLHost.Engines;

namespace GraphQLHost.RateLimits;

/// <summary>
/// Slows down who guesses passwords. By name and address together, so that nobody locks out a user from elsewhere; and by address, since one may
/// try one password with many names. A field and not a request is counted: one request may hold many log-ins.
/// </summary>
internal sealed class LoginRateLimit(RateLimitSettings settings) : IDisposable
{
    // No name is longer. What is tried as one must not fill the memory.
    private const int LongestName = 64;

    private readonly PartitionedRateLimiter<(string Name, string Address)> _limiter = PartitionedRateLimiter.CreateChained(
        // In this order: what the first refuses costs the others behind the same address nothing.
        PartitionedRateLimiter.Create<(string Name, string Address), (string, string)>(login => Window(login, settings.LoginsPerMinute)),
        PartitionedRateLimiter.Create<(string Name, string Address), string>(login => Window(login.Address, settings.LoginsPerMinuteOfAddress)));

    /// <exception cref="GraphQLErrorException">RATE_LIMITED; the answer's status and Retry-After are set by what the context holds then.</exception>
    public void Demand(string userName, RequestContext context)
    {
        var name = userName.Length <= LongestName ? userName.Trim().ToUpperInvariant() : "";
        using var lease = _limiter.AttemptAcquire((name, context.Address ?? ""));
        if (lease.IsAcquired)
            return;
        var wait = RateLimited.WaitOf(lease);
        context.RetryAfter = wait;
        throw new GraphQLErrorException(RateLimited.Error(wait));
    }

    public void Dispose() => _limiter.Dispose();

    private static RateLimitPartition<TKey> Window<TKey>(TKey key, int perMinute)
        where TKey : notnull => perMinute == 0
        ? RateLimitPartition.GetNoLimiter(key)
        : RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            // A few at a time instead of all when the minute ends.
            ReplenishmentPeriod = perMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(60.0 / perMinute),
            QueueLimit = 0,
        });
}
