using Microsoft.Extensions.Logging;

namespace TraceTrack.Postgres;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "The pool is capped at {Allowed} connections instead of {Wanted}: the server allows {MaxConnections} (max_connections), and 10 are left to others.")]
    public static partial void PoolCapped(ILogger logger, int wanted, int allowed, int maxConnections);

    [LoggerMessage(2002, LogLevel.Information, "A transient fault of PostgreSQL; trying again (attempt {Attempt}).")]
    public static partial void TryingAgain(ILogger logger, int attempt, Exception? error);

    [LoggerMessage(2003, LogLevel.Information, "Applied migration {Version} {Name} to schema {Schema}.")]
    public static partial void Migrated(ILogger logger, int version, string name, string schema);

    [LoggerMessage(2004, LogLevel.Information, "Waiting for another process that migrates schema {Schema}.")]
    public static partial void WaitingForMigration(ILogger logger, string schema);

    [LoggerMessage(2005, LogLevel.Warning, "The extension pg_trgm is not available: search inside codes is off; exact and prefix search work. {Reason}")]
    public static partial void NoTrigrams(ILogger logger, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "Partitions of the scan log could not be made ahead; scans go to the default partition. {Reason}")]
    public static partial void NoPartitions(ILogger logger, string reason);

    [LoggerMessage(2007, LogLevel.Information, "Building index {Index}.")]
    public static partial void BuildingIndex(ILogger logger, string index);

    [LoggerMessage(2008, LogLevel.Warning, "An index is not as it should be; the store works without it, only slower. {Problem}")]
    public static partial void IndexProblem(ILogger logger, string problem);
}
