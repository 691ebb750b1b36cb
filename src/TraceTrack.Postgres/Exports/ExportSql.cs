using System.Text;

namespace TraceTrack.Postgres;

/// <summary>
/// Statements of an export. COPY takes no parameters, so what a filter asks for is set for the transaction and read back by the statement.
/// A statement for each combination of conditions, as with lists, and one for each kind: so an index gives the order, whatever the filter.
/// </summary>
internal static class ExportSql
{
    /// <summary>
    /// $1 the status, $2 the area, $3 the parent, $4 the bill, $5 and $6 the time it was registered in; each empty for none. Long statements are meant here, whatever the role's limits are. The order
    /// comes from an index and never from a sort of the whole table, which would go to the disk and give its first row last; compiling
    /// the statement would cost more than it saves.
    /// </summary>
    public const string Settings = """
        SELECT set_config('transaction_read_only', 'on', true), set_config('statement_timeout', '0', true),
            set_config('idle_in_transaction_session_timeout', '0', true), set_config('enable_sort', 'off', true), set_config('jit', 'off', true),
            set_config('tracetrack_export.status', $1, true), set_config('tracetrack_export.area', $2, true), set_config('tracetrack_export.parent', $3, true),
            set_config('tracetrack_export.bill', $4, true), set_config('tracetrack_export.from', $5, true), set_config('tracetrack_export.before', $6, true)
        """;

    private const string Status = "current_setting('tracetrack_export.status')::smallint";

    private static readonly string?[] Selects = new string?[(int)ExportParts.All + 1];
    private static readonly string?[] Copies = new string?[(int)ExportParts.All + 1];

    /// <summary>The encoding is the file's, whatever the connection's is. Codes, areas and numbers hold nothing that COPY's text format escapes.</summary>
    public static string Copy(ExportParts parts) => Copies[(int)parts] ??= $"COPY ({Select(parts)}) TO STDOUT (ENCODING 'UTF8')";

    /// <summary>One column: the bag's line. concat leaves out what is null, and || makes null of all that a null belongs to.</summary>
    public static string Select(ExportParts parts) => Selects[(int)parts] ??= Build(parts);

    private static string Build(ExportParts parts)
    {
        var json = parts.HasFlag(ExportParts.NdJson);
        var sql = new StringBuilder(parts.HasFlag(ExportParts.Children)
            ? $"""
                SELECT {(json ? ChildJson : ChildCsv)}
                FROM tracetrack.bag b LEFT JOIN tracetrack.bag p ON p.id = b.parent_id
                WHERE b.kind = 2
                """
            : $"""
                SELECT {(json ? ParentJson : ParentCsv)}
                FROM tracetrack.bag b
                WHERE b.kind = 1
                """);
        if (parts.HasFlag(ExportParts.OwnStatus))
            sql.Append($" AND b.status = {Status}");
        if (parts.HasFlag(ExportParts.LinkedStatus))
            sql.Append(" AND b.status = 1 AND p.status NOT IN (3, 4)");
        if (parts.HasFlag(ExportParts.ParentStatus))
            sql.Append($" AND b.status = 1 AND p.status = {Status}");
        if (parts.HasFlag(ExportParts.Area))
            sql.Append(" AND b.area = current_setting('tracetrack_export.area')");
        if (parts.HasFlag(ExportParts.Parent))
            sql.Append(" AND b.parent_id = (SELECT id FROM tracetrack.bag WHERE qr = current_setting('tracetrack_export.parent'))");
        if (parts.HasFlag(ExportParts.Bill))
            sql.Append(parts.HasFlag(ExportParts.Children) ? $" AND b.parent_id = ANY({OnBill})" : $" AND b.id = ANY({OnBill})");
        if (parts.HasFlag(ExportParts.Created))
        {
            sql.Append(" AND b.created_at >= current_setting('tracetrack_export.from')::timestamptz")
                .Append(" AND b.created_at < current_setting('tracetrack_export.before')::timestamptz");
        }

        return sql.Append(" ORDER BY b.qr").ToString();
    }

    private const string OnBill = """
        ARRAY(SELECT l.bag_id FROM tracetrack.bill_bag l JOIN tracetrack.bill n ON n.id = l.bill_id
            WHERE n.number = current_setting('tracetrack_export.bill'))
        """;

    private const string ParentCsv = "concat(b.qr, ',,', b.area, ',')";

    private const string ParentJson = """concat('{"qr":"', b.qr, '","area":"' || b.area, '"}')""";

    // Grams times a numeric of three places: three places, always.
    private const string ChildCsv = "concat(b.qr, ',', p.qr, ',', b.area, ',', b.weight_grams * 0.001)";

    private const string ChildJson =
        """concat('{"qr":"', b.qr, '","parent":"' || p.qr, '","area":"' || b.area, '","weightKg":', b.weight_grams * 0.001, '}')""";
}

/// <summary>What an export's statement is made of. At most one of the three status parts is set, the latter two for children only.</summary>
[Flags]
internal enum ExportParts
{
    /// <summary>All parents as CSV.</summary>
    None = 0,
    Children = 1,
    NdJson = 2,

    /// <summary>The stored status tells.</summary>
    OwnStatus = 4,

    /// <summary>Linked: those whose parent is on no bill.</summary>
    LinkedStatus = 8,

    /// <summary>Billed and Dispatched: the parent's stored status tells.</summary>
    ParentStatus = 16,
    Area = 32,
    Parent = 64,
    Bill = 128,
    Created = 256,
    All = 511,
}
