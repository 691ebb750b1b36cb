namespace TraceTrack.Postgres;

/// <summary>
/// Statements of a scan. They run in two batches: ScanTransaction says why in this order. Locks are always taken on bills, then on bags
/// by id, then on receipts by scan id, then on a totals slot; before all of them come codes that are registered, in their order, and by an
/// Undo its actor (ScanUndoSql).
/// </summary>
internal static class ScanSql
{
    /// <summary>
    /// Registers unknown codes for the time being, as version 0: a row of our own is a lock on the code. Ordered, so that two batches
    /// that name the same new codes cannot wait for each other in turn. $1 codes, $2 kinds.
    /// </summary>
    public const string Register = """
        INSERT INTO tracetrack.bag (kind, qr, version, created_at, changed_at)
        SELECT v.kind, v.qr, 0, now(), now()
        FROM unnest($1::text[], $2::smallint[]) AS v(qr, kind)
        WHERE NOT EXISTS (SELECT FROM tracetrack.bag b WHERE b.qr = v.qr)
        ORDER BY v.qr COLLATE "C"
        ON CONFLICT (qr) DO NOTHING
        """;

    /// <summary>$1 numbers, $2 codes whose bills are wanted too (empty when they are not).</summary>
    public const string LockBills = $"""
        SELECT id FROM tracetrack.bill WHERE id = ANY({BillIds}) ORDER BY id FOR NO KEY UPDATE
        """;

    public const string ReadBills = $"SELECT {BillSql.Columns} FROM tracetrack.bill b WHERE b.id = ANY({BillIds})";

    /// <summary>$1 codes; the parents they are in are locked too.</summary>
    public const string LockBags = $"""
        SELECT id FROM tracetrack.bag WHERE id = ANY({BagIds}) ORDER BY id FOR NO KEY UPDATE
        """;

    /// <summary>As above, and of those parents that have no area the children too: a claim changes them.</summary>
    public const string LockBagsAndChildren = $"""
        SELECT id FROM tracetrack.bag
        WHERE id = ANY({BagIds})
            OR parent_id = ANY(ARRAY(SELECT p.id FROM tracetrack.bag p WHERE p.id = ANY({BagIds}) AND p.kind = 1 AND p.area IS NULL))
        ORDER BY id FOR NO KEY UPDATE
        """;

    public const string ReadBags = $"SELECT {BagSql.Columns} {BagSql.From} WHERE b.id = ANY({BagIds})";

    /// <summary>$1 scan ids.</summary>
    public const string ReadReceipts = """
        SELECT scan_id, payload_hash, recorded_at, event_id, outcome, rejection, actor_id, fact
        FROM tracetrack.scan_receipt WHERE scan_id = ANY($1)
        """;

    /// <summary>
    /// The log rows of receipts ($1 times, $2 ids), for what a receipt does not hold. Asked only for replays: joined to the statement above,
    /// it would have the planner look at every partition each time. A row in an archived month is missing, and the receipt suffices.
    /// </summary>
    public const string ReadReplayed = """
        SELECT id, parent_qr, bill_number, area, scanned_at, qr, from_parent_qr, undoes FROM tracetrack.scan
        WHERE recorded_at = ANY($1) AND id = ANY($2)
        """;

    /// <summary>
    /// Drawn after the locks: the time, $1 event ids and $2 versions. Later than all that was committed for these rows, and known to the
    /// caller before the writing, so that nothing has to be read back.
    /// </summary>
    public const string Draw = """
        SELECT clock_timestamp(),
            ARRAY(SELECT nextval('tracetrack.scan_id_seq') FROM generate_series(1, $1)),
            ARRAY(SELECT nextval('tracetrack.version_seq') FROM generate_series(1, $2))
        """;

    public const string UpdateBags = """
        UPDATE tracetrack.bag b SET status = v.status, area = v.area, weight_grams = v.weight_grams, child_count = v.child_count,
            content_grams = v.content_grams, parent_id = v.parent_id, linked_at = v.linked_at, import_id = v.import_id,
            created_at = v.created_at, changed_at = v.changed_at, version = v.version
        FROM unnest($1::bigint[], $2::smallint[], $3::text[], $4::integer[], $5::smallint[], $6::bigint[], $7::bigint[],
            $8::timestamptz[], $9::bigint[], $10::timestamptz[], $11::timestamptz[], $12::bigint[])
            AS v(id, status, area, weight_grams, child_count, content_grams, parent_id, linked_at, import_id, created_at, changed_at, version)
        WHERE b.id = v.id
        """;

