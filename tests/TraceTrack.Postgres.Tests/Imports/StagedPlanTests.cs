using System.Text;
using Npgsql;
using TraceTrack.Postgres.Tests.Schema;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres.Tests.Imports;

/// <summary>A file that is small beside the store never makes the importer read the whole table of bags.</summary>
public sealed class StagedPlanTests(PostgresServer server)
{
    private const string Stage = """
        INSERT INTO pg_temp.import_stage (ordinal, kind, grams, has_weight, qr, parent_qr)
        SELECT n, CASE WHEN n % 31 = 1 THEN 1 ELSE 2 END, 1000, false, CASE WHEN n % 31 = 1 THEN 'SB9' ELSE 'CN' END || lpad(n::text, 7, '0'),
            CASE WHEN n % 31 <> 1 THEN 'SB9' || lpad((n - n % 31 + 1)::text, 7, '0') END
        FROM generate_series(1, 3000) n
        UNION ALL SELECT 3000 + n, 2, 1000, false, 'CB' || lpad((n * 40 + 1)::text, 8, '0'), NULL FROM generate_series(1, 500) n
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StagedImportSql.DecideNew, (short)0, "Index Only Scan using bag_qr_key")]
    [InlineData(StagedImportSql.DecideAll, (short)1, "Index Scan using bag_qr_key")]
    public async Task Rows_are_compared_with_the_index_of_codes(string decide, short mode, string index)
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync(PlanTests.Fill);
        await store.ExecuteAsync("VACUUM (ANALYZE) tracetrack.bag");
        await using var connection = await server.Source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        foreach (var sql in new[] { StageSql.Memory, StageSql.CreateTemporary, StageSql.CreatePlan, Stage, StagedImportSql.Settings, StageSql.Analyze, "SET LOCAL enable_seqscan = off" })
            await RunAsync(sql);
        await RunAsync(StagedImportSql.FindPlaces, Parameter(mode), Parameter(30), Parameter(100_000L));
        await RunAsync(StageSql.AnalyzePlaces);

        var plan = await RunAsync("EXPLAIN " + decide, Parameter(mode), Parameter(100_000L));

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on bag ", plan, StringComparison.Ordinal);

        async Task<string> RunAsync(string sql, params NpgsqlParameter[] parameters)
        {
            await using var command = connection.Command(sql.Replace("tracetrack.", store.Schema + ".", StringComparison.Ordinal), parameters);
            await using var reader = await command.ExecuteReaderAsync(Stop);
            var lines = new StringBuilder();
            while (await reader.ReadAsync(Stop))
                lines.AppendLine(reader.GetValue(0).ToString());
            return lines.ToString();
        }
    }

    [Fact]
    public async Task A_session_that_has_temporary_tables_already_imports_with_the_memory_it_has()
    {
        // A new session: one of the pool may have imported before.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var command = new NpgsqlCommand(
            $"CREATE TEMPORARY TABLE own AS SELECT 1 AS x; SELECT * FROM own; {StageSql.Memory}; SELECT current_setting('temp_buffers')", connection);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var last = "";
        do
        {
            while (await reader.ReadAsync(Stop))
                last = reader.GetValue(0).ToString()!;
        }
        while (await reader.NextResultAsync(Stop));

        Assert.Equal("8MB", last);
    }
}
