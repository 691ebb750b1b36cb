using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GraphQLHost;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Error, "Request {RequestId} failed unexpectedly")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string requestId);

    [LoggerMessage(4002, LogLevel.Warning, "Request {RequestId} took longer than {Timeout} and was stopped")]
    public static partial void RequestTimedOut(ILogger logger, string requestId, TimeSpan timeout);

    [LoggerMessage(4003, LogLevel.Warning, "Health check {Check} is {Status}. {Description} {Reason}")]
    public static partial void NotHealthy(ILogger logger, string check, HealthStatus status, string description, string reason);

    [LoggerMessage(4004, LogLevel.Warning, "Redis does not start; going on with memory only. {Reason}")]
    public static partial void NoRedis(ILogger logger, string reason);

    [LoggerMessage(4005, LogLevel.Warning, "Slow {Kind} {Operation}: {Outcome} after {Milliseconds} ms")]
    public static partial void SlowOperation(ILogger logger, string kind, string operation, string outcome, long milliseconds);

    [LoggerMessage(4006, LogLevel.Information, "Stopping: {Requests} requests are being answered and have {Timeout} to end")]
    public static partial void Draining(ILogger logger, int requests, TimeSpan timeout);

    [LoggerMessage(4007, LogLevel.Warning, "Stopping: {Requests} requests did not end in time and are cut off")]
    public static partial void CutOff(ILogger logger, int requests);

    [LoggerMessage(4008, LogLevel.Warning, "The feed of scans cannot be read for subscribers; it is tried again")]
    public static partial void FeedFailed(ILogger logger, Exception exception);
}
