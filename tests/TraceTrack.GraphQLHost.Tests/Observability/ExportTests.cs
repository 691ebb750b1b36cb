using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TraceTrack.GraphQLHost.Tests.Server;

namespace TraceTrack.GraphQLHost.Tests.Observability;

/// <summary>What is sent to a collector, by a stand-in for one.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_go_to_the_collector_that_is_configured()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = WebApplication.CreateSlimBuilder().Collect(received);
        await collector.StartAsync();
        await using var host = await RunningHost.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "warehouse-7"),
            ("Logging:LogLevel:Default", "Warning"), ("Observability:SlowOperation", "00:00:00.0000001"));
        var token = await host.LogInAsync("Ada");
        await host.AskAsync(token, "query Look($qr: String!) { bag(qr: $qr) { qr } }", new { qr = "SECRET-1" });
        await host.Client.GetStringAsync("/health/live");
        host.App.Services.GetRequiredService<TracerProvider>().ForceFlush();
        host.App.Services.GetRequiredService<MeterProvider>().ForceFlush();
        host.App.Services.GetRequiredService<LoggerProvider>().ForceFlush();
        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], received.Keys.Order(StringComparer.Ordinal));
        Assert.All(received.Values, body => Assert.Contains("warehouse-7", body, StringComparison.Ordinal));
        foreach (var name in new[] { "query Look", "bagByQr", "POST /graphql" })
            Assert.Contains(name, received["/v1/traces"], StringComparison.Ordinal);
        // Probes come every few seconds and are not worth a trace.
        Assert.DoesNotContain("/health/live", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("tracetrack.graphql.duration", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("RequestId", received["/v1/logs"], StringComparison.Ordinal);
        Assert.All(received.Values, body => Assert.DoesNotContain("SECRET", body, StringComparison.Ordinal));
        Assert.All(received.Values, body => Assert.DoesNotContain(token, body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_collector_nothing_is_traced()
    {
        await using var host = await RunningHost.StartAsync();
        Assert.Null(host.App.Services.GetService<TracerProvider>());
    }
}

internal static class Collector
{
    /// <summary>Keeps all bodies of a path, as text: the names in them are UTF-8 as they are.</summary>
    public static WebApplication Collect(this WebApplicationBuilder builder, ConcurrentDictionary<string, string> received)
    {
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            received.AddOrUpdate(http.Request.Path, body, (_, before) => before + body);
            http.Response.ContentType = "application/x-protobuf";
        });
        return app;
    }
}
