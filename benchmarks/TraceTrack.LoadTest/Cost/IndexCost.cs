using System.Text.Json;
using Npgsql;
using TraceTrack.DemoData;

namespace TraceTrack.LoadTest.Cost;

/// <summary>
/// Each query by EXPLAIN (ANALYZE, BUFFERS), with its index and without: dropped in a transaction that is rolled back, so that everything else
/// stays as it is, and the planner takes the next best way. That may be another index.
/// </summary>
internal static class IndexCost
{
    private const int Runs = 5;

    public static async Task RunAsync(CostTable table, BenchDatabase database, DemoWarehouse warehouse, CancellationToken cancellation)
    {
        var scanner = await database.ScalarAsync<string>("SELECT actor_id FROM tracetrack.scan GROUP BY actor_id ORDER BY count(*), actor_id LIMIT 1", cancellation);
        var scanned = await database.ScalarAsync<string>("SELECT min(qr) FROM tracetrack.scan", cancellation);
        var creator = await database.ScalarAsync<string>("SELECT created_by FROM tracetrack.bill GROUP BY created_by ORDER BY count(*), created_by LIMIT 1", cancellation);
        double off = 0, on = 0;
        foreach (var query in IndexQueries.Of(warehouse, scanner, scanned, creator))
        {
            var with = await MeasureAsync(database, query, drop: false, cancellation);
            var without = await MeasureAsync(database, query, drop: true, cancellation);
            Work.Check(with.Rows, without.Rows, $"rows of '{query.What}' with its index and without");
            if (with.Rows == 0)
                throw new InvalidOperationException($"'{query.What}' found nothing.");
            var @case = "index: " + query.What;
            table.Add(new(@case, FormattableString.Invariant($"{query.Index}; pages {without.Pages:#,0} to {with.Pages:#,0}"), "time", "ms", without.Milliseconds, with.Milliseconds));
            table.Keep(new(@case, query.Index, "pages", "pages", without.Pages, with.Pages));
            off += without.Milliseconds;
            on += with.Milliseconds;
        }

        table.Add(new("indexes", "all of these, once each", "time", "ms", off, on) { Claim = "90 % faster queries", Least = 90 });
    }

    private static async Task<(double Milliseconds, long Pages, long Rows)> MeasureAsync(
        BenchDatabase database, IndexQuery query, bool drop, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (drop)
        {
            await using var command = new NpgsqlCommand($"DROP INDEX tracetrack.{query.Index}", connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }

        var times = new List<double>();
        (long Pages, long Rows) last = default;
        // The first run brings the pages into memory.
        for (var run = -1; run < Runs; run++)
        {
            var (milliseconds, pages, rows) = await ExplainAsync(connection, query, cancellation);
            last = (pages, rows);
            if (run >= 0)
                times.Add(milliseconds);
        }

        await transaction.RollbackAsync(cancellation);
        return (Work.Median(times), last.Pages, last.Rows);
    }

    private static async Task<(double Milliseconds, long Pages, long Rows)> ExplainAsync(NpgsqlConnection connection, IndexQuery query, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) " + query.Sql, connection);
        foreach (var parameter in query.Parameters())
            command.Parameters.Add(parameter);
        using var answer = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(cancellation))!);
        var explained = answer.RootElement[0];
        var plan = explained.GetProperty("Plan");
        return (
            explained.GetProperty("Execution Time").GetDouble(),
            plan.GetProperty("Shared Hit Blocks").GetInt64() + plan.GetProperty("Shared Read Blocks").GetInt64(),
            (long)plan.GetProperty("Actual Rows").GetDouble());
    }
}
