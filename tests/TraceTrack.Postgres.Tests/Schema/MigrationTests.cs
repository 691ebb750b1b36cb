using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace TraceTrack.Postgres.Tests.Schema;

public sealed class MigrationTests(PostgresServer server)
{
    [Fact]
    public async Task Four_applications_that_start_at_once_migrate_once()
    {
        var schema = PostgresServer.NewSchema();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            {
                // A pool each, so that they share nothing but the server.
                await using var source = NpgsqlDataSource.Create(server.ConnectionString);
                var builder = Host.CreateApplicationBuilder();
                builder.Services.AddTraceTrack().UsePostgres(source, postgres => postgres.SchemaName = schema).MigrateOnStartup();
                using var host = builder.Build();
                await host.StartAsync();
                await host.StopAsync();
            }));
            Assert.Equal(Migration.All.Count, await server.ScalarAsync<long>($"SELECT count(*) FROM {schema}.migration"));
            Assert.Equal(1, await server.ScalarAsync<long>($"SELECT count(*) FROM {schema}.store"));
        }
        finally
        {
            await server.ExecuteAsync($"DROP SCHEMA IF EXISTS {schema} CASCADE");
        }
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var before = await store.ScalarAsync<Guid>("SELECT store_id FROM tracetrack.store");
        await store.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before, await store.ScalarAsync<Guid>("SELECT store_id FROM tracetrack.store"));
    }

    [Fact]
    public async Task The_script_for_administrators_makes_the_same_schema()
    {
        await using var migrated = await PostgresStore.CreateAsync(server);
        await using var scripted = await PostgresStore.CreateAsync(server, migrate: false);
        await server.ExecuteAsync(scripted.Services.GetRequiredService<SchemaMigrator>().Script());
        const string Shape = """
            SELECT string_agg(line, E'\n' ORDER BY line) FROM (
                SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS line
                FROM information_schema.columns WHERE table_schema = '{0}'
                UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = '{0}'
            ) lines
            """;
        async Task<string> ShapeOf(PostgresStore store) =>
            (await server.ScalarAsync<string>(Shape.Replace("{0}", store.Schema, StringComparison.Ordinal)))!
                .Replace(store.Schema, "schema", StringComparison.Ordinal);
        Assert.Equal(await ShapeOf(migrated), await ShapeOf(scripted));
        await scripted.Services.GetRequiredService<SchemaMigrator>().CheckAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_schema_that_was_never_migrated_is_named_in_a_typed_error()
    {
        await using var store = await PostgresStore.CreateAsync(server, migrate: false);
        var error = await Assert.ThrowsAsync<TraceTrackException>(
            async () => await store.TraceTrack.As(TraceTrack.Users.Actor.System).Totals.GetAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.SchemaMismatch, error.Code);
        Assert.Contains(store.Schema, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_newer_than_the_library_is_refused()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("INSERT INTO tracetrack.migration (version, name, checksum) VALUES (999, 'later', 'x')");
        var error = await Assert.ThrowsAsync<TraceTrackException>(
            () => store.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.SchemaMismatch, error.Code);
    }

    [Fact]
    public async Task An_edited_migration_is_refused()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync("UPDATE tracetrack.migration SET checksum = 'edited' WHERE version = 1");
        var error = await Assert.ThrowsAsync<TraceTrackException>(
            () => store.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.SchemaMismatch, error.Code);
    }

    [Fact]
    public void The_catalog_holds_every_index_of_the_script()
    {
        Assert.Equal(27, IndexCatalog.All.Count);
        Assert.All(IndexCatalog.All, index => Assert.NotEmpty(index.Purpose));
    }
}
