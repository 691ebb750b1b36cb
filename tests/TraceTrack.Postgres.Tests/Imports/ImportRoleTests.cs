using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack.Imports;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Imports;

/// <summary>Roles that may read and write, and cannot take indexes away and build them again.</summary>
public sealed class ImportRoleTests(PostgresServer server)
{
    [Fact]
    public Task A_role_that_does_not_own_the_tables_imports_into_an_empty_store_by_staging() => AsRoleAsync(null, async (store, role, warehouse) =>
    {
        var report = await warehouse.ImportAsync(new BagRow("C01", "SB1"), new("SB1", Area: "NORTH"), new("C01"), new("x!"));
        Assert.StartsWith("staged, since the role that imports does not own the table of bags", report.Path, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1), (report.Parents, report.Children, report.Linked));
        Assert.Equal(["3 Rejected DuplicateInFile 1", "4 Rejected InvalidQrCode"], await warehouse.TellAsync(report));
        Assert.StartsWith("staged, since the store holds bags", (await warehouse.ImportAsync(new BagRow("C02"))).Path, StringComparison.Ordinal);

        // What a table that several connections share, and that of a dry run, needs.
        await store.ExecuteAsync($"GRANT CREATE ON SCHEMA {store.Schema} TO {role}");
        Assert.Equal(1, (await warehouse.ImportWithAsync(new ImportOptions { DryRun = true }, new BagRow("C03"))).Children);
        Assert.Equal(1, (await warehouse.ImportWithAsync(new ImportOptions { Connections = 2 }, new BagRow("C03"))).Children);
        await Consistency.AssertHoldsAsync(new(store.Services));
    });

    [Fact]
    public Task An_owner_that_may_not_create_in_the_schema_imports_by_staging() => AsRoleAsync("ALTER TABLE tracetrack.bag OWNER TO", async (store, _, warehouse) =>
    {
        var report = await warehouse.ImportAsync(new BagRow("C01"), new("C01"));
        Assert.StartsWith("staged, since the role that imports", report.Path, StringComparison.Ordinal);
        Assert.Equal((1, 1), (report.Children, report.RejectedRows));
        Assert.True(await store.ScalarAsync<bool>("SELECT bool_and(indisvalid) FROM pg_index WHERE indrelid = 'tracetrack.bag'::regclass"));
    });

    private async Task AsRoleAsync(string? statement, Func<PostgresStore, string, Warehouse, Task> test)
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var role = "writer_" + store.Schema;
        await store.ExecuteAsync($"""
            CREATE ROLE {role};
            GRANT USAGE ON SCHEMA {store.Schema} TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {store.Schema} TO {role};
            GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {store.Schema} TO {role};
            """);
        try
        {
            if (statement is not null)
                await store.ExecuteAsync($"{statement} {role}");
            await using var source = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(server.ConnectionString) { Options = $"-c role={role}", Pooling = false }.ConnectionString);
            await using var services = new ServiceCollection().AddTraceTrack().UsePostgres(source, postgres => postgres.SchemaName = store.Schema)
                .Services.BuildServiceProvider();
            await test(store, role, new(services));
        }
        finally
        {
            await store.ExecuteAsync($"REASSIGN OWNED BY {role} TO CURRENT_USER; DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }
}
