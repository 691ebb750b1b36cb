using System.Text;
using TraceTrack.Postgres.Tests.Schema;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres.Tests.Exports;

/// <summary>The order comes from an index whatever the filter is: nothing is sorted, so the first row comes at once and nothing goes to the disk.</summary>
public sealed class ExportPlanTests(PostgresServer server)
{
    private const ExportParts Statuses = ExportParts.OwnStatus | ExportParts.LinkedStatus | ExportParts.ParentStatus;
    private const ExportParts OfChildren = ExportParts.LinkedStatus | ExportParts.ParentStatus | ExportParts.Parent;

    internal static bool IsSent(ExportParts parts) =>
        int.PopCount((int)(parts & Statuses)) <= 1 && (parts.HasFlag(ExportParts.Children) || (parts & OfChildren) == ExportParts.None);

    [Fact]
    public async Task No_export_sorts_or_hashes_its_bags()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync(PlanTests.Fill);
        await store.ExecuteAsync("ANALYZE tracetrack.bag; ANALYZE tracetrack.bill; ANALYZE tracetrack.bill_bag");
        var misses = new List<string>();
        for (var parts = ExportParts.None; parts <= ExportParts.All; parts++)
        {
            if (!IsSent(parts))
                continue;
            var plan = await ExplainAsync(store, parts);
            if (plan.Contains("Sort", StringComparison.Ordinal) || plan.Contains("Hash", StringComparison.Ordinal) || plan.Contains("Seq Scan on bag ", StringComparison.Ordinal))
                misses.Add($"{parts}\n{plan}");
        }

        Assert.True(misses.Count == 0, string.Join("\n\n", misses));
    }

    [Fact]
    public async Task The_children_of_one_parent_are_found_by_it()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync(PlanTests.Fill);
        await store.ExecuteAsync("ANALYZE tracetrack.bag; ANALYZE tracetrack.bill; ANALYZE tracetrack.bill_bag");
        Assert.Contains("bag_parent_idx", await ExplainAsync(store, ExportParts.Children | ExportParts.Parent), StringComparison.Ordinal);
    }

    private async Task<string> ExplainAsync(PostgresStore store, ExportParts parts)
    {
        await using var connection = await server.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var settings = connection.Command(ExportSql.Settings, Parameter("3"), Parameter("A3"), Parameter("SB00000031"), Parameter("B7"), Parameter("-infinity"), Parameter("infinity")))
            await settings.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var sql = ExportSql.Select(parts).Replace("tracetrack.", store.Schema + ".", StringComparison.Ordinal);
        await using var command = connection.Command("EXPLAIN " + sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new StringBuilder();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            plan.AppendLine(reader.GetString(0));
        return plan.ToString();
    }
}
