namespace TraceTrack.Postgres;

internal static class TotalsSql
{
    public const string Get =
        "SELECT sum(bags)::bigint, sum(parents)::bigint, sum(children)::bigint, sum(bills)::bigint, sum(scans)::bigint, sum(users)::bigint FROM tracetrack.totals";

    /// <summary>$1 slot, then what to add to bags, parents, children, bills, scans and users.</summary>
    public const string Add = """
        UPDATE tracetrack.totals SET bags = bags + $2, parents = parents + $3, children = children + $4,
            bills = bills + $5, scans = scans + $6, users = users + $7
        WHERE slot = $1
        """;

    /// <summary>Every writer updates a slot last, so this holds all of them off until they have committed, and new ones until we have.</summary>
    public const string LockSlots = "LOCK TABLE tracetrack.totals IN EXCLUSIVE MODE";

    /// <summary>Months detached from the scan log count as they did.</summary>
    public const string Count = """
        SELECT count(*), count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2),
            (SELECT count(*) FROM tracetrack.bill), (SELECT count(*) FROM tracetrack.scan) + (SELECT coalesce(sum(rows), 0)::bigint FROM tracetrack.scan_archive),
            (SELECT count(*) FROM tracetrack.app_user)
        FROM tracetrack.bag
        """;

    /// <summary>Puts the counted sums into slot 0 and zeros into the others.</summary>
    public const string Set = """
        UPDATE tracetrack.totals SET bags = CASE slot WHEN 0 THEN $1 ELSE 0 END, parents = CASE slot WHEN 0 THEN $2 ELSE 0 END,
            children = CASE slot WHEN 0 THEN $3 ELSE 0 END, bills = CASE slot WHEN 0 THEN $4 ELSE 0 END,
            scans = CASE slot WHEN 0 THEN $5 ELSE 0 END, users = CASE slot WHEN 0 THEN $6 ELSE 0 END
        """;
}
