namespace TraceTrack.Postgres;

/// <summary>
/// The checks of staged rows against each other and the store, and their merge. Modes and reasons are the numbers of OnExisting and RowReason.
/// A new bag's id is a base and its ordinal.
/// </summary>
internal static class StagedImportSql
{
    /// <summary>
    /// More memory keeps the joins and sorts of a usual file off the disk. Without sequential scans a plan looks so dear that the server would
    /// compile it, which takes longer than to run it. The working tables need to be known roughly only.
    /// </summary>
    public const string Settings = """
        SELECT set_config('work_mem', greatest(pg_size_bytes(current_setting('work_mem')), 134217728) / 1024 || 'kB', true),
            set_config('jit', 'off', true), set_config('default_statistics_target', '10', true)
        """;

    /// <summary>Scans go on reading, and wait with their writing: they lock rows, which any weaker mode would allow and then wait for.</summary>
    public const string LockBags = "LOCK TABLE tracetrack.bag IN EXCLUSIVE MODE";

    /// <summary>Only an update changes a bill's figures.</summary>
    public const string LockBillsAndBags = """
        LOCK TABLE tracetrack.bill IN EXCLUSIVE MODE;
        LOCK TABLE tracetrack.bag IN EXCLUSIVE MODE
        """;

    /// <summary>The import's time, its one version, and the last id given away so far.</summary>
    public const string Draw = """
        SELECT clock_timestamp(), nextval('tracetrack.version_seq'), CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM tracetrack.bag_id_seq
        """;

    /// <summary>
    /// $1 rows of the file. A store that is much larger is asked through its indexes; the planner would rather read the table as a whole, which just
    /// after a large import also means to write all of it once more (hint bits).
    /// </summary>
    public const string PreferIndexes = """
        SELECT set_config('enable_seqscan', 'off', true) FROM (SELECT sum(bags) AS bags FROM tracetrack.totals) t WHERE t.bags > 4 * $1
        """;

    public const string AskThePlanner = "SELECT set_config(name, reset_val, true) FROM pg_settings WHERE name = 'enable_seqscan'";

    /// <summary>
    /// Every parent concerned that the store holds or the file brings; a code that the store has as a child's is none. $1 mode, $2 capacity, $3 base. Its
    /// area is the one after the import; its seats are those that were free before, since who gets one that the import frees would depend on the order of rows.
    /// </summary>
    public const string FindPlaces = """
        INSERT INTO pg_temp.import_place (id, is_new, seats, bill_status, qr, area, bill_number)
        SELECT coalesce(b.id, $3 + c.ordinal), b.id IS NULL, $2 - coalesce(b.child_count, 0), n.status, c.qr,
            CASE WHEN b.id IS NULL OR ($1 = 1 AND c.area IS NOT NULL AND n.status IS DISTINCT FROM 2) THEN c.area ELSE b.area END, n.number
        FROM (
            SELECT DISTINCT ON (qr) qr, ordinal, area
            FROM (
                SELECT qr, ordinal, area FROM pg_temp.import_stage WHERE reason IS NULL AND kind = 1
                UNION ALL SELECT DISTINCT parent_qr, NULL::bigint, NULL FROM pg_temp.import_stage WHERE reason IS NULL AND parent_qr IS NOT NULL
            ) named
            ORDER BY qr, ordinal NULLS LAST
        ) c
        LEFT JOIN tracetrack.bag b ON b.qr = c.qr
        LEFT JOIN tracetrack.bill_bag l ON l.bag_id = b.id
        LEFT JOIN tracetrack.bill n ON n.id = l.bill_id
        WHERE b.kind = 1 OR (b.id IS NULL AND c.ordinal IS NOT NULL)
        """;

    /// <summary>
    /// Decides every well-formed row when known bags are kept or refused. For most of them it is enough that the index has their code; the row behind
    /// it is asked only for a child that names a parent.
    /// </summary>
    public const string DecideNew = $"""
        {Judge}
            LEFT JOIN (SELECT qr FROM tracetrack.bag) e ON e.qr = g.qr
            LEFT JOIN LATERAL (SELECT * FROM tracetrack.bag b WHERE b.qr = e.qr AND e.qr IS NOT NULL AND g.parent_qr IS NOT NULL LIMIT 1) b ON true
        {Place}
        """;

