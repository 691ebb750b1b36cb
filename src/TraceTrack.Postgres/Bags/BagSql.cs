namespace TraceTrack.Postgres;

/// <summary>Statements about bags. Column order is BagReader's.</summary>
internal static class BagSql
{
    public const string Columns =
        "b.id, b.qr, b.kind, b.status, b.area, b.weight_grams, b.child_count, b.content_grams, b.parent_id, p.qr, b.linked_at, "
        + "l.bill_id, n.number, b.import_id, b.created_at, b.changed_at, b.version";

    public const string From = """
        FROM tracetrack.bag b
        LEFT JOIN tracetrack.bag p ON p.id = b.parent_id
        LEFT JOIN tracetrack.bill_bag l ON l.bag_id = b.id
        LEFT JOIN tracetrack.bill n ON n.id = l.bill_id

        """;

    public const string Find = $"SELECT {Columns} {From} WHERE b.qr = $1";

    public const string FindMany = $"SELECT {Columns} {From} WHERE b.qr = {ListedSql.Codes}";

    public const string ChildrenOf = $"""
        SELECT {Columns} {From}
        WHERE b.parent_id = ANY(ARRAY(SELECT id FROM tracetrack.bag WHERE qr = {ListedSql.Codes}))
        ORDER BY b.qr
        """;

    public const string OnBills = $"""
        SELECT {Columns}
        FROM tracetrack.bill n
        JOIN tracetrack.bill_bag l ON l.bill_id = n.id
        JOIN tracetrack.bag b ON b.id = l.bag_id
        LEFT JOIN tracetrack.bag p ON p.id = b.parent_id
        WHERE n.number = {ListedSql.Codes}
        ORDER BY b.qr
        """;

    /// <summary>$1 the text, $2 the text and a character beyond every code's, $3 the most rows, $4 the area or null.</summary>
    public const string SearchPrefix =
        "SELECT qr FROM tracetrack.bag WHERE qr >= $1 AND qr < $2 AND ($4::text IS NULL OR area = $4) ORDER BY qr LIMIT $3";

    /// <summary>
    /// As above, $5 the pattern of the text's end; what begins with the text is left to the other statement. The expression is the trigram
    /// index's.
    /// </summary>
    public const string SearchInside = """
        SELECT qr FROM tracetrack.bag
        WHERE (qr || '') LIKE $5 AND strpos(qr, $1) > 0 AND NOT (qr >= $1 AND qr < $2) AND ($4::text IS NULL OR area = $4)
        ORDER BY qr LIMIT $3
        """;

    public const string HasTrigrams = "SELECT to_regclass('tracetrack.bag_qr_trgm_idx') IS NOT NULL";

    /// <summary>$1 codes. FOR UPDATE, as deleting a row asks for; a weaker lock would have to be raised while others wait behind it.</summary>
    public const string LockToDelete = "SELECT id FROM tracetrack.bag WHERE qr = ANY($1) ORDER BY id FOR UPDATE";

    /// <summary>Drawn after the locks: later than every version of the rows, and one is enough for all that goes at once.</summary>
    public const string DrawVersion = "SELECT nextval('tracetrack.version_seq')";

    public const string Delete = "DELETE FROM tracetrack.bag WHERE id = ANY($1)";

    private const string OnWay = "(3, 4)";

    private static readonly string?[] Lists = new string?[(int)BagListParts.All + 1];

    /// <summary>
    /// The list for one combination of filters. Parameters are numbered in the order OwnStatus, Area, Parent, Bill, Created (from, before), From; the limit is
    /// last. What an index's condition says is written out, since the planner cannot tell it from a parameter.
    /// </summary>
    public static string List(BagListParts parts) => Lists[(int)parts] ??= Build(parts);

    private static string Build(BagListParts parts)
    {
        var (list, limit) = Build(parts, ownStatus: false);
        if ((parts & BagListParts.OnWay) == BagListParts.None || parts.HasFlag(BagListParts.Children))
            return list;
        // One part for parents and one for their children, each in order from its own index: with an OR the planner walks all codes, however few match.
        return $"({Build(parts, ownStatus: true).Sql}) UNION ALL ({list}) ORDER BY {Order("2", parts)} LIMIT {limit}";
    }

    /// <param name="parts">The filters.</param>
    /// <param name="ownStatus">Whether Billed and Dispatched are looked for in parents, and not in children.</param>
    private static (string Sql, string Limit) Build(BagListParts parts, bool ownStatus)
    {
        var list = new ListBuilder($"SELECT {Columns} {From}");
        if (parts.HasFlag(BagListParts.Parents))
            list.And("b.kind = 1");
        if (parts.HasFlag(BagListParts.Children))
            list.And("b.kind = 2");
        if (parts.HasFlag(BagListParts.OwnStatus))
            list.And($"b.status = {list.Next()} AND b.status <> 1");
        if (parts.HasFlag(BagListParts.LinkedStatus))
            list.And($"b.status = 1 AND p.status NOT IN {OnWay}");
        if ((parts & BagListParts.OnWay) is var way and not BagListParts.None)
        {
            var status = way == BagListParts.Billed ? 3 : 4;
            list.And(ownStatus ? $"b.status = {status}" : $"b.status = 1 AND p.status = {status}");
        }

        if (parts.HasFlag(BagListParts.Area))
            list.And($"b.area = {list.Next()}");
        if (parts.HasFlag(BagListParts.Parent))
            list.And($"b.parent_id = (SELECT id FROM tracetrack.bag WHERE qr = {list.Next()})");
        if (parts.HasFlag(BagListParts.Bill))
        {
            list.And($"""
                b.id = ANY(ARRAY(
                    WITH loaded AS (SELECT l.bag_id FROM tracetrack.bill_bag l JOIN tracetrack.bill n ON n.id = l.bill_id WHERE n.number = {list.Next()})
                    SELECT bag_id FROM loaded UNION ALL SELECT c.id FROM tracetrack.bag c JOIN loaded ON c.parent_id = loaded.bag_id))
                """);
        }

        if (parts.HasFlag(BagListParts.Created))
            list.And($"b.created_at >= {list.Next()} AND b.created_at < {list.Next()}");
        var backward = parts.HasFlag(BagListParts.Backward);
        if (parts.HasFlag(BagListParts.From))
            list.And($"b.qr {(backward ? "<" : ">")} {list.Next()}");
        return (list.OrderBy(Order("b.qr", parts), out var limit), limit);
    }

    private static string Order(string code, BagListParts parts) => parts.HasFlag(BagListParts.Backward) ? code + " DESC" : code;
}

/// <summary>What a list of bags is filtered by. At most one of the two kinds and one of the four status parts are set.</summary>
[Flags]
internal enum BagListParts
{
    None = 0,
    Parents = 1,

    /// <summary>Pending and Completed, and parents' Billed and Dispatched: the stored status tells.</summary>
    OwnStatus = 2,

    /// <summary>Linked: of the stored ones, those whose parent is on no bill.</summary>
    LinkedStatus = 4,

    /// <summary>Billed: stored for parents, followed by children.</summary>
    Billed = 8,
    Area = 16,
    Parent = 32,
    From = 64,
    Backward = 128,
    Bill = 256,
    Created = 512,
    Children = 1024,

    /// <summary>Dispatched: as Billed.</summary>
    Dispatched = 2048,
    OnWay = Billed | Dispatched,
    All = 4095,
}
