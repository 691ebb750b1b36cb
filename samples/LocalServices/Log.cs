using Microsoft.Extensions.Logging;

namespace TraceTrack.LocalServices;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "Using {Service} named by {Variable}")]
    public static partial void UsingVariable(ILogger logger, string service, string variable);

    [LoggerMessage(5002, LogLevel.Information, "Setting up a private PostgreSQL {Version} in {Folder}")]
    public static partial void Initializing(ILogger logger, string version, string folder);

    [LoggerMessage(5003, LogLevel.Information, "{Service} is ready: {Description}")]
    public static partial void Ready(ILogger logger, string service, string description);

    [LoggerMessage(5004, LogLevel.Information, "An earlier process ended without stopping its PostgreSQL (process {ProcessId}); taking it over")]
    public static partial void Adopting(ILogger logger, int processId);

    [LoggerMessage(5005, LogLevel.Information, "Sharing the PostgreSQL that another process started in {Folder}; it stops with that process")]
    public static partial void Sharing(ILogger logger, string folder);

    [LoggerMessage(5006, LogLevel.Warning, "{Service} did not start (try {Attempt}); trying again: {Reason}")]
    public static partial void StartFailed(ILogger logger, string service, int attempt, string reason);

    [LoggerMessage(5007, LogLevel.Warning, "{Service} could not be stopped: {Reason}")]
    public static partial void StopFailed(ILogger logger, string service, string reason);

    [LoggerMessage(5008, LogLevel.Warning, "{Service} cannot be run here: {Reason}")]
    public static partial void Unusable(ILogger logger, string service, string reason);

    [LoggerMessage(5009, LogLevel.Information, "Stopped a {Service} that an ended process had left running in {Folder}")]
    public static partial void StoppedOrphan(ILogger logger, string service, string folder);

    [LoggerMessage(5010, LogLevel.Information, "Starting {Service} in a container")]
    public static partial void StartingContainer(ILogger logger, string service);
}
