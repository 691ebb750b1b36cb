namespace TraceTrack.LoadTest.Bulk;

/// <summary>A table of the library's shape and nothing around it, in the same database: where floor and peers put the finished rows.</summary>
internal sealed class BareTable(BenchDatabase database, IReadOnlyList<string> indexes)
{
    public const string Schema = "bare";

    public const string Name = "bare.bag";

    /// <summary>The library's indexes, as statements that build them on this table.</summary>
    public IReadOnlyList<string> Indexes => indexes;

    public static async Task<BareTable> LikeTheLibrarysAsync(BenchDatabase database, CancellationToken cancellation) => new(
        database,
        await database.ReadAsync(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'tracetrack' AND tablename = 'bag' ORDER BY indexname",
            row => row.GetString(0).Replace("tracetrack.bag", Name, StringComparison.Ordinal),
            cancellation));

    public async Task MakeAsync(bool indexed, CancellationToken cancellation)
    {
        await database.ExecuteAsync(
            $"DROP SCHEMA IF EXISTS {Schema} CASCADE; CREATE SCHEMA {Schema}; CREATE TABLE {Name} (LIKE tracetrack.bag) WITH (fillfactor = 90)", cancellation);
        if (!indexed)
            return;
        foreach (var index in indexes)
            await database.ExecuteAsync(index, cancellation);
    }

    /// <summary>Rows, links, counts of the parents, and valid indexes.</summary>
    public async Task CheckAsync(string table, long rows, long linked, CancellationToken cancellation)
    {
        var found = (await database.ReadAsync(
            $"""
            SELECT count(*), count(parent_id), sum(child_count)::bigint,
                (SELECT count(*) FROM pg_index WHERE indrelid = '{table}'::regclass AND indisvalid)
            FROM {table}
            """,
            row => (Rows: row.GetInt64(0), Linked: row.GetInt64(1), Counted: row.GetInt64(2), Indexes: row.GetInt64(3)),
            cancellation))[0];
        Work.Check(found.Rows, rows, $"rows in {table}");
        Work.Check(found.Linked, linked, $"linked children in {table}");
        Work.Check(found.Counted, linked, $"children counted by the parents in {table}");
        Work.Check(found.Indexes, indexes.Count, $"valid indexes on {table}");
    }

    public async Task CheckCountAsync(long rows, CancellationToken cancellation)
    {
        Work.Check(await database.ScalarAsync<long>($"SELECT count(*) FROM {Name}", cancellation), rows, $"rows in {Name}");
        Work.Check(
            await database.ScalarAsync<long>($"SELECT count(*) FROM pg_index WHERE indrelid = '{Name}'::regclass AND indisvalid", cancellation),
            indexes.Count,
            $"valid indexes on {Name}");
    }
}
