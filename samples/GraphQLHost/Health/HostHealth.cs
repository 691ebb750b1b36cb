using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GraphQLHost.Health;

/// <summary>
/// What a load balancer asks: is the process alive, and can it serve. Before the schema is migrated and the demo warehouse filled, the
/// host does not listen at all.
/// </summary>
internal static class HostHealth
{
    public const string LivePath = "/health/live";
    public const string ReadyPath = "/health/ready";

    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Adds the check that works on every store; packages add their own to the builder.</summary>
    public static IHealthChecksBuilder AddHostHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("store", timeout: LongestWait);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Alive is who answers: restarting this process mends no database.
        routes.MapHealthChecks(LivePath, new() { Predicate = _ => false, ResponseWriter = (context, _) => WriteAsync(context, new { status = "live" }) });
        routes.MapHealthChecks(ReadyPath, new HealthCheckOptions { ResponseWriter = WriteReadyAsync });
    }

    private static Task WriteReadyAsync(HttpContext context, HealthReport report)
    {
        var logger = context.RequestServices.GetRequiredService<ILogger<StoreHealthCheck>>();
        foreach (var (name, entry) in report.Entries.Where(pair => pair.Value.Status != HealthStatus.Healthy))
            Log.NotHealthy(logger, name, entry.Status, entry.Description ?? "", entry.Exception?.Message ?? "");
        var status = report.Status switch
        {
            HealthStatus.Healthy => "ready",
            HealthStatus.Degraded => "degraded",
            _ => "unavailable",
        };
        // Names and no reasons: anyone may ask, and the log tells more than anyone may know.
        var checks = report.Entries.Select(entry => new { name = entry.Key, status = entry.Value.Status.ToString().ToLowerInvariant() });
        return WriteAsync(context, new { status, checks });
    }

    private static Task WriteAsync<T>(HttpContext context, T answer) => context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
}
