namespace TraceTrack.Postgres;

/// <summary>The scan log as a list. Column order is ScanReader.Read's.</summary>
internal static class ScanListSql
{
    public const string Columns =
        "s.id, s.scan_id, s.action, s.outcome, s.rejection, s.qr, s.parent_qr, s.bill_number, s.fact, s.actor_id, s.area, s.scanned_at, s.recorded_at";

    private static readonly string?[] Lists = new string?[(int)ScanListParts.All + 1];

    /// <summary>The list for one combination of filters. Parameters are numbered in the order ActorId, Qr, Area, From (time, id); the limit is last.</summary>
    public static string List(ScanListParts parts) => Lists[(int)parts] ??= Build(parts);

    private static string Build(ScanListParts parts)
    {
        var list = new ListBuilder($"SELECT {Columns} FROM tracetrack.scan s");
        if (parts.HasFlag(ScanListParts.ActorId))
            list.And($"s.actor_id = {list.Next()}");
        if (parts.HasFlag(ScanListParts.Qr))
            list.And($"s.qr = {list.Next()}");
        if (parts.HasFlag(ScanListParts.Area))
            list.And($"s.area = {list.Next()}");
        // Newest first: going backward means towards newer ones.
        var backward = parts.HasFlag(ScanListParts.Backward);
        if (parts.HasFlag(ScanListParts.From))
            list.And($"(s.recorded_at, s.id) {(backward ? ">" : "<")} ({list.Next()}, {list.Next()})");
        var order = backward ? "ASC" : "DESC";
        return list.OrderBy($"s.recorded_at {order}, s.id {order}");
    }
}

/// <summary>What a list of scans is filtered by.</summary>
[Flags]
internal enum ScanListParts
{
    None = 0,
    ActorId = 1,
    Qr = 2,
    Area = 4,
    From = 8,
    Backward = 16,
    All = 31,
}
