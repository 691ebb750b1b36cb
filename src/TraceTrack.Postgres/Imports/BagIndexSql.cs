namespace TraceTrack.Postgres;

internal static class BagIndexSql
{
    /// <summary>
    /// Every index of the table of bags, a team's own ones among them, with all that DROP takes away and CREATE must give back.
    /// The one that holds codes unique comes first.
    /// </summary>
    public const string List = """
        SELECT format('%I.%I', n.nspname, c.relname), quote_ident(c.relname), pg_get_indexdef(c.oid),
            k.contype::text, pg_get_constraintdef(k.oid), coalesce(k.condeferrable, false), coalesce(k.condeferred, false),
            quote_ident(s.spcname), quote_literal(obj_description(c.oid, 'pg_class')), i.indisreplident, i.indisclustered,
            i.indisunique AND i.indnatts = 1 AND i.indpred IS NULL AND i.indexprs IS NULL AND a.attname = 'qr' AS is_key,
            format('%I.%I', tn.nspname, t.relname),
            (i.indisunique OR i.indisexclusion) AND NOT EXISTS (
                SELECT FROM pg_attribute o
                WHERE o.attrelid = i.indrelid AND o.attname = 'id' AND o.attnum = ANY ((i.indkey::smallint[])[0:i.indnkeyatts - 1])) AS refuses
        FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_namespace tn ON tn.oid = t.relnamespace
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] AND a.attnum > 0
        LEFT JOIN pg_constraint k ON k.conindid = c.oid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
        LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
        WHERE i.indrelid = 'tracetrack.bag'::regclass
        ORDER BY is_key DESC NULLS LAST, c.relname
        """;
}
