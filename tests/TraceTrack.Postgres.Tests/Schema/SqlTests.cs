using System.Reflection;
using Npgsql;
using TraceTrack.Postgres.Tests.Exports;

namespace TraceTrack.Postgres.Tests.Schema;

/// <summary>Private constants are fragments of other statements. Every statement the library sends is prepared against the real schema: a wrong name or type fails here, not in a warehouse.</summary>
public sealed class SqlTests(PostgresServer server)
{
    private static readonly string[] Verbs = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

    public static TheoryData<string, string> Statements()
    {
        var data = new TheoryData<string, string>();
        foreach (var type in typeof(BagSql).Assembly.GetTypes().Where(type => type.Name.EndsWith("Sql", StringComparison.Ordinal)))
        {
            foreach (var field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(field => field is { IsLiteral: true, IsPrivate: false }))
            {
                if (field.GetRawConstantValue() is string sql && Verbs.Any(verb => sql.StartsWith(verb + " ", StringComparison.Ordinal)))
                    data.Add($"{type.Name}.{field.Name}", sql);
            }
        }

        for (var parts = BagListParts.None; parts <= BagListParts.All; parts++)
        {
            if (int.PopCount((int)(parts & (BagListParts.OwnStatus | BagListParts.LinkedStatus | BagListParts.OnWay))) <= 1
                && int.PopCount((int)(parts & (BagListParts.Parents | BagListParts.Children))) <= 1)
                data.Add($"BagSql.List({parts})", BagSql.List(parts));
        }

        for (var parts = BillListParts.None; parts <= BillListParts.All; parts++)
            data.Add($"BillSql.List({parts})", BillSql.List(parts));
        for (var parts = ScanListParts.None; parts <= ScanListParts.All; parts++)
            data.Add($"ScanListSql.List({parts})", ScanListSql.List(parts));
        // COPY cannot be prepared; what it copies can.
        for (var parts = ExportParts.None; parts <= ExportParts.All; parts++)
        {
            if (ExportPlanTests.IsSent(parts))
                data.Add($"ExportSql.Select({parts})", ExportSql.Select(parts));
        }

        for (var parts = HistoryParts.None; parts <= HistoryParts.All; parts++)
        {
            data.Add($"HistorySql.OfBag({parts})", HistorySql.OfBag(parts));
            data.Add($"HistorySql.OfBill({parts})", HistorySql.OfBill(parts));
        }

        foreach (var shape in Enumerable.Range(0, 8))
            data.Add($"UserSql.List({shape})", UserSql.List((shape & 1) > 0, (shape & 2) > 0, (shape & 4) > 0));
        foreach (var shape in Enumerable.Range(0, 4))
        {
            data.Add($"ImportSql.List({shape})", ImportSql.List((shape & 1) > 0, (shape & 2) > 0));
            data.Add($"ImportSql.ListResults({shape})", ImportSql.ListResults((shape & 1) > 0, (shape & 2) > 0));
        }

        return data;
    }

    [Fact]
    public async Task Every_statement_can_be_prepared()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await using var connection = await server.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // Tables that an import makes for itself; they end with this transaction.
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var tables = new NpgsqlCommand($"{StageSql.CreateTemporary}; {StageSql.CreatePlan}", connection))
            await tables.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var failures = new List<string>();
        var statements = Statements();
        foreach (var row in statements)
        {
            var (name, sql) = row.Data;
            await using var command = new NpgsqlCommand($"PREPARE p AS {sql}; DEALLOCATE p", connection);
            command.CommandText = command.CommandText.Replace("tracetrack.", store.Schema + ".", StringComparison.Ordinal);
            await transaction.SaveAsync("statement", TestContext.Current.CancellationToken);
            try
            {
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
            catch (PostgresException error)
            {
                failures.Add($"{name}: {error.MessageText}");
                await transaction.RollbackAsync("statement", TestContext.Current.CancellationToken);
            }
        }

        Assert.Empty(failures);
        Assert.True(statements.Count > 150, $"only {statements.Count} statements were found");
    }
}
