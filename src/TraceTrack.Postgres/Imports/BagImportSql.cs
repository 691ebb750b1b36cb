namespace TraceTrack.Postgres;

/// <summary>
/// Statements of an import of bags into an empty store. A row's place in the file follows from its id: (id − $2) / 2, $2 being where the
/// block of ids begins. A parent that has children and no row of its own is written with status −1, to be taken out again with them.
/// </summary>
internal static class BagImportSql
{
    public const string LockBags = "LOCK TABLE tracetrack.bag IN ACCESS EXCLUSIVE MODE";

    /// <summary>
    /// Whether the store holds bags, by its totals, which can be read while an import has the table of bags to itself; and whether this role can drop
    /// the table's indexes and make them again.
    /// </summary>
    public const string Look = """
        SELECT coalesce((SELECT sum(bags) > 0 FROM tracetrack.totals), false),
            pg_has_role(c.relowner, 'USAGE') AND has_schema_privilege(c.relnamespace, 'CREATE')
        FROM pg_class c WHERE c.oid = 'tracetrack.bag'::regclass
        """;

    /// <summary>$1 schema. Held until the transaction ends, it tells other imports from other work that has the table.</summary>
    public const string TryEnter = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7479))";

    public const string AnyBag = "SELECT EXISTS (SELECT FROM tracetrack.bag)";

    /// <summary>One version for all; and the last id given away so far.</summary>
    public const string Draw = """
        SELECT nextval('tracetrack.version_seq'), CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM tracetrack.bag_id_seq
        """;

    /// <summary>$1 the last id used. Never back, and never to nothing.</summary>
    public const string KeepIds = "SELECT setval('tracetrack.bag_id_seq', greatest($1, last_value)) FROM tracetrack.bag_id_seq";

    public const string Copy = """
        COPY tracetrack.bag (id, version, import_id, created_at, changed_at, parent_id, linked_at, content_grams, weight_grams, child_count,
            kind, status, qr, area) FROM STDIN (FORMAT BINARY)
        """;

    public const string Analyze = "ANALYZE tracetrack.bag";

    /// <summary>$1 import, $2 base. Parents were checked while reading.</summary>
    public const string RefuseDuplicates = $"""
        WITH ranked AS (
            SELECT id, min(id) OVER (PARTITION BY qr) AS first_id FROM tracetrack.bag WHERE kind = 2
        ), gone AS (
            DELETE FROM tracetrack.bag b USING ranked r WHERE b.id = r.id AND r.first_id < r.id RETURNING b.id, b.qr, r.first_id
        )
        {Results} SELECT $1, (id - $2) / 2, 4, qr, ((first_id - $2) / 2)::text FROM gone
        """;

    /// <summary>$1 import, $2 base.</summary>
    public const string RefuseOrphans = $"""
        WITH gone AS (
            DELETE FROM tracetrack.bag c USING tracetrack.bag p WHERE p.id = c.parent_id AND p.status = -1 RETURNING c.id, c.qr, p.qr AS parent_qr
        )
        {Results} SELECT $1, (id - $2) / 2, 5, qr, parent_qr FROM gone
        """;

    public const string Empty = "TRUNCATE tracetrack.bag";

    public const string DeleteAll = "DELETE FROM tracetrack.bag";

    public const string DropUnknownParents = "DELETE FROM tracetrack.bag WHERE status = -1";

    /// <summary>$1 import, $2 base, $3 capacity. The first children in the file stay.</summary>
    public const string RefuseSurplus = $"""
        WITH ranked AS (
            SELECT c.id, p.qr AS parent_qr, row_number() OVER (PARTITION BY c.parent_id ORDER BY c.id) AS place
            FROM tracetrack.bag c JOIN tracetrack.bag p ON p.id = c.parent_id
            WHERE p.child_count > $3
        ), gone AS (
            DELETE FROM tracetrack.bag b USING ranked r WHERE b.id = r.id AND r.place > $3 RETURNING b.id, b.qr, r.parent_qr
        )
        {Results} SELECT $1, (id - $2) / 2, 6, qr, parent_qr FROM gone
        """;

    /// <summary>$1 capacity. Parents that lost children. One that still has a surplus may have more than its column can count.</summary>
    public const string CountAnew = """
        UPDATE tracetrack.bag p SET child_count = least(c.children, 32767), content_grams = c.grams, status = CASE WHEN c.children >= $1 THEN 2 ELSE 0 END
        FROM (
            SELECT p.id, count(c.id) AS children, coalesce(sum(c.weight_grams), 0) AS grams
            FROM tracetrack.bag p LEFT JOIN tracetrack.bag c ON c.parent_id = p.id
            WHERE p.kind = 1 GROUP BY p.id
        ) c
        WHERE c.id = p.id AND (p.child_count <> c.children OR p.content_grams <> c.grams)
        """;

    public const string Count = "SELECT count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2), count(parent_id) FROM tracetrack.bag";

    private const string Results = "INSERT INTO tracetrack.import_result (import_id, ordinal, rejection, qr, detail)";
}
