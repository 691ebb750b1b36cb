using GraphQLHost.Health;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TraceTrack;

namespace GraphQLHost.Observability;

internal static class ObservabilityExtensions
{
    /// <summary>OpenTelemetry's own variable: where traces, metrics and logs are sent. Without it nothing is sent anywhere, and no trace is made.</summary>
    public const string ExportVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string NameVariable = "OTEL_SERVICE_NAME";
    private const string ServiceName = "tracetrack-graphqlhost";

    /// <summary>Prometheus for who comes and reads, OTLP where it is configured; its further <c>OTEL_</c> variables work as everywhere.</summary>
    public static void AddObservability(this WebApplicationBuilder builder, ObservabilitySettings settings)
    {
        settings.Check();
        builder.Services.AddSingleton(settings);
        var exports = !string.IsNullOrWhiteSpace(builder.Configuration[ExportVariable]);
        var isScraped = settings.Metrics != MetricsAccess.Nobody;
        if (!exports && !isScraped)
            return;
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics => Measure(metrics, isScraped));
        if (string.IsNullOrWhiteSpace(builder.Configuration[NameVariable]))
            telemetry.ConfigureResource(resource => resource.AddService(ServiceName));
        if (!exports)
            return;
        telemetry.WithTracing(Trace).UseOtlpExporter();
        builder.Services.Configure<OpenTelemetryLoggerOptions>(logs => (logs.IncludeScopes, logs.IncludeFormattedMessage) = (true, true));
    }

    private static void Measure(MeterProviderBuilder metrics, bool isScraped)
    {
        metrics.AddMeter(TraceTrackDiagnostics.MeterName, HostTelemetry.Name, "Npgsql", "System.Runtime").AddAspNetCoreInstrumentation();
        if (isScraped)
            metrics.AddPrometheusExporter();
    }

    private static void Trace(TracerProviderBuilder traces) => traces
        .AddSource(TraceTrackDiagnostics.ActivitySourceName, HostTelemetry.Name, "Npgsql")
        .AddAspNetCoreInstrumentation(server => server.Filter = http => !IsProbe(http.Request.Path));

    // Every few seconds, and the same each time.
    private static bool IsProbe(PathString path) => path == MetricsEndpoint.Path || path == HostHealth.LivePath || path == HostHealth.ReadyPath;
}
