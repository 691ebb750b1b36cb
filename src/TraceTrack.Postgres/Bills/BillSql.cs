namespace TraceTrack.Postgres;

/// <summary>Statements about bills. Column order is BillReader's.</summary>
internal static class BillSql
{
    public const string Columns =
        "b.id, b.number, b.status, b.capacity, b.parent_count, b.actual_grams, b.created_by, b.created_at, b.changed_at, b.completed_at, b.version";

    public const string Find = $"SELECT {Columns} FROM tracetrack.bill b WHERE b.number = $1";

    public const string FindMany = $"SELECT {Columns} FROM tracetrack.bill b WHERE b.number = ANY($1)";

    /// <summary>$1 number, $2 capacity, $3 creator, $4 totals slot. No row comes back when the number is taken.</summary>
    public const string Create = $"""
        WITH b AS (
            INSERT INTO tracetrack.bill (version, created_at, changed_at, capacity, number, created_by)
            SELECT nextval('tracetrack.version_seq'), now.t, now.t, $2, $1, $3
            FROM (SELECT clock_timestamp() AS t) now
            ON CONFLICT (number) DO NOTHING
            RETURNING *
        ), happened AS (
            INSERT INTO tracetrack.bill_event (bill_id, version, at, kind, actor_id) SELECT id, version, created_at, 1, created_by FROM b
        ), counted AS (
            UPDATE tracetrack.totals SET bills = bills + 1 WHERE slot = $4 AND EXISTS (SELECT FROM b)
        )
        SELECT {Columns} FROM b
        """;

    /// <summary>$1 numbers. The order keeps two batches over the same bills from waiting for each other in turn.</summary>
    public const string Lock = "SELECT id FROM tracetrack.bill WHERE number = ANY($1) ORDER BY id FOR NO KEY UPDATE";

    public const string LockParents = """
        SELECT id FROM tracetrack.bag
        WHERE id = ANY(ARRAY(SELECT l.bag_id FROM tracetrack.bill_bag l JOIN tracetrack.bill b ON b.id = l.bill_id WHERE b.number = ANY($1)))
        ORDER BY id FOR NO KEY UPDATE
        """;

    /// <summary>The server's time and versions for the bills and their parents ($1 numbers).</summary>
    public const string Draw = """
        SELECT clock_timestamp(), ARRAY(SELECT nextval('tracetrack.version_seq') FROM generate_series(
            1, (SELECT count(*) + coalesce(sum(parent_count), 0) FROM tracetrack.bill WHERE number = ANY($1))))
        """;

    public const string Update = """
        UPDATE tracetrack.bill b SET status = v.status, capacity = v.capacity, changed_at = v.changed_at, completed_at = v.completed_at,
            version = v.version
        FROM unnest($1::bigint[], $2::smallint[], $3::integer[], $4::timestamptz[], $5::timestamptz[], $6::bigint[])
            AS v(id, status, capacity, changed_at, completed_at, version)
        WHERE b.id = v.id
        """;

    /// <summary>$1 bills, $2 versions, $3 times, $4 kinds, $5 actors.</summary>
    public const string Append = """
        INSERT INTO tracetrack.bill_event (bill_id, version, at, kind, actor_id)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::smallint[], $5::text[])
        """;

    public const string UpdateParents = """
        UPDATE tracetrack.bag b SET status = v.status, changed_at = v.changed_at, version = v.version
        FROM unnest($1::bigint[], $2::smallint[], $3::timestamptz[], $4::bigint[]) AS v(id, status, changed_at, version)
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