    /// <summary>Decides every well-formed row when known bags take what their rows say.</summary>
    public const string DecideAll = $"""
        {Judge}
            LEFT JOIN tracetrack.bag b ON b.qr = g.qr
            LEFT JOIN LATERAL (SELECT b.qr) e ON true
        {Place}
        """;

    /// <summary>The children that enter each parent.</summary>
    public const string CountNewcomers = """
        INSERT INTO pg_temp.import_intake (parent_id, children, grams)
        SELECT parent_id, count(*), sum(grams) FROM pg_temp.import_plan WHERE reason IS NULL AND moves GROUP BY parent_id
        """;

    /// <summary>Whether a parent takes in more than it has seats for, and whether one that the store held already takes in any.</summary>
    public const string LookAtPlaces = """
        SELECT coalesce(bool_or(i.children > t.seats), false), coalesce(bool_or(NOT t.is_new), false)
        FROM pg_temp.import_intake i JOIN pg_temp.import_place t ON t.id = i.parent_id
        """;

    /// <summary>Of the newcomers of parents with too few seats, all but the first in the file; only these parents are gone through.</summary>
    public const string RefuseSurplus = """
        UPDATE pg_temp.import_plan p SET outcome = 2, reason = 6, changed = false, qr = coalesce(s.given, s.qr), detail = c.place_qr
        FROM (
            SELECT n.ordinal, t.qr AS place_qr, t.seats, row_number() OVER (PARTITION BY n.parent_id ORDER BY n.ordinal) AS seat
            FROM pg_temp.import_intake i
            JOIN pg_temp.import_place t ON t.id = i.parent_id AND i.children > t.seats
            JOIN pg_temp.import_plan n ON n.parent_id = t.id AND n.reason IS NULL AND n.moves
        ) c
        JOIN pg_temp.import_stage s ON s.ordinal = c.ordinal
        WHERE p.ordinal = c.ordinal AND c.seat > c.seats
        """;

    public const string ForgetNewcomers = "DELETE FROM pg_temp.import_intake";

    /// <summary>New parents, new children, those of them in a parent, and known bags that take what their rows say.</summary>
    public const string CountTaken = """
        SELECT count(*) FILTER (WHERE is_new AND kind = 1), count(*) FILTER (WHERE is_new AND kind = 2), count(*) FILTER (WHERE is_new AND moves),
            count(*) FILTER (WHERE NOT is_new)
        FROM pg_temp.import_plan WHERE reason IS NULL
        """;

    /// <summary>$1 import. Answers how many there are of each.</summary>
    public const string KeepResults = """
        WITH kept AS (
            INSERT INTO tracetrack.import_result (import_id, ordinal, outcome, rejection, qr, detail)
            SELECT $1::bigint, ordinal, outcome, reason, qr, detail FROM pg_temp.import_plan WHERE reason IS NOT NULL
            UNION ALL SELECT $1, ordinal, 2::smallint, reason, qr, detail FROM pg_temp.import_stage WHERE reason IS NOT NULL
            RETURNING outcome, rejection
        )
        SELECT outcome, rejection, count(*) FROM kept GROUP BY outcome, rejection
        """;

    /// <summary>$1 time.</summary>
    public const string EndLinks = """
        INSERT INTO tracetrack.link_interval (child_id, parent_id, linked_at, unlinked_at, import_id)
        SELECT b.id, b.parent_id, b.linked_at, greatest($1, b.changed_at + interval '1 microsecond'), b.import_id
        FROM pg_temp.import_plan p JOIN tracetrack.bag b ON b.id = p.id
        WHERE p.changed AND p.moves AND p.old_parent_id IS NOT NULL
        """;

