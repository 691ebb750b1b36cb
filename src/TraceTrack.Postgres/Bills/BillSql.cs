namespace TraceTrack.Postgres;

/// <summary>Statements about bills. Column order is BillReader's.</summary>
internal static class BillSql
{
    public const string Columns =
        "b.id, b.number, b.status, b.capacity, b.parent_count, b.actual_grams, b.created_by, b.created_at, b.changed_at, b.completed_at, b.version";

    public const string Find = $"SELECT {Columns} FROM tracetrack.bill b WHERE b.number = $1";

    public const string FindMany = $"SELECT {Columns} FROM tracetrack.bill b WHERE b.number = {ListedSql.Codes}";

    /// <summary>
    /// Takes a number for the time being, as version 0. It may wait here for a bill of this number to be deleted, and what is drawn for the
    /// new one must be later than that deletion's. $1 number, $2 capacity, $3 creator. Nothing happens when the number is taken.
    /// </summary>
    public const string Take = """
        INSERT INTO tracetrack.bill (version, created_at, changed_at, capacity, number, created_by)
        VALUES (0, now(), now(), $2, $1, $3)
        ON CONFLICT (number) DO NOTHING
        """;

    /// <summary>Makes a bill of it. $1 number, $2 totals slot. No row comes back when the number was taken.</summary>
    public const string Create = $"""
        WITH b AS (
            UPDATE tracetrack.bill t SET version = nextval('tracetrack.version_seq'), created_at = now.t, changed_at = now.t
            FROM (SELECT clock_timestamp() AS t) now
            WHERE t.number = $1 AND t.version = 0
            RETURNING t.*
        ), happened AS (
            INSERT INTO tracetrack.bill_event (bill_id, version, at, kind, actor_id) SELECT id, version, created_at, 1, created_by FROM b
        ), counted AS (
            UPDATE tracetrack.totals SET bills = bills + 1 WHERE slot = $2 AND EXISTS (SELECT FROM b)
        )
        SELECT {Columns} FROM b
        """;

    /// <summary>
    /// $1 numbers. The order keeps two batches over the same bills from waiting for each other in turn. A deletion needs no stronger lock: who
    /// refers to a bill, by putting a parent on it, holds this one.
    /// </summary>
    public const string Lock = "SELECT id FROM tracetrack.bill WHERE number = ANY($1) ORDER BY id FOR NO KEY UPDATE";

    public const string LockParents = """
        SELECT id FROM tracetrack.bag
        WHERE id = ANY(ARRAY(SELECT l.bag_id FROM tracetrack.bill_bag l JOIN tracetrack.bill b ON b.id = l.bill_id WHERE b.number = ANY($1)))
        ORDER BY id FOR NO KEY UPDATE
        """;

    /// <summary>The server's time and versions for the bills and their parents ($1 numbers). Counted, since the count that is kept may be what is to be mended.</summary>
    public const string Draw = """
        SELECT clock_timestamp(), ARRAY(SELECT nextval('tracetrack.version_seq') FROM generate_series(
            1, (SELECT count(DISTINCT b.id) + count(l.bag_id) FROM tracetrack.bill b
                LEFT JOIN tracetrack.bill_bag l ON l.bill_id = b.id WHERE b.number = ANY($1))))
        """;

    /// <summary>What really is in the parents on bills ($1 numbers); parents without children are left out.</summary>
    public const string CountContents = """
        SELECT c.parent_id, count(*), sum(c.weight_grams) FROM tracetrack.bag c
        WHERE c.parent_id = ANY(ARRAY(SELECT l.bag_id FROM tracetrack.bill_bag l JOIN tracetrack.bill b ON b.id = l.bill_id WHERE b.number = ANY($1)))
        GROUP BY c.parent_id
        """;

    /// <summary>Bills created in a time ($1 from, $2 before), added up for each creator.</summary>
    public const string Summarize = """
        SELECT created_by, count(*) FILTER (WHERE status = 0), count(*) FILTER (WHERE status = 1), count(*) FILTER (WHERE status = 2),
            sum(parent_count), sum(actual_grams)::bigint
        FROM tracetrack.bill WHERE created_at >= $1 AND created_at < $2
        GROUP BY created_by ORDER BY created_by
        """;

    public const string Delete = "DELETE FROM tracetrack.bill WHERE id = ANY($1)";

    public const string Update = """
        UPDATE tracetrack.bill b SET status = v.status, capacity = v.capacity, parent_count = v.parent_count,
            actual_grams = v.actual_grams, changed_at = v.changed_at, completed_at = v.completed_at, version = v.version
        FROM unnest($1::bigint[], $2::smallint[], $3::integer[], $4::integer[], $5::bigint[], $6::timestamptz[], $7::timestamptz[], $8::bigint[])
            AS v(id, status, capacity, parent_count, actual_grams, changed_at, completed_at, version)
        WHERE b.id = v.id
        """;

    /// <summary>$1 bills, $2 versions, $3 times, $4 kinds, $5 actors, $6 the numbers of deleted bills, else nulls.</summary>
    public const string Append = """
        INSERT INTO tracetrack.bill_event (bill_id, version, at, kind, actor_id, number)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::smallint[], $5::text[], $6::text[])
        """;

    public const string UpdateParents = """
        UPDATE tracetrack.bag b SET status = v.status, child_count = v.child_count, content_grams = v.content_grams,
            changed_at = v.changed_at, version = v.version
        FROM unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[], $5::timestamptz[], $6::bigint[])
            AS v(id, status, child_count, content_grams, changed_at, version)
        WHERE b.id = v.id
        """;

    private static readonly string?[] Lists = new string?[(int)BillListParts.All + 1];

    /// <summary>The list for one combination of filters. Parameters are numbered in the order Status, CreatedBy, Created (from, before), From (time, id); the limit is last.</summary>
    public static string List(BillListParts parts) => Lists[(int)parts] ??= Build(parts);

    private static string Build(BillListParts parts)
    {
        var list = new ListBuilder($"SELECT {Columns} FROM tracetrack.bill b");
        if (parts.HasFlag(BillListParts.Status))
            list.And($"b.status = {list.Next()}");
        if (parts.HasFlag(BillListParts.CreatedBy))
            list.And($"b.created_by = {list.Next()}");
        if (parts.HasFlag(BillListParts.Created))
            list.And($"b.created_at >= {list.Next()} AND b.created_at < {list.Next()}");
        // Newest first: going backward means towards newer ones.
        var backward = parts.HasFlag(BillListParts.Backward);
        if (parts.HasFlag(BillListParts.From))
            list.And($"(b.created_at, b.id) {(backward ? ">" : "<")} ({list.Next()}, {list.Next()})");
        var order = backward ? "ASC" : "DESC";
        return list.OrderBy($"b.created_at {order}, b.id {order}");
    }
}

/// <summary>What a list of bills is filtered by.</summary>
[Flags]
internal enum BillListParts
{
    None = 0,
    Status = 1,
    CreatedBy = 2,
    From = 4,
    Backward = 8,
    Created = 16,
    All = 31,
}
