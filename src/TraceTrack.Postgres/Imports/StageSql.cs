namespace TraceTrack.Postgres;

/// <summary>
/// The tables an import needs for itself. Statements name the staging table pg_temp.import_stage; where several connections fill it, or its rows
/// outlive a transaction, it is SCHEMA.import_stage_KEY instead, and <see cref="ImportStage"/> puts that name in.
/// </summary>
internal static class StageSql
{
    public const string Temporary = "pg_temp.import_stage";

    public const string SharedPrefix = "import_stage_";

    /// <summary>
    /// Working tables of a usual file stay in memory. A session takes this only before its first temporary table, and then keeps it; one that has its
    /// own goes on with that.
    /// </summary>
    public const string Memory = """
        DO $$
        BEGIN
            PERFORM set_config('temp_buffers', greatest(pg_size_bytes(current_setting('temp_buffers')), 67108864) / 1024 || 'kB', true);
        EXCEPTION WHEN invalid_parameter_value THEN
            NULL;
        END $$
        """;

    public const string CreateTemporary = $"CREATE TEMPORARY TABLE import_stage ({Columns}) ON COMMIT DROP";

    /// <summary>Unlogged: after a crash of the server nobody wants these rows.</summary>
    public const string CreateShared = $"CREATE UNLOGGED TABLE {Temporary} ({Columns}) WITH (autovacuum_enabled = false)";

    public const string Drop = $"DROP TABLE IF EXISTS {Temporary}";

    /// <summary>What becomes of each row, each parent that rows name or are, and what each parent takes in.</summary>
    public const string CreatePlan = """
        CREATE TEMPORARY TABLE import_place (
            id bigint NOT NULL, is_new boolean NOT NULL, seats integer NOT NULL, bill_status smallint,
            qr text COLLATE "C" NOT NULL, area text COLLATE "C", bill_number text COLLATE "C"
        ) ON COMMIT DROP;
        CREATE TEMPORARY TABLE import_plan (
            ordinal bigint NOT NULL, id bigint, parent_id bigint, old_parent_id bigint, grams integer, old_grams integer,
            kind smallint NOT NULL, outcome smallint, reason smallint, is_new boolean NOT NULL, moves boolean NOT NULL, changed boolean NOT NULL,
            qr text COLLATE "C" NOT NULL, area text COLLATE "C", detail text COLLATE "C"
        ) ON COMMIT DROP;
        CREATE TEMPORARY TABLE import_intake (parent_id bigint NOT NULL, children integer NOT NULL, grams bigint NOT NULL) ON COMMIT DROP;
        """;

    public const string Copy =
        $"COPY {Temporary} (ordinal, kind, grams, has_weight, reason, qr, parent_qr, area, given, detail) FROM STDIN (FORMAT BINARY)";

    public const string Analyze = $"ANALYZE {Temporary} (kind, reason)";

    public const string AnalyzePlaces = "ANALYZE pg_temp.import_place (id, qr, is_new)";

    public const string AnalyzePlan = "ANALYZE pg_temp.import_plan (id, parent_id, old_parent_id, kind, reason, changed, moves)";

    public const string AnalyzeIntake = "ANALYZE pg_temp.import_intake";

    /// <summary>Staging tables that stand in the schema, by the number in their name.</summary>
    public const string List = """
        SELECT substring(relname FROM 14)::bigint FROM pg_class
        WHERE relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'tracetrack.import'::regclass)
            AND relkind = 'r' AND relname ~ '^import_stage_[0-9]{1,18}$'
        ORDER BY 1
        """;

    /// <summary>$1 the table's name. The importing session holds it from before the table is made until after it is dropped.</summary>
    public const string TryLock = "SELECT pg_try_advisory_lock(hashtextextended($1, 7478))";

    public const string Unlock = "SELECT pg_advisory_unlock(hashtextextended($1, 7478))";

    /// <summary>A row that is not well formed has a reason, the code as given, and neither kind nor weight.</summary>
    private const string Columns = """
        ordinal bigint NOT NULL, kind smallint, grams integer, has_weight boolean, reason smallint,
        qr text COLLATE "C" NOT NULL, parent_qr text COLLATE "C", area text COLLATE "C", given text COLLATE "C", detail text COLLATE "C"
        """;
}