    /// <summary>$1 codes registered for the time being and not used.</summary>
    public const string Unregister = "DELETE FROM tracetrack.bag WHERE qr = ANY($1) AND version = 0";

    /// <summary>
    /// The other children of claimed parents ($1). They come after rows of higher ids, so this may not wait: who holds one of them may be
    /// waiting for its parent. Where it fails, the work begins anew and locks them in their place.
    /// </summary>
    public const string LockChildren =
        "SELECT id FROM tracetrack.bag WHERE parent_id = ANY($1) AND area IS NULL FOR NO KEY UPDATE NOWAIT";

    /// <summary>The other children of claimed parents ($1) take their areas ($2) at their times ($3).</summary>
    public const string ClaimChildren = """
        UPDATE tracetrack.bag b SET area = v.area, changed_at = v.changed_at, version = nextval('tracetrack.version_seq')
        FROM unnest($1::bigint[], $2::text[], $3::timestamptz[]) AS v(parent_id, area, changed_at)
        WHERE b.parent_id = v.parent_id AND b.area IS NULL
        """;

    public const string ReadChildren = $"SELECT {BagSql.Columns} {BagSql.From} WHERE b.parent_id = ANY($1)";

    public const string UpdateBills = """
        UPDATE tracetrack.bill b SET status = v.status, parent_count = v.parent_count, actual_grams = v.actual_grams,
            changed_at = v.changed_at, version = v.version
        FROM unnest($1::bigint[], $2::smallint[], $3::integer[], $4::bigint[], $5::timestamptz[], $6::bigint[])
            AS v(id, status, parent_count, actual_grams, changed_at, version)
        WHERE b.id = v.id
        """;

    public const string Load = """
        INSERT INTO tracetrack.bill_bag (bag_id, bill_id, loaded_at)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[])
        """;

    public const string Unload = "DELETE FROM tracetrack.bill_bag WHERE bag_id = ANY($1)";

    public const string EndLinks = """
        INSERT INTO tracetrack.link_interval (child_id, parent_id, linked_at, unlinked_at, import_id)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::bigint[])
        """;

    public const string Append = """
        INSERT INTO tracetrack.scan (id, recorded_at, scanned_at, scan_id, action, outcome, rejection, qr, parent_qr, bill_number, fact, actor_id, area,
            from_parent_qr, undoes)
        SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::uuid[], $5::smallint[], $6::smallint[], $7::smallint[],
            $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::uuid[])
        """;

    /// <summary>Ordered, so that two batches that use the same ids for other bags cannot wait for each other in turn.</summary>
    public const string KeepReceipts = """
        INSERT INTO tracetrack.scan_receipt (scan_id, payload_hash, recorded_at, event_id, outcome, rejection, actor_id, fact)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::bigint[], $5::smallint[], $6::smallint[], $7::text[], $8::text[])
            AS v(scan_id, payload_hash, recorded_at, event_id, outcome, rejection, actor_id, fact)
        ORDER BY v.scan_id
        """;

    private const string BillIds = """
        ARRAY(
            SELECT id FROM tracetrack.bill WHERE number = ANY($1)
            UNION SELECT l.bill_id FROM tracetrack.bag b JOIN tracetrack.bill_bag l ON l.bag_id = b.id WHERE b.qr = ANY($2))
        """;

    /// <summary>
    /// With the nulls of bags without a parent, which match nothing: "parent_id IS NOT NULL" would let the planner take the index of
    /// contents, and read all of it, where statistics say that hardly any bag is in a parent.
    /// </summary>
    private const string BagIds = """
        ARRAY(
            SELECT id FROM tracetrack.bag WHERE qr = ANY($1)
            UNION SELECT parent_id FROM tracetrack.bag WHERE qr = ANY($1))
        """;
}
