namespace GraphQLHost;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Request {RequestId} failed unexpectedly")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string requestId);

    [LoggerMessage(2, LogLevel.Warning, "Request {RequestId} took longer than {Timeout} and was stopped")]
    public static partial void RequestTimedOut(ILogger logger, string requestId, TimeSpan timeout);

    [LoggerMessage(10, LogLevel.Warning, "Redis does not start; going on with memory only. {Reason}")]
    public static partial void NoRedis(ILogger logger, string reason);
}
