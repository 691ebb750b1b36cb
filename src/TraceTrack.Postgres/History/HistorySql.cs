namespace TraceTrack.Postgres;

/// <summary>Contents of parents at a moment. Column order is HistoryReader.ReadStay's.</summary>
internal static class StaySql
{
    /// <summary>$1 parent, $2 moment, $3 the area parent and child must be of, or null.</summary>
    public const string ContentsAt = $"""
        SELECT {Columns}
        FROM tracetrack.bag p
        CROSS JOIN LATERAL (
            SELECT i.child_id, i.linked_at, i.unlinked_at, i.import_id
            FROM tracetrack.link_interval i WHERE i.parent_id = p.id AND i.unlinked_at > $2 AND i.linked_at <= $2
            UNION ALL
            SELECT b.id, b.linked_at, NULL, b.import_id FROM tracetrack.bag b WHERE b.parent_id = p.id AND b.linked_at <= $2
        ) t
        JOIN tracetrack.bag c ON c.id = t.child_id
        {LinkingScan}
        WHERE p.qr = $1 AND ($3::text IS NULL OR (p.area = $3 AND c.area = $3))
        ORDER BY c.qr
        """;

    /// <summary>$1 child, $2 moment, $3 as above. Stays of a child never overlap, so the last that had begun is the one, if it had not ended.</summary>
    public const string ParentAt = $"""
        SELECT {Columns}
        FROM tracetrack.bag c
        CROSS JOIN LATERAL (
            (SELECT i.parent_id, i.linked_at, i.unlinked_at, i.import_id
                FROM tracetrack.link_interval i WHERE i.child_id = c.id AND i.linked_at <= $2 ORDER BY i.linked_at DESC LIMIT 1)
            UNION ALL
            SELECT c.parent_id, c.linked_at, NULL, c.import_id WHERE c.linked_at <= $2
        ) t
        JOIN tracetrack.bag p ON p.id = t.parent_id
        {LinkingScan}
        WHERE c.qr = $1 AND (t.unlinked_at IS NULL OR t.unlinked_at > $2) AND ($3::text IS NULL OR (p.area = $3 AND c.area = $3))
        """;

    private const string Columns = "c.qr, p.qr, t.linked_at, t.unlinked_at, t.import_id, s.scan_id";

    /// <summary>The scan of the stay's beginning; neither observing nor unlinking puts a child anywhere.</summary>
    private const string LinkingScan = """
        LEFT JOIN LATERAL (
            SELECT s.scan_id FROM tracetrack.scan s
            WHERE t.import_id IS NULL AND s.qr = c.qr AND s.recorded_at = t.linked_at AND s.outcome = 1 AND s.action NOT IN (1, 3)
            ORDER BY s.id DESC LIMIT 1
        ) s ON true
        """;
}

/// <summary>Histories of bags and bills. Column order is HistoryReader.ReadEntry's; kinds are HistoryKind's.</summary>
internal static class HistorySql
{
    // Each part gives its own first rows in order, by its index; then the first of all of them are taken.
    private const string ScanColumns =
        "s.recorded_at AS at, 5 AS kind, s.id AS key, s.action, s.rejection, s.fact, s.bill_number, s.actor_id, s.scan_id, NULL::bigint AS import_id";

    private const string NoScan = "NULL::smallint, NULL::smallint, NULL, NULL, NULL, NULL::uuid";

    private static readonly string?[] OfBags = new string?[(int)HistoryParts.All + 1];
    private static readonly string?[] OfBills = new string?[(int)HistoryParts.All + 1];

    /// <summary>$1 code, $2 area or null, $3 the most rows; with From: $4 time, $5 kind, $6 key.</summary>
    public static string OfBag(HistoryParts parts) => OfBags[(int)parts] ??= Whole(parts, $"""
        (SELECT {ScanColumns}, s.parent_qr AS other FROM tracetrack.scan s
            WHERE s.qr = $1 AND {Visible} {Scans(parts)})
        UNION ALL
        (SELECT {ScanColumns}, s.qr FROM tracetrack.scan s
            WHERE s.parent_qr = $1 AND s.qr <> $1 AND {Visible} {Scans(parts)})
        UNION ALL
        (SELECT {ScanColumns}, s.qr FROM tracetrack.scan s
            WHERE s.from_parent_qr = $1 AND s.qr <> $1 AND s.parent_qr IS DISTINCT FROM $1 AND {Visible} {Scans(parts)})
        UNION ALL
        (SELECT t.at, t.kind, t.parent_id, {NoScan}, {Import("b")}, p.qr
            FROM tracetrack.bag b
            CROSS JOIN LATERAL (
                {Ends} WHERE i.child_id = b.id
                UNION ALL
                SELECT b.linked_at, 4, b.id, b.parent_id, b.import_id WHERE b.parent_id IS NOT NULL
            ) t
            LEFT JOIN tracetrack.bag p ON p.id = t.parent_id
            WHERE b.qr = $1 AND {NotScanned("b")} {Beyond(parts, "t.at", "t.kind", "t.parent_id")})
        UNION ALL
        (SELECT t.at, t.kind, t.child_id, {NoScan}, {Import("c")}, c.qr
            FROM tracetrack.bag b
            CROSS JOIN LATERAL (
                {Ends} WHERE i.parent_id = b.id
                UNION ALL
                SELECT n.linked_at, 4, n.id, b.id, n.import_id FROM tracetrack.bag n WHERE n.parent_id = b.id
            ) t
            JOIN tracetrack.bag c ON c.id = t.child_id
            WHERE b.qr = $1 AND {NotScanned("c")} AND NOT (t.kind = 4 AND t.import_id IS NOT NULL AND t.at = b.created_at)
                {Beyond(parts, "t.at", "t.kind", "t.child_id")})
        UNION ALL
        (SELECT b.created_at, 2, m.id, {NoScan}, m.id, NULL
            FROM tracetrack.bag b JOIN tracetrack.import m ON m.began_at = b.created_at AND m.kind = 1
            WHERE b.qr = $1 {Beyond(parts, "b.created_at", "2", "m.id")}
                AND NOT EXISTS (SELECT FROM tracetrack.scan s WHERE s.qr = $1 AND s.recorded_at = b.created_at AND s.outcome = 1)
                AND NOT EXISTS (SELECT FROM tracetrack.scan s WHERE s.parent_qr = $1 AND s.recorded_at = b.created_at AND s.outcome = 1)
            ORDER BY m.id LIMIT 1)
        """,
        "CASE WHEN $2::text IS NULL OR e.rejection IS DISTINCT FROM 6 OR EXISTS (SELECT FROM tracetrack.bag n WHERE n.qr = e.fact AND n.area = $2) THEN e.fact END",
        "WHERE EXISTS (SELECT FROM tracetrack.bag b WHERE b.qr = $1 AND ($2::text IS NULL OR b.area = $2))");

