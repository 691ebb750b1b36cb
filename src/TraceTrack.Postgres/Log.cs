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

    [LoggerMessage(2020, LogLevel.Information, "Made the partition {Partition} of the scan log.")]
    public static partial void PartitionMade(ILogger logger, string partition);

    [LoggerMessage(2021, LogLevel.Information, "Detached a month of the scan log: {Rows} rows are in the table {Table}, which can be dumped and dropped; the totals go on counting them.")]
    public static partial void Detached(ILogger logger, string table, long rows);

    [LoggerMessage(2022, LogLevel.Information, "Deleted {Count} receipts of scans beyond the replay window.")]
    public static partial void Pruned(ILogger logger, long count);

    [LoggerMessage(2023, LogLevel.Warning, "The scan log could not be looked after in full; the next time tries again. {Problem}")]
    public static partial void MaintenanceProblem(ILogger logger, string problem, Exception? error);

    [LoggerMessage(2024, LogLevel.Information, "The month {Month} of the scan log is older than its retention and due to be detached.")]
    public static partial void MonthIsDue(ILogger logger, DateOnly month);
}
