using Microsoft.Extensions.Logging.Console;

namespace GraphQLHost;

/// <summary>
/// Quiet unless something is wrong, except for our own few lines. To the error stream: the other one is for what commands print.
/// The configuration's section Logging, so also <c>Logging__LogLevel__Default=Debug</c> in the environment, goes before these defaults.
/// </summary>
internal static class HostLogging
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:TraceTrack"] = "Information",
        ["Logging:LogLevel:GraphQLHost"] = "Information",
        // The host says the same in one line, without a stack trace for each probe of a store that is down.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
    };

    public static void AddTo(WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Defaults });
        ToErrorStream(builder.Logging.ClearProviders());
    }

    /// <summary>For what happens before there is a host.</summary>
    public static ILoggerFactory CreateFactory()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Defaults).AddEnvironmentVariables().Build();
        return LoggerFactory.Create(logging => ToErrorStream(logging.AddConfiguration(configuration.GetSection("Logging"))));
    }

    private static void ToErrorStream(ILoggingBuilder logging)
    {
        // Scopes tell the request and the scan. The request's id is its trace's, so the logger need not add that once more.
        logging.Configure(factory => factory.ActivityTrackingOptions = ActivityTrackingOptions.None);
        logging.AddSimpleConsole(console => (console.SingleLine, console.IncludeScopes) = (true, true));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
