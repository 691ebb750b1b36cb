using Microsoft.Extensions.Logging;

namespace TraceTrack.Caching;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "The second tier of the cache is set up (connected: {IsConnected}).")]
    public static partial void SecondTierReady(ILogger logger, bool isConnected);

    [LoggerMessage(3002, LogLevel.Warning, "The second tier of the cache is not there; going on without it. {Reason}")]
    public static partial void SecondTierAbsent(ILogger logger, string reason);

    [LoggerMessage(3003, LogLevel.Warning, "The second tier of the cache failed at {Operation}; it rests, and the store is asked instead. {Reason}")]
    public static partial void SecondTierFault(ILogger logger, string operation, string reason);

    [LoggerMessage(3004, LogLevel.Information, "The connection to the second tier of the cache was lost or is back; what memory kept is forgotten.")]
    public static partial void SecondTierInterrupted(ILogger logger);

    [LoggerMessage(3005, LogLevel.Information, "Everything in the second tier of the cache was voided, since writes could not be told to it.")]
    public static partial void SecondTierVoided(ILogger logger);

    [LoggerMessage(3006, LogLevel.Warning, "Other processes have not been heard through the second tier of the cache for too long; until they are, memory keeps everything for a short time only.")]
    public static partial void SecondTierUnheard(ILogger logger);
}
