using Microsoft.Extensions.Diagnostics.HealthChecks;
using TraceTrack.Caching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks of TraceTrack's cache.</summary>
public static class TraceTrackCachingHealthChecksBuilderExtensions
{
    /// <summary>Adds a check of what <c>UseRedis</c> registered: one PING. A lost Redis is Degraded, since everything goes on without it.</summary>
    /// <param name="builder">What <c>AddHealthChecks</c> returned (package Microsoft.Extensions.Diagnostics.HealthChecks).</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What a failure is reported as; null for Degraded.</param>
    /// <param name="tags">Tags to choose checks by; null for none.</param>
    /// <param name="timeout">How long the check may take; null for no limit beside <see cref="SecondTierOptions.OperationTimeout"/>.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddTraceTrackRedis(
        this IHealthChecksBuilder builder,
        string name = "tracetrack-redis",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            provider => new RedisHealthCheck(
                provider.GetService<RedisTier>() ?? throw new InvalidOperationException("AddTraceTrackRedis checks what UseRedis registers; call that too.")),
            failureStatus ?? HealthStatus.Degraded,
            tags,
            timeout));
    }
}
