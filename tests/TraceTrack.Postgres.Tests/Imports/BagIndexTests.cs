using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Imports;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Imports;

/// <summary>An import takes the indexes away and must give back exactly what was there, whatever happens to it.</summary>
public sealed class BagIndexTests(PostgresServer server)
{
    /// <summary>Everything about the table's indexes and constraints that a person could have set.</summary>
    private const string Shape = """
        SELECT string_agg(line, E'\n' ORDER BY line) FROM (
            SELECT pg_get_indexdef(i.indexrelid) || ' valid ' || i.indisvalid || ' replica ' || i.indisreplident || ' clustered ' || i.indisclustered
                || ' ' || coalesce(obj_description(i.indexrelid, 'pg_class'), '') AS line
            FROM pg_index i WHERE i.indrelid = 'tracetrack.bag'::regclass
            UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = 'tracetrack.bag'::regclass AND contype <> 'n'
        ) lines
        """;

    private static readonly BagRow[] Rows = [new("SB1"), new("C01", "SB1"), new("C02")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_leaves_every_index_as_it_was()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var before = await store.ScalarAsync<string>(Shape);
        await ImportAsync(store, Rows);
        Assert.Equal(before, await store.ScalarAsync<string>(Shape));
    }

    [Fact]
    public async Task An_import_leaves_a_teams_own_indexes_and_constraints_as_they_were()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("""
            CREATE INDEX "Team's own" ON tracetrack.bag (lower(qr) DESC NULLS LAST, version) INCLUDE (area) WITH (fillfactor = 70) WHERE kind = 2;
            COMMENT ON INDEX tracetrack."Team's own" IS 'asked for by the night''s shift';
            ALTER TABLE tracetrack.bag ADD CONSTRAINT team_unique UNIQUE (qr, kind) DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE tracetrack.bag ADD CONSTRAINT team_exclusion EXCLUDE USING btree (id WITH =) WHERE (kind = 1);
            ALTER TABLE tracetrack.bag REPLICA IDENTITY USING INDEX bag_pkey;
            ALTER TABLE tracetrack.bag CLUSTER ON bag_area_idx;
            """);
        var before = await store.ScalarAsync<string>(Shape);
        await ImportAsync(store, Rows);
        Assert.Equal(before, await store.ScalarAsync<string>(Shape));
    }

    [Fact]
    public async Task An_index_that_a_foreign_key_leans_on_stays_in_place()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("CREATE TABLE tracetrack.team (bag_id bigint REFERENCES tracetrack.bag (id))");
        var before = await store.ScalarAsync<string>(Shape);
        var report = await ImportAsync(store, Rows);
        Assert.Equal(2, report.Children);
        Assert.StartsWith("direct", report.Path, StringComparison.Ordinal);
        Assert.Equal(before, await store.ScalarAsync<string>(Shape));
    }

    [Theory]
    [InlineData("CREATE TABLE tracetrack.team (qr text COLLATE \"C\" REFERENCES tracetrack.bag (qr))")]
    [InlineData("ALTER TABLE tracetrack.bag ADD CONSTRAINT team_key UNIQUE (kind, qr) INCLUDE (id); "
        + "CREATE TABLE tracetrack.team (kind smallint, qr text COLLATE \"C\", FOREIGN KEY (kind, qr) REFERENCES tracetrack.bag (kind, qr))")]
    public async Task A_foreign_key_on_codes_lets_a_dirty_file_in_all_the_same(string team)
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync(team);
        var before = await store.ScalarAsync<string>(Shape);
        var report = await ImportAsync(store, [.. Rows, new("C02"), new("c01"), new("x!")]);
        Assert.StartsWith("staged, since something else, such as a foreign key, needs an index that holds codes unique", report.Path, StringComparison.Ordinal);
        Assert.Equal((1, 2, 2), (report.Parents, report.Children, report.Rejected[RowReason.DuplicateInFile]));
        Assert.Equal(before, await store.ScalarAsync<string>(Shape));
    }

    [Fact]
    public async Task An_import_repairs_what_keeps_codes_unique()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("DROP INDEX tracetrack.bag_qr_key");
        var report = await ImportAsync(store, [.. Rows, new("C02")]);
        Assert.Equal(1, report.Rejected[RowReason.DuplicateInFile]);
        Assert.True(await store.ScalarAsync<bool>("SELECT indisunique AND indisvalid FROM pg_index WHERE indexrelid = 'tracetrack.bag_qr_key'::regclass"));
    }

    [Fact]
    public async Task A_schema_whose_name_ends_like_the_default_one_is_no_other()
    {
        var schema = PostgresServer.NewSchema() + "_tracetrack";
        await using var services = new ServiceCollection().AddTraceTrack().UsePostgres(server.Source, postgres => postgres.SchemaName = schema)
            .Services.BuildServiceProvider();
        try
        {
            await services.GetRequiredService<SchemaMigrator>().MigrateAsync(Stop);
            await services.GetRequiredService<ITraceTrack>().As(Actor.System).Imports.ImportAsync(Rows.ToAsyncEnumerable(), new(), cancellationToken: Stop);
            Assert.Equal(3, await server.ScalarAsync<long>($"SELECT count(*) FROM {schema}.bag"));
        }
        finally
        {
            await server.ExecuteAsync($"DROP SCHEMA IF EXISTS {schema} CASCADE");
        }
    }

    [Fact]
    public async Task The_table_is_analyzed_before_anyone_queries_it()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await ImportAsync(store, Rows);
        Assert.Equal(3, await store.ScalarAsync<float>("SELECT reltuples FROM pg_class WHERE oid = 'tracetrack.bag'::regclass"));
        Assert.True(await store.ScalarAsync<long>($"SELECT count(*) FROM pg_stats WHERE schemaname = '{store.Schema}' AND tablename = 'bag'") > 0);
    }

    private static async Task<ImportReport> ImportAsync(PostgresStore store, params BagRow[] rows) =>
        await store.TraceTrack.As(Actor.System).Imports.ImportAsync(rows.ToAsyncEnumerable(), new(), cancellationToken: Stop);
}
