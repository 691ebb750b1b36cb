namespace TraceTrack.Postgres;

/// <summary>What the catalog says about indexes.</summary>
internal static class IndexSql
{
    /// <summary>$1 schema. What a check needs, in one query: a store has some fifty indexes.</summary>
    public const string State = """
        SELECT t.relname, c.relname, i.indisvalid, c.relkind = 'I'
        FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = $1 AND t.relkind IN ('r', 'p') AND t.relname !~ '^scan_archived_'
        ORDER BY t.relname, c.relname
        """;

    /// <summary>$1 schema. A partitioned index is the sum of its partitions', and valid when all of them are.</summary>
    public const string Report = """
        SELECT t.relname, c.relname,
            (SELECT string_agg(pg_get_indexdef(c.oid, k, true), ', ' ORDER BY k) FROM generate_series(1, i.indnkeyatts) k)
                || coalesce(' WHERE ' || pg_get_expr(i.indpred, i.indrelid, true), ''),
            parts.size, parts.scans, i.indisvalid AND parts.valid, i.indisunique, i.indisprimary
        FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(pg_relation_size(p.oid)), 0)::bigint AS size, coalesce(sum(pg_stat_get_numscans(p.oid)), 0)::bigint AS scans,
                coalesce(bool_and(pi.indisvalid), true) AS valid
            FROM (SELECT c.oid UNION SELECT inhrelid FROM pg_inherits WHERE inhparent = c.oid) p
            JOIN pg_index pi ON pi.indexrelid = p.oid
            JOIN pg_class pc ON pc.oid = p.oid AND pc.relkind = 'i'
        ) parts
        WHERE n.nspname = $1 AND t.relkind IN ('r', 'p') AND NOT t.relispartition AND t.relname !~ '^scan_archived_'
        ORDER BY t.relname, c.relname
        """;

    /// <summary>$1 schema.</summary>
    public const string Tables = """
        SELECT t.relname FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = $1 AND t.relkind IN ('r', 'p') AND NOT t.relispartition AND t.relname !~ '^scan_archived_'
        ORDER BY t.relname
        """;

    /// <summary>$1 partitioned table, $2 its index: the partitions that have no part of it yet.</summary>
    public const string PartitionsWithout = """
        SELECT p.relname FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhrelid
        WHERE h.inhparent = $1::text::regclass AND NOT EXISTS (
            SELECT FROM pg_inherits hi JOIN pg_index i ON i.indexrelid = hi.inhrelid
            WHERE hi.inhparent = $2::text::regclass AND i.indrelid = p.oid)
        ORDER BY p.relname
        """;

    /// <summary>$1 partitioned index: its parts.</summary>
    public const string PartsOf = """
        SELECT c.relname FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid WHERE h.inhparent = $1::text::regclass ORDER BY c.relname
        """;

    /// <summary>$1 table.</summary>
    public const string IsPartitioned = "SELECT relkind = 'p' FROM pg_class WHERE oid = $1::text::regclass";

    /// <summary>$1 index.</summary>
    public const string IsValid = "SELECT indisvalid FROM pg_index WHERE indexrelid = $1::text::regclass";

    /// <summary>Building waits for old transactions and takes its time, whatever the role's limits are.</summary>
    public const string NoLimits = "SET statement_timeout = 0; SET lock_timeout = 0";

    public const string UsualLimits = "RESET statement_timeout; RESET lock_timeout";
}
