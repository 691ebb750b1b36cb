using Npgsql;

namespace TraceTrack.Postgres.Tests.Schema;

/// <summary>A query of a user asks for a few codes, again and again: for those, planning takes several times as long as the look-up itself.</summary>
public sealed class ListedSqlTests(PostgresServer server)
{
    // The server tries five plans for the lists at hand before it thinks of keeping one.
    private const int Runs = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_look_up_by_codes_keeps_its_plan_whatever_the_number_of_codes(int codes)
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync(PlanTests.Fill);
        foreach (var table in new[] { "bag", "bill", "bill_bag", "app_user" })
            await store.ExecuteAsync($"ANALYZE tracetrack.{table}");
        await using var connection = await server.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var list = string.Join(", ", Enumerable.Range(1, codes).Select(code => $"'CB{code:D8}'"));
        foreach (var sql in new[] { BagSql.FindMany, BagSql.ChildrenOf, BagSql.OnBills, BillSql.FindMany, UserSql.FindMany })
        {
            await ExecuteAsync(connection, $"PREPARE listed AS {sql.Replace("tracetrack.", store.Schema + ".", StringComparison.Ordinal)}");
            for (var run = 0; run < Runs; run++)
                await ExecuteAsync(connection, $"EXECUTE listed(ARRAY[{list}])");
            await using var kept = new NpgsqlCommand("SELECT generic_plans FROM pg_prepared_statements WHERE name = 'listed'", connection);
            var plans = (long)(await kept.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            Assert.True(plans == Runs - 5, $"{plans} of {Runs - 5} runs took the plan that is kept: {sql}");
            await ExecuteAsync(connection, "DEALLOCATE listed");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
