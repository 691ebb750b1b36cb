namespace TraceTrack.Postgres.Tests.Contracts;

/// <summary>What must hold in the tables themselves, whatever was done to them: each statement counts violations.</summary>
internal static class LinearizabilitySql
{
    public static IReadOnlyDictionary<string, string> Violations { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["a parent's count or weight is not that of its children, or above the capacity"] = """
            SELECT count(*) FROM tracetrack.bag p
            LEFT JOIN (SELECT parent_id, count(*) AS children, sum(weight_grams) AS grams FROM tracetrack.bag WHERE parent_id IS NOT NULL GROUP BY 1) c
                ON c.parent_id = p.id
            WHERE p.kind = 1 AND (p.child_count <> coalesce(c.children, 0) OR p.content_grams <> coalesce(c.grams, 0) OR p.child_count NOT BETWEEN 0 AND {0})
            """,
        ["a child is in what is no parent, in another area than its parent, or a parent is in a parent"] = """
            SELECT count(*) FROM tracetrack.bag c LEFT JOIN tracetrack.bag p ON p.id = c.parent_id AND p.kind = 1
            WHERE c.parent_id IS NOT NULL AND (p.id IS NULL OR c.kind <> 2 OR c.area IS DISTINCT FROM p.area OR c.linked_at IS NULL OR c.status <> 1)
            """,
        ["a loose child has the status or time of a linked one, or children"] = """
            SELECT count(*) FROM tracetrack.bag
            WHERE kind = 2 AND ((parent_id IS NULL AND (status <> 0 OR linked_at IS NOT NULL)) OR child_count <> 0 OR content_grams <> 0)
            """,
        ["a child was in two parents at once"] = """
            SELECT count(*) FROM (
                SELECT child_id, linked_at, coalesce(unlinked_at, 'infinity') AS ended,
                    lead(linked_at) OVER (PARTITION BY child_id ORDER BY linked_at, unlinked_at) AS next
                FROM (
                    SELECT child_id, linked_at, unlinked_at FROM tracetrack.link_interval
                    UNION ALL SELECT id, linked_at, NULL FROM tracetrack.bag WHERE parent_id IS NOT NULL) s) stays
            WHERE ended < linked_at OR next < ended
            """,
        ["a bill's count or weight is not that of its parents, or above its capacity"] = """
            SELECT count(*) FROM tracetrack.bill b
            LEFT JOIN (
                SELECT l.bill_id, count(*) AS parents, sum(p.content_grams) AS grams
                FROM tracetrack.bill_bag l JOIN tracetrack.bag p ON p.id = l.bag_id GROUP BY 1) s ON s.bill_id = b.id
            WHERE b.parent_count <> coalesce(s.parents, 0) OR b.actual_grams <> coalesce(s.grams, 0) OR b.parent_count > b.capacity
                OR (b.status = 0) <> (b.parent_count = 0) OR (b.status = 2) <> (b.completed_at IS NOT NULL)
            """,
        ["a bag on a bill is none, is no parent, or has not the bill's status"] = """
            SELECT count(*) FROM tracetrack.bill_bag l JOIN tracetrack.bill b ON b.id = l.bill_id LEFT JOIN tracetrack.bag p ON p.id = l.bag_id
            WHERE p.id IS NULL OR p.kind <> 1 OR p.status <> CASE b.status WHEN 2 THEN 4 ELSE 3 END
            """,
        ["a bag on two bills"] = "SELECT count(*) - count(DISTINCT bag_id) FROM tracetrack.bill_bag",
        ["a parent on no bill has a status that does not follow from its children"] = """
            SELECT count(*) FROM tracetrack.bag p LEFT JOIN tracetrack.bill_bag l ON l.bag_id = p.id
            WHERE p.kind = 1 AND l.bag_id IS NULL AND p.status <> CASE WHEN p.child_count >= {0} THEN 2 ELSE 0 END
            """,
        ["a bag registered for the time being was left"] = "SELECT count(*) FROM tracetrack.bag WHERE version = 0",
        ["a version was given to two rows of bags or bills"] = """
            SELECT count(*) - count(DISTINCT version) FROM (SELECT version FROM tracetrack.bag UNION ALL SELECT version FROM tracetrack.bill) v
            """,
        ["a scan was recorded twice, or has no receipt"] = """
            SELECT count(*) FROM (SELECT scan_id FROM tracetrack.scan WHERE outcome = 1 GROUP BY 1 HAVING count(*) > 1
                UNION ALL SELECT s.scan_id FROM tracetrack.scan s LEFT JOIN tracetrack.scan_receipt r ON r.scan_id = s.scan_id WHERE r.scan_id IS NULL) x
            """,
        ["the totals are not what is there"] = """
            SELECT count(*) FROM (
                SELECT sum(bags), sum(parents), sum(children), sum(bills), sum(scans) FROM tracetrack.totals
                EXCEPT
                SELECT (SELECT count(*) FROM tracetrack.bag), (SELECT count(*) FROM tracetrack.bag WHERE kind = 1), (SELECT count(*) FROM tracetrack.bag WHERE kind = 2),
                    (SELECT count(*) FROM tracetrack.bill), (SELECT count(*) FROM tracetrack.scan)) t
            """,
    };
}
