using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Imports;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Connections;

public sealed class SchemaNameTests(PostgresServer server)
{
    [Fact]
    public async Task Statements_with_a_table_of_one_import_are_not_remembered()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var warehouse = new Warehouse(store.Services);
        var remembered = Rewritten(store.Services.GetRequiredService<Database>().Schema);
        await ImportAsync();
        await ImportAsync();
        var before = remembered.Count;
        Assert.True(before > 0);
        await ImportAsync();
        await ImportAsync();
        Assert.Equal(before, remembered.Count);
        Assert.DoesNotContain(remembered.Values, text => text.Contains($"{store.Schema}.import_stage", StringComparison.Ordinal));

        async Task ImportAsync()
        {
            // Swept by the next one.
            await store.ExecuteAsync("CREATE TABLE tracetrack.import_stage_999 (x integer)");
            foreach (var options in new ImportOptions[] { new(), new() { DryRun = true }, new() { Connections = 2, OnExisting = OnExisting.Update } })
                await warehouse.ImportWithAsync(options, new BagRow("C01"), new("SB1"));
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_rewritten")]
    private static extern ref ConcurrentDictionary<string, string> Rewritten(SchemaName schema);
}
