namespace TraceTrack.Postgres;

/// <summary>What the catalogs say about indexes. $1 is the schema.</summary>
internal static class IndexSql
{
    /// <summary>Indexes of tables, those of partitions counted under their partitioned one.</summary>
    public const string Report = """
        SELECT t.relname, i.relname, substring(pg_get_indexdef(i.oid) FROM ' USING (.*)$'),
            coalesce((SELECT sum(pg_relation_size(p.relid)) FROM pg_partition_tree(i.oid) p WHERE p.isleaf), pg_relation_size(i.oid))::bigint,
            coalesce((SELECT sum(s.idx_scan) FROM pg_partition_tree(i.oid) p JOIN pg_stat_all_indexes s ON s.indexrelid = p.relid),
                (SELECT s.idx_scan FROM pg_stat_all_indexes s WHERE s.indexrelid = i.oid), 0)::bigint,
            x.indisvalid, x.indisunique
        FROM pg_index x
        JOIN pg_class i ON i.oid = x.indexrelid
        JOIN pg_class t ON t.oid = x.indrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = $1 AND NOT i.relispartition
        ORDER BY t.relname, i.relname
        """;

    /// <summary>Names of the tables that hold rows, partitioned ones left out: for these an index is built concurrently.</summary>
    public const string Tables = """
        SELECT c.relname, c.relkind = 'p' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname
        """;

    /// <summary>Partitions of the partitioned index $2 on table $3: each with its own index that is attached, or null.</summary>
    public const string Partitions = """
        SELECT c.relname, (
            SELECT i.relname FROM pg_inherits a JOIN pg_index x ON x.indexrelid = a.inhrelid JOIN pg_class i ON i.oid = a.inhrelid
            WHERE a.inhparent = (quote_ident($1) || '.' || quote_ident($2))::regclass AND x.indrelid = c.oid)
        FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
        WHERE h.inhparent = (quote_ident($1) || '.' || quote_ident($3))::regclass
        ORDER BY c.relname
        """;
}
