using Microsoft.Extensions.Diagnostics.HealthChecks;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Health;

/// <summary>Asks what a request would ask, through the same door; one row, whatever the store.</summary>
internal sealed class StoreHealthCheck(ITraceTrack traceTrack) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // A store that hangs does not answer a cancellation either; who asks must not wait for that.
            await traceTrack.As(Actor.System).Totals.GetAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new(context.Registration.FailureStatus, "The store does not answer.", error);
        }
    }
}
