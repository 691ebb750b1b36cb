using System.Net;
using GraphQLHost.Engines;
using GraphQLHost.Http;
using GraphQLHost.Identity;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Observability;

/// <summary>Metrics as Prometheus reads them, for those who may.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    // What a proxy adds: behind one on the same computer everybody comes from there.
    private static readonly string[] MarksOfProxies = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    public static void MapMetrics(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<ObservabilitySettings>();
        if (settings.Metrics == MetricsAccess.Nobody)
            return;
        var identity = app.Services.GetRequiredService<IdentitySettings>();
        app.UseWhen(http => http.Request.Path == Path, metrics => metrics.Use(next => async http =>
        {
            if (IsOpen(http, settings.Metrics) || await IsAdminAsync(http, identity))
                await next(http);
        }));
        app.MapPrometheusScrapingEndpoint(Path);
    }

    private static bool IsOpen(HttpContext http, MetricsAccess access) => access switch
    {
        MetricsAccess.Everybody => true,
        // Null is no socket at all, but a test in this process.
        MetricsAccess.Loopback => http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && !MarksOfProxies.Any(http.Request.Headers.ContainsKey),
        _ => false,
    };

    private static async Task<bool> IsAdminAsync(HttpContext http, IdentitySettings identity)
    {
        var actor = await http.AuthenticateActorAsync(identity);
        if (actor is not null && AccessRules.MayAdminister(actor))
            return true;
        var (status, code) = actor is null
            ? (StatusCodes.Status401Unauthorized, HostErrorCodes.Unauthenticated)
            : (StatusCodes.Status403Forbidden, ErrorCodes.NotAllowed);
        if (actor is null)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        var error = new GraphQLError(code, "Metrics are for admins, and for programs on the server's computer where the host's settings allow it.");
        await ResponseWriter.WriteAsync(http.Response, status, MediaTypes.Json, error, http.RequestAborted);
        return false;
    }
}
