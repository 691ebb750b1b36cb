using System.Globalization;

namespace TraceTrack.Postgres;

/// <summary>Statements that look after the scan log. Those with names in them are made of a month's digits.</summary>
internal static class ScanLogSql
{
    public const string Now = "SELECT clock_timestamp()";

    /// <summary>A lock on the log keeps scanners waiting behind it, so it is not waited for any longer than this; the next time tries again.</summary>
    public const string ShortWaits = "SET lock_timeout = '500ms'; SET statement_timeout = 0";

    /// <summary>$1 the latest time that goes, $2 the most rows. A batch at a time, so that no transaction is long.</summary>
    public const string PruneReceipts = """
        DELETE FROM tracetrack.scan_receipt
        WHERE ctid = ANY(ARRAY(SELECT ctid FROM tracetrack.scan_receipt WHERE recorded_at < $1 ORDER BY recorded_at LIMIT $2))
        """;

    /// <summary>$1 table, $2 month, $3 rows.</summary>
    public const string KeepArchived = "INSERT INTO tracetrack.scan_archive (table_name, month, rows) VALUES ($1, $2, $3)";

    /// <summary>$1 schema, $2 table: whether the name is, or was, an archived month's.</summary>
    public const string IsTaken =
        "SELECT to_regclass($1 || '.' || $2) IS NOT NULL OR EXISTS (SELECT FROM tracetrack.scan_archive WHERE table_name = $2)";

    /// <summary>$1 schema, $2 table.</summary>
    public const string IndexesOf = "SELECT indexname FROM pg_indexes WHERE schemaname = $1 AND tablename = $2";

    /// <summary>Rows that a transaction of this server cannot have written: those of a dump.</summary>
    public const string HasForeignRows =
        "SELECT EXISTS (SELECT FROM tracetrack.scan WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()))";

    /// <summary>The oldest transaction there can be: the rows keep their order by id, and come before every new one.</summary>
    public const string Rebase = "UPDATE tracetrack.scan SET xid = '3' WHERE xid <> '3'";

    /// <summary>What transactions that have ended wrote, which will never change, and the first that may not have ended.</summary>
    public static string CountSettled(string partition) =>
        $"SELECT pg_snapshot_xmin(pg_current_snapshot()), count(*) FROM tracetrack.{partition} WHERE xid < pg_snapshot_xmin(pg_current_snapshot())";

    /// <summary>$1 the transaction from which on was not counted.</summary>
    public static string CountRest(string partition) => $"SELECT count(*) FROM tracetrack.{partition} WHERE xid >= $1";

    /// <summary>Not CONCURRENTLY, which a table with a default partition does not allow. It reads no row, and takes as long as getting its locks.</summary>
    public static string Detach(string partition) => $"ALTER TABLE tracetrack.scan DETACH PARTITION tracetrack.{partition}";

    public static string Rename(string partition, string archived) => $"ALTER TABLE tracetrack.{partition} RENAME TO {archived}";

    public static string RenameIndex(string index, string archived) => $"ALTER INDEX tracetrack.{index} RENAME TO {archived}";

    public static string Archived(DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"scan_archived_{month:yyyy_MM}");
}
