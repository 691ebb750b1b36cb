using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceTrack.Caching;

/// <summary>One PING. Whatever it says, the application serves: so the worst is the registration's failure status, Degraded by default.</summary>
internal sealed class RedisHealthCheck(RedisTier tier) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await tier.IsReadyAsync(cancellationToken).ConfigureAwait(false)
            ? HealthCheckResult.Healthy()
            : new(context.Registration.FailureStatus, "Redis does not answer; the cache goes on with memory only.");
}
