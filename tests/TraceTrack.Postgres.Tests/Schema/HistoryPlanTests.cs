using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres.Tests.Schema;

/// <summary>Histories and the feed go by their indexes in every partition, by the planner's own choice.</summary>
public sealed partial class HistoryPlanTests(PostgresServer server)
{
    private const string Fill = """
        INSERT INTO tracetrack.bag (id, parent_id, version, created_at, changed_at, linked_at, child_count, kind, status, qr)
        SELECT n, CASE WHEN n % 31 > 0 AND n < 15500 THEN (n / 31) * 31 END, n, now(), now(), CASE WHEN n % 31 > 0 AND n < 15500 THEN now() END, 0,
            CASE WHEN n % 31 = 0 THEN 1 ELSE 2 END, 0, CASE WHEN n % 31 = 0 THEN 'SB' ELSE 'CB' END || lpad(n::text, 8, '0')
        FROM generate_series(0, 20000) n;
        INSERT INTO tracetrack.link_interval (child_id, parent_id, linked_at, unlinked_at)
        SELECT n, (n / 31) * 31, now() - i * interval '1 day', now() - i * interval '1 day' + interval '1 hour'
        FROM generate_series(0, 15000) n, generate_series(1, 5) i WHERE n % 31 > 0;
        INSERT INTO tracetrack.bill (id, version, created_at, changed_at, capacity, number, created_by)
        SELECT n, n, now(), now(), 50, 'B' || n, 'x' FROM generate_series(1, 3000) n;
        INSERT INTO tracetrack.bill_event (bill_id, version, at, kind, actor_id) SELECT n, n, now(), 1, 'x' FROM generate_series(1, 3000) n;
        INSERT INTO tracetrack.scan (recorded_at, scanned_at, scan_id, action, outcome, qr, parent_qr, bill_number, actor_id)
        SELECT now() - n * interval '2 minutes', now(), gen_random_uuid(), CASE WHEN n % 5 = 0 THEN 5 ELSE 2 END, 1,
            'CB' || lpad((n % 20000)::text, 8, '0'), CASE WHEN n % 5 > 0 THEN 'SB' || lpad((n % 600 * 31)::text, 8, '0') END, CASE WHEN n % 5 = 0 THEN 'B' || n % 3000 END, 'x'
        FROM generate_series(1, 60000) n;
        INSERT INTO tracetrack.scan_receipt (scan_id, payload_hash, recorded_at, event_id, outcome, actor_id)
        SELECT scan_id, scan_id, recorded_at, id, 1, 'x' FROM tracetrack.scan;
        """;

    [Fact]
    public async Task Each_query_uses_its_index_in_every_partition()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await store.ExecuteAsync(Fill);
        foreach (var table in new[] { "bag", "link_interval", "bill", "bill_event", "scan", "scan_receipt", "import" })
            await store.ExecuteAsync($"ANALYZE tracetrack.{table}");
        var at = TimeProvider.System.GetUtcNow().AddDays(-1);
        NpgsqlParameter[] from = [Parameter(at), Parameter((short)5), Parameter(30_000L)];
        var xid = new NpgsqlParameter<ulong> { NpgsqlDbType = NpgsqlDbType.Xid8, TypedValue = 5 };
        (string[] Indexes, string Sql, NpgsqlParameter[] Parameters)[] expected =
        [
            (["link_interval_parent_idx", "bag_parent_idx", "bag_qr_key"], StaySql.ContentsAt, [Parameter("SB00000031"), Parameter(at), Parameter<string?>(null)]),
            (["link_interval_pkey", "bag_qr_key"], StaySql.ParentAt, [Parameter("CB00000032"), Parameter(at), Parameter<string?>(null)]),
            (["_qr_recorded_at_id_idx", "_parent_qr_recorded_at_id_idx", "link_interval_pkey"], HistorySql.OfBag(HistoryParts.None), Of("CB00000032")),
            (["_qr_recorded_at_id_idx", "_parent_qr_recorded_at_id_idx"], HistorySql.OfBag(HistoryParts.From), [.. Of("SB00000031"), .. from]),
            (["_qr_recorded_at_id_idx", "_parent_qr_recorded_at_id_idx"], HistorySql.OfBag(HistoryParts.All), [.. Of("SB00000031"), .. from]),
            (["_bill_number_recorded_at_id_idx", "bill_event_pkey", "bill_number_key", "bill_event_number_idx"], HistorySql.OfBill(HistoryParts.None), Of("B77")),
            (["_bill_number_recorded_at_id_idx", "bill_event_pkey"], HistorySql.OfBill(HistoryParts.From), [.. Of("B77"), .. from]),
            (["_xid_id_idx"], ScanFeedSql.After, [xid, Parameter(0L), Parameter(201L)]),
            (["scan_receipt_recorded_idx"], ScanLogSql.PruneReceipts, [Parameter(at.AddDays(-80)), Parameter(5000L)]),
            (["_xid_id_idx"], ScanLogSql.HasForeignRows, []),
        ];
        var misses = new List<string>();
        foreach (var (indexes, sql, parameters) in expected)
        {
            var plan = await ExplainAsync(sql.Replace("tracetrack.", store.Schema + ".", StringComparison.Ordinal), parameters);
            if (indexes.Any(index => !plan.Contains(index, StringComparison.Ordinal)) || Whole().IsMatch(plan))
                misses.Add($"{string.Join(", ", indexes)} not all used by {sql}\n{plan}");
        }

        Assert.True(misses.Count == 0, string.Join("\n\n", misses));
    }

    private static NpgsqlParameter[] Of(string name) => [Parameter(name), Parameter<string?>(null), Parameter(51L)];

    /// <summary>A table read as a whole; partitions without rows, and tables of a page, cost nothing so.</summary>
    [GeneratedRegex("Seq Scan on (bag|link_interval|bill|bill_event|scan_receipt) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();

    private async Task<string> ExplainAsync(string sql, NpgsqlParameter[] parameters)
    {
        await using var connection = await server.Source.OpenConnectionAsync();
        await using var command = connection.Command("EXPLAIN " + sql, [.. parameters.Select(parameter => parameter.Clone())]);
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new StringBuilder();
        while (await reader.ReadAsync())
            plan.AppendLine(reader.GetString(0));
        return plan.ToString();
    }
}
