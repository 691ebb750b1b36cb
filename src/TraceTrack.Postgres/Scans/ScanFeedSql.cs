namespace TraceTrack.Postgres;

/// <summary>The scan log as a feed.</summary>
internal static class ScanFeedSql
{
    /// <summary>
    /// $1 transaction, $2 event id, $3 the most rows. One row at least, which says whether the position lies beyond all that was
    /// written. A transaction below the snapshot's xmin has ended, and every later one gets a higher number: so nothing can come before what is
    /// read here. Column order is ScanReader.ReadEvent's.
    /// </summary>
    /// <remarks>
    /// Every partition's index is asked for its first row, old months' too: an imported log writes there now. That is a look each, since
    /// the partitions' rows are merged in order and no more than the page is read.
    /// </remarks>
    public const string After = $"""
        SELECT {ScanListSql.Columns}, f.is_beyond, s.xid
        FROM (SELECT $1::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) AS is_beyond) f
        LEFT JOIN LATERAL (
            SELECT s.* FROM tracetrack.scan s
            WHERE (s.xid, s.id) > ($1::xid8, $2) AND s.xid < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY s.xid, s.id LIMIT $3
        ) s ON true
        ORDER BY s.xid, s.id
        """;

    /// <summary>The oldest transaction that runs, or the next one: what is not in the feed yet has this number or a higher one.</summary>
    public const string End = "SELECT pg_snapshot_xmin(pg_current_snapshot())";
}
