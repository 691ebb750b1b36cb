namespace TraceTrack.Postgres;

/// <summary>What an Undo needs beyond the statements of every scan. Column order is ScanReader.Read's.</summary>
internal static class ScanUndoSql
{
    /// <summary>
    /// One Undo of an actor at a time ($1 names both schema and actor), so that two never find the same scan. Taken before every other lock.
    /// </summary>
    public const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 7478))";

    /// <summary>
    /// $1 actor, $2 how far back, $3 how many: the latest scans that stand, newest first. A row without a receipt was imported or is too old.
    /// </summary>
    public const string Undoable = $"""
        SELECT {ScanListSql.Columns} FROM tracetrack.scan s
        JOIN tracetrack.scan_receipt r ON r.scan_id = s.scan_id AND r.event_id = s.id
        WHERE s.actor_id = $1 AND s.recorded_at >= now() - $2::interval AND s.outcome = 1 AND s.action <> 7 AND r.undone_by IS NULL
        ORDER BY s.recorded_at DESC, s.id DESC LIMIT $3
        """;

    /// <summary>
    /// The log rows of the actor's ($2) Undos ($1 scan ids) that were recorded before: a repeat shows the bags they were about as they stand now.
    /// Another's are no repeats, and no lock keeps them from being recorded meanwhile.
    /// </summary>
    public const string Repeated = $"""
        SELECT {ScanListSql.Columns} FROM tracetrack.scan_receipt r
        JOIN tracetrack.scan s ON s.recorded_at = r.recorded_at AND s.id = r.event_id
        WHERE r.scan_id = ANY($1) AND r.actor_id = $2 AND s.action = 7
        """;

    /// <summary>$1 the scans undone, $2 the Undo of each.</summary>
    public const string Mark = """
        UPDATE tracetrack.scan_receipt r SET undone_by = v.undone_by
        FROM unnest($1::uuid[], $2::uuid[]) AS v(scan_id, undone_by)
        WHERE r.scan_id = v.scan_id
        """;
}
