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

    public const string Lock = "SELECT id FROM tracetrack.bill WHERE number = $1 FOR NO KEY UPDATE";

    public const string LockParents = """
        SELECT id FROM tracetrack.bag
        WHERE id = ANY(ARRAY(SELECT l.bag_id FROM tracetrack.bill_bag l JOIN tracetrack.bill b ON b.id = l.bill_id WHERE b.number = $1))
        ORDER BY id FOR NO KEY UPDATE
        """;

    /// <summary>The server's time and versions for the bill and its parents ($1 number).</summary>
    public const string Draw = """
        SELECT clock_timestamp(), array_agg(nextval('tracetrack.version_seq'))
        FROM generate_series(0, (SELECT parent_count FROM tracetrack.bill WHERE number = $1))
        """;

    public const string Update = """
        UPDATE tracetrack.bill SET status = $2, capacity = $3, changed_at = $4, completed_at = $5, version = $6 WHERE id = $1
        """;

    /// <summary>$1 bill, $2 version, $3 time, $4 kind, $5 actor.</summary>
    public const string Append =
        "INSERT INTO tracetrack.bill_event (bill_id, version, at, kind, actor_id) VALUES ($1, $2, $3, $4, $5)";

    public const string UpdateParents = """
        UPDATE tracetrack.bag b SET status = $3, changed_at = $4, version = v.version
        FROM unnest($1::bigint[], $2::bigint[]) AS v(id, version)
        WHERE b.id = v.id
        """;

    private static readonly string?[] Lists = new string?[(int)BillListParts.All + 1];

    /// <summary>The list for one combination of filters. Parameters are numbered in the order Status, CreatedBy, From (time, id); the limit is last.</summary>
    public static string List(BillListParts parts) => Lists[(int)parts] ??= Build(parts);

    private static string Build(BillListParts parts)
    {
        var list = new ListBuilder($"SELECT {Columns} FROM tracetrack.bill b");
        if (parts.HasFlag(BillListParts.Status))
            list.And($"b.status = {list.Next()}");
        if (parts.HasFlag(BillListParts.CreatedBy))
            list.And($"b.created_by = {list.Next()}");
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
    All = 15,
}