    /// <summary>$1 number, and the rest as above.</summary>
    public static string OfBill(HistoryParts parts) => OfBills[(int)parts] ??= Whole(parts, $"""
        (SELECT {ScanColumns}, s.qr AS other FROM tracetrack.scan s WHERE s.bill_number = $1 {Scans(parts)})
        UNION ALL
        (SELECT h.at, h.kind, h.version, NULL, NULL, NULL, $1, h.actor_id, NULL, NULL, NULL
            FROM tracetrack.bill_event h
            WHERE h.bill_id = ANY({BillsEver}) {Beyond(parts, "h.at", "h.kind", "h.version")})
        """,
        "CASE WHEN $2::text IS NULL OR o.area = $2 THEN e.fact END", "WHERE EXISTS (SELECT FROM tracetrack.bill WHERE number = $1) OR EXISTS (SELECT FROM tracetrack.bill_event WHERE number = $1)");

    /// <summary>The bill of a number, and the deleted ones that had it before.</summary>
    private const string BillsEver =
        "ARRAY(SELECT id FROM tracetrack.bill WHERE number = $1 UNION ALL SELECT bill_id FROM tracetrack.bill_event WHERE number = $1)";

    /// <summary>Beginnings and ends of past stays; a current one is the child's own row.</summary>
    private const string Ends = """
        SELECT e.at, e.kind, i.child_id, i.parent_id, i.import_id FROM tracetrack.link_interval i
            CROSS JOIN LATERAL (VALUES (i.linked_at, 4), (i.unlinked_at, 3)) e (at, kind)
        """;

    private const string Visible = "($2::text IS NULL OR s.area = $2)";

    /// <summary>The import that began a stay, or that ended it: one that takes a child out puts it elsewhere at that moment.</summary>
    private static string Import(string child) => $"""
        CASE WHEN t.kind = 4 THEN t.import_id WHEN {child}.linked_at = t.at THEN {child}.import_id
            ELSE (SELECT n.import_id FROM tracetrack.link_interval n WHERE n.child_id = t.child_id AND n.linked_at = t.at) END
        """;

    private static string NotScanned(string child) =>
        $"NOT EXISTS (SELECT FROM tracetrack.scan s WHERE s.qr = {child}.qr AND s.recorded_at = t.at AND s.outcome = 1)";

    private static string Whole(HistoryParts parts, string rows, string fact, string when) => $"""
        SELECT e.at, e.kind, e.key, e.action, e.rejection, {fact}, e.bill_number, e.actor_id, e.scan_id, e.import_id,
            CASE WHEN $2::text IS NULL OR o.area = $2 THEN e.other END
        FROM (
            SELECT * FROM (
                {rows}
            ) e
            {when}
            ORDER BY {Order(parts, "e.at", "e.kind", "e.key")} LIMIT $3
        ) e
        LEFT JOIN tracetrack.bag o ON o.qr = e.other
        ORDER BY {Order(parts, "e.at", "e.kind", "e.key")}
        """;

    // The kind is the same in all rows of a part, so time and key give its order, which is the index's.
    private static string Scans(HistoryParts parts) =>
        $"{Beyond(parts, "s.recorded_at", "5", "s.id")} ORDER BY {Order(parts, "s.recorded_at", "s.id")} LIMIT $3";

    /// <summary>The time alone is said once more, for the index and for leaving out partitions.</summary>
    private static string Beyond(HistoryParts parts, string at, string kind, string key)
    {
        if (!parts.HasFlag(HistoryParts.From))
            return "";
        var sign = parts.HasFlag(HistoryParts.Backward) ? '>' : '<';
        return $"AND {at} {sign}= $4 AND ({at}, {kind}::smallint, {key}) {sign} ($4, $5, $6)";
    }

    private static string Order(HistoryParts parts, params ReadOnlySpan<string> columns)
    {
        // Newest first: going backward means towards newer ones.
        var order = parts.HasFlag(HistoryParts.Backward) ? " ASC" : " DESC";
        return string.Join(order + ", ", columns!) + order;
    }
}

/// <summary>Which way a history is read, and whether from a position.</summary>
[Flags]
internal enum HistoryParts
{
    None = 0,
    From = 1,
    Backward = 2,
    All = 3,
}
