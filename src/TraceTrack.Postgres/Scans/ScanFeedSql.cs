namespace TraceTrack.Postgres;

/// <summary>The scan log as a feed.</summary>
internal static class ScanFeedSql
{
    /// <summary>
    /// $1 transaction, $2 event id, $3 the most rows. One row at least, whose first column says whether the position lies beyond all that was
    /// written. A transaction below the snapshot's xmin has ended, and every later one gets a higher number: so nothing can come before what is
    /// read here. Columns from the third on are ScanReader.Read's.
    /// </summary>
    /// <remarks>
    /// Every partition's index is asked for its first row, old months' too: an imported log writes there now. That is a look each, since
    /// the partitions' rows are merged in order and no more than the page is read.
    /// </remarks>
    public const string After = $"""
        SELECT f.is_beyond, e.xid, {Columns}
        FROM (SELECT $1::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) AS is_beyond) f
        LEFT JOIN LATERAL (
            SELECT s.* FROM tracetrack.scan s
            WHERE (s.xid, s.id) > ($1::xid8, $2) AND s.xid < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY s.xid, s.id LIMIT $3
        ) e ON true
        ORDER BY e.xid, e.id
        """;

    private const string Columns =
        "e.id, e.scan_id, e.action, e.outcome, e.rejection, e.qr, e.parent_qr, e.bill_number, e.fact, e.actor_id, e.area, e.scanned_at, e.recorded_at";
}
