using Microsoft.Extensions.Diagnostics.HealthChecks;
using TraceTrack.Postgres;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks of TraceTrack's PostgreSQL store.</summary>
public static class TraceTrackPostgresHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of what <c>UsePostgres</c> registered: one cheap statement, not tried again. It fails when the server does not answer or
    /// migrations are missing (queries would fail); Degraded when the schema is newer than the library. Its data hold <c>schema</c>,
    /// <c>schema_version</c> and <c>pending_migrations</c>. Indexes are not looked at; <see cref="IndexBootstrapper.ReportAsync"/> does that.
    /// </summary>
    /// <param name="builder">What <c>AddHealthChecks</c> returned (package Microsoft.Extensions.Diagnostics.HealthChecks).</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What a failure is reported as; null for Unhealthy.</param>
    /// <param name="tags">Tags to choose checks by; null for none.</param>
    /// <param name="timeout">How long the check may take; null for no limit of its own.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddTraceTrackPostgres(
        this IHealthChecksBuilder builder,
        string name = "tracetrack-postgres",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            provider => new PostgresHealthCheck(
                provider.GetService<Database>() ?? throw new InvalidOperationException("AddTraceTrackPostgres checks what UsePostgres registers; call that too.")),
            failureStatus,
            tags,
            timeout));
    }
}