    /// <summary>$1 time, $2 version. Nothing enters or leaves a parent on a bill, so only weights inside count.</summary>
    public const string UpdateBills = """
        UPDATE tracetrack.bill n SET actual_grams = n.actual_grams + c.grams, version = $2,
            changed_at = greatest($1, n.changed_at + interval '1 microsecond')
        FROM (
            SELECT l.bill_id, sum(p.grams - p.old_grams)::bigint AS grams
            FROM pg_temp.import_plan p JOIN tracetrack.bill_bag l ON l.bag_id = p.old_parent_id
            WHERE p.changed AND NOT p.moves AND p.grams <> p.old_grams
            GROUP BY l.bill_id
        ) c
        WHERE n.id = c.bill_id AND c.grams <> 0
        """;

    /// <summary>$1 time, $2 version, $3 capacity. Before new parents are there: they come with what they hold.</summary>
    public const string UpdateParents = """
        UPDATE tracetrack.bag b SET child_count = b.child_count + c.children, content_grams = b.content_grams + c.grams,
            status = CASE WHEN b.status IN (3, 4) THEN b.status WHEN b.child_count + c.children >= $3 THEN 2 ELSE 0 END,
            area = coalesce(c.area, b.area), version = $2, changed_at = greatest($1, b.changed_at + interval '1 microsecond')
        FROM (
            SELECT id, sum(children)::integer AS children, sum(grams)::bigint AS grams, max(area) AS area
            FROM (
                SELECT i.parent_id AS id, i.children, i.grams, NULL AS area
                FROM pg_temp.import_intake i JOIN pg_temp.import_place t ON t.id = i.parent_id AND NOT t.is_new
                UNION ALL SELECT old_parent_id, -1, -old_grams, NULL FROM pg_temp.import_plan WHERE changed AND moves AND old_parent_id IS NOT NULL
                UNION ALL SELECT old_parent_id, 0, grams - old_grams, NULL FROM pg_temp.import_plan WHERE changed AND NOT moves AND old_parent_id IS NOT NULL
                UNION ALL SELECT id, 0, 0, area FROM pg_temp.import_plan WHERE changed AND kind = 1
            ) p
            GROUP BY id
        ) c
        WHERE b.id = c.id AND (c.children <> 0 OR c.grams <> 0 OR c.area IS NOT NULL)
        """;

    /// <summary>$1 time, $2 version, $3 import.</summary>
    public const string UpdateChildren = """
        UPDATE tracetrack.bag b SET parent_id = p.parent_id, area = p.area, weight_grams = p.grams, version = $2,
            status = CASE WHEN p.parent_id IS NULL THEN 0 ELSE 1 END,
            linked_at = CASE WHEN p.moves THEN greatest($1, b.changed_at + interval '1 microsecond') ELSE b.linked_at END,
            import_id = CASE WHEN p.moves THEN $3 ELSE b.import_id END,
            changed_at = greatest($1, b.changed_at + interval '1 microsecond')
        FROM pg_temp.import_plan p
        WHERE p.id = b.id AND p.changed AND p.kind = 2
        """;

    /// <summary>$1 time, $2 version. After children have moved: those that are in a parent follow its new area.</summary>
    public const string FollowAreas = """
        UPDATE tracetrack.bag b SET area = p.area, version = $2, changed_at = greatest($1, b.changed_at + interval '1 microsecond')
        FROM pg_temp.import_plan p
        WHERE p.changed AND p.kind = 1 AND b.parent_id = p.id AND b.area IS DISTINCT FROM p.area
        """;

    /// <summary>$1 time, $2 version, $3 import, $4 capacity. In the order of codes, which most indexes are ordered by.</summary>
    public const string AddBags = """
        INSERT INTO tracetrack.bag (id, version, import_id, created_at, changed_at, parent_id, linked_at, content_grams, weight_grams, child_count,
            kind, status, qr, area)
        SELECT p.id, $2, $3, $1::timestamptz, $1, p.parent_id, CASE WHEN p.moves THEN $1 END, coalesce(h.grams, 0), p.grams, coalesce(h.children, 0), p.kind,
            CASE WHEN p.moves THEN 1 WHEN p.kind = 1 AND coalesce(h.children, 0) >= $4 THEN 2 ELSE 0 END, p.qr, p.area
        FROM pg_temp.import_plan p
        LEFT JOIN pg_temp.import_intake h ON h.parent_id = p.id
        WHERE p.is_new AND p.reason IS NULL
        ORDER BY p.qr
        """;

