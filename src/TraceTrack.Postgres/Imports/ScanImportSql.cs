namespace TraceTrack.Postgres;

internal static class ScanImportSql
{
    /// <summary>Id and xid are the columns' defaults: the rows take their place in the feed as of now, whatever their time is.</summary>
    public const string Copy = """
        COPY tracetrack.scan (recorded_at, scanned_at, scan_id, action, outcome, rejection, qr, parent_qr, bill_number, fact, actor_id, area,
                from_parent_qr, undoes)
            FROM STDIN (FORMAT BINARY)
        """;

    /// <summary>For making a partition: its lock keeps every scanner waiting from when it is asked for.</summary>
    public const string WaitAMoment = "SELECT set_config('lock_timeout', '500ms', true), set_config('statement_timeout', '2s', true)";

    /// <summary>The first days of the months that have a partition.</summary>
    public const string Months = """
        SELECT to_date(substring(c.relname FROM '^scan_(\d{4}_\d\d)$'), 'YYYY_MM')
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'tracetrack.scan'::regclass AND c.relname ~ '^scan_\d{4}_\d\d$'
        """;
}
