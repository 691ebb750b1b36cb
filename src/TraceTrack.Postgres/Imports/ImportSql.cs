namespace TraceTrack.Postgres;

/// <summary>Statements of every import.</summary>
internal static class ImportSql
{
    /// <summary>$1 the import's id, as the caller gave it.</summary>
    public const string Find = "SELECT kind, report FROM tracetrack.import WHERE import_key = $1";

    /// <summary>$1 the import's id, as the caller gave it.</summary>
    public const string FindReport = "SELECT report FROM tracetrack.import WHERE import_key = $1";

    /// <summary>
    /// Long statements are meant here, whatever the role's limits are; a lock that others hold is not waited for longer than this.
    /// More memory sorts an index at once; a server that gives more already keeps it. Indexes are built where they were.
    /// </summary>
    public const string Settings = """
        SELECT set_config('lock_timeout', '5s', true), set_config('statement_timeout', '0', true),
            set_config('idle_in_transaction_session_timeout', '0', true), set_config('default_tablespace', '', true),
            set_config('maintenance_work_mem', greatest(pg_size_bytes(current_setting('maintenance_work_mem')), 268435456) / 1024 || 'kB', true)
        """;

    /// <summary>Totals first, as a recount does: the other way round the two could wait for each other.</summary>
    public const string LockTotals = "LOCK TABLE tracetrack.totals IN ROW EXCLUSIVE MODE";

    /// <summary>After the locks that may be refused: nothing done since is to be lost to a wait.</summary>
    public const string WaitForLocks = "SELECT set_config('lock_timeout', '0', true)";

    public const string WaitAMoment = "SELECT set_config('lock_timeout', '100ms', true)";

    public const string DrawImport = "SELECT nextval('tracetrack.import_id_seq'), clock_timestamp()";

    /// <summary>$1 id, $2 the import's id, $3 kind, $4 report, $5 the time of its rows.</summary>
    public const string Keep =
        "INSERT INTO tracetrack.import (id, import_key, kind, finished_at, report, began_at) VALUES ($1, $2, $3, clock_timestamp(), $4, $5)";

    public const string CopyResults =
        "COPY tracetrack.import_result (import_id, ordinal, rejection, qr, detail) FROM STDIN (FORMAT BINARY)";

    /// <summary>$1 the import's id, $2 the ordinal before the page, $3 rows of a page.</summary>
    public const string ReadResults = """
        SELECT ordinal, qr, outcome, rejection, detail FROM tracetrack.import_result
        WHERE import_id = (SELECT id FROM tracetrack.import WHERE import_key = $1) AND ordinal > $2
        ORDER BY ordinal LIMIT $3
        """;

    /// <summary>$1 import, $2 the ordinal before the page, $3 rows of a page: those refused by the checks among rows.</summary>
    public const string SetRefused = """
        SELECT ordinal FROM tracetrack.import_result
        WHERE import_id = $1 AND ordinal > $2 AND rejection IN (4, 5, 6)
        ORDER BY ordinal LIMIT $3
        """;

    /// <summary>$1 import, $2 ordinals, $3 codes as given.</summary>
    public const string SetGiven = """
        UPDATE tracetrack.import_result r SET qr = v.qr
        FROM unnest($2::bigint[], $3::text[]) AS v(ordinal, qr)
        WHERE r.import_id = $1 AND r.ordinal = v.ordinal
        """;

    private static readonly string?[] Lists = new string?[4];
    private static readonly string?[] ResultLists = new string?[4];

    /// <summary>The list of reports, the highest key first. Parameters: from, then the limit.</summary>
    public static string List(bool from, bool backward) => Lists[(from ? 1 : 0) + (backward ? 2 : 0)] ??= BuildList(from, backward);

    /// <summary>The list of an import's results. Parameters: the import's id, from, then the limit.</summary>
    public static string ListResults(bool from, bool backward) => ResultLists[(from ? 1 : 0) + (backward ? 2 : 0)] ??= BuildResults(from, backward);

    private static string BuildList(bool from, bool backward)
    {
        var list = new ListBuilder("SELECT report FROM tracetrack.import");
        if (from)
            list.And($"id {(backward ? ">" : "<")} {list.Next()}");
        return list.OrderBy(backward ? "id" : "id DESC");
    }

    private static string BuildResults(bool from, bool backward)
    {
        var list = new ListBuilder("SELECT ordinal, qr, outcome, rejection, detail FROM tracetrack.import_result");
        list.And($"import_id = (SELECT id FROM tracetrack.import WHERE import_key = {list.Next()})");
        if (from)
            list.And($"ordinal {(backward ? "<" : ">")} {list.Next()}");
        return list.OrderBy(backward ? "ordinal DESC" : "ordinal");
    }
}