    /// <summary>
    /// $1 mode, $2 base. A bag keeps the kind it was stored with, whatever the pattern of parents' codes says by now. moves: a child that enters a parent, be it new, loose or from another one. Who finds no seat is told by a later
    /// statement, as few do. OFFSET keeps the judgement from being written out, and worked out, wherever it is asked for. Between the two halves stands
    /// how the bag of a row is found: e has its code, b all of it where that is needed.
    /// </summary>
    private const string Judge = """
        INSERT INTO pg_temp.import_plan (ordinal, id, parent_id, old_parent_id, grams, old_grams, kind, outcome, reason, is_new, moves, changed, qr, area, detail)
        WITH given AS (
            SELECT *, min(ordinal) OVER (PARTITION BY qr) AS first_ordinal FROM pg_temp.import_stage WHERE reason IS NULL
        ), met AS (
            SELECT g.ordinal, g.first_ordinal, g.kind, g.qr, g.given, g.parent_qr, g.area AS own_area,
                CASE WHEN e.qr IS NULL OR g.has_weight THEN g.grams ELSE b.weight_grams END AS grams,
                e.qr IS NULL AS is_new, b.id, b.kind AS old_kind, b.parent_id AS old_parent_id, b.weight_grams AS old_grams, b.area AS old_area,
                n.status AS old_bill_status, n.number AS old_bill_number,
                t.id AS target_id, t.area AS target_area, t.seats, t.bill_status, t.bill_number,
                t.id IS NOT NULL AND b.parent_id IS DISTINCT FROM t.id AS moves
            FROM given g
        """;

    private const string Place = """
            LEFT JOIN pg_temp.import_place t ON t.qr = g.parent_qr
            LEFT JOIN tracetrack.bill_bag l ON l.bag_id = coalesce(b.parent_id, b.id)
            LEFT JOIN tracetrack.bill n ON n.id = l.bill_id
        ), judged AS (
            SELECT *, CASE
                WHEN first_ordinal < ordinal THEN 4
                WHEN NOT is_new AND $1 <> 1 THEN CASE WHEN parent_qr IS NOT NULL AND old_parent_id <> coalesce(target_id, 0) THEN 9 ELSE 8 END
                WHEN old_kind <> kind THEN 7
                WHEN parent_qr IS NOT NULL AND target_id IS NULL THEN 5
                WHEN moves AND old_bill_status = 2 THEN 11
                WHEN moves AND old_bill_status IS NOT NULL THEN 9
                WHEN moves AND bill_status = 2 THEN 11
                WHEN moves AND bill_status IS NOT NULL THEN 10
                WHEN old_bill_status = 2 AND (grams <> old_grams OR (kind = 1 AND own_area IS DISTINCT FROM old_area AND own_area IS NOT NULL)) THEN 11
            END AS reason
            FROM met
            OFFSET 0
        ), placed AS (
            SELECT *, CASE WHEN moves THEN target_area WHEN old_parent_id IS NOT NULL THEN old_area ELSE coalesce(own_area, old_area) END AS area
            FROM judged
        )
        SELECT ordinal, coalesce(id, $2 + ordinal), CASE WHEN moves THEN target_id ELSE old_parent_id END, old_parent_id, grams, old_grams, kind,
            CASE WHEN reason IS NULL THEN NULL WHEN $1 = 0 AND reason IN (8, 9) THEN 1 ELSE 2 END, reason, is_new, moves,
            reason IS NULL AND NOT is_new AND (moves OR grams <> old_grams OR area IS DISTINCT FROM old_area),
            CASE WHEN reason IS NULL THEN qr ELSE coalesce(given, qr) END, area,
            CASE
                WHEN reason = 4 THEN first_ordinal::text
                WHEN reason IN (5, 7) THEN parent_qr
                WHEN reason = 9 THEN (SELECT b.qr FROM tracetrack.bag b WHERE b.id = old_parent_id)
                WHEN reason = 10 THEN bill_number
                WHEN reason = 11 AND old_bill_status = 2 THEN old_bill_number
                WHEN reason = 11 THEN bill_number
            END
        FROM placed
        """;
}
