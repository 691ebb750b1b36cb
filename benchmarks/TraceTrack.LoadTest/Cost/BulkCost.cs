using TraceTrack.Bags;
using TraceTrack.DemoData;
using TraceTrack.LoadTest.Bulk;
using TraceTrack.LoadTest.Bulk.Peers;
using TraceTrack.Scans;

namespace TraceTrack.LoadTest.Cost;

/// <summary>Transactions that wrote, as the server numbers them: an import against an INSERT and a commit a row, and a batch of scans against single ones.</summary>
internal static class BulkCost
{
    private const int ImportRows = 100_000;
    private const int SingleRows = 2_000;
    private const int Scans = 1_000;

    public static async Task RunAsync(CostTable table, string server, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(server, cancellation);
        var warehouse = new DemoWarehouse(ImportRows);
        var import = await CountAsync(
            database, async () => await database.Tracker.Imports.ImportAsync(warehouse.RowsAsync(), new(), cancellationToken: cancellation), cancellation);
        Work.Check((await database.TotalsAsync(cancellation)).Bags, ImportRows, "bags in the totals");

        var rows = await FinishedBag.ReadAsync(database, $"ORDER BY id LIMIT {SingleRows}", cancellation);
        var bare = await BareTable.LikeTheLibrarysAsync(database, cancellation);
        await bare.MakeAsync(indexed: true, cancellation);
        var single = await CountAsync(database, () => OneByOnePeer.CopyAsync(database, BareTable.Schema, rows, cancellation), cancellation);
        await bare.CheckCountAsync(SingleRows, cancellation);
        table.Add(new("bulk", $"an import of {ImportRows:#,0} bags; off: an INSERT a row", "per 1,000 rows", "transactions", 1_000 * single / SingleRows, 1_000 * import / ImportRows)
        {
            Claim = "transaction overhead −95 %",
            Least = 95,
        });

        var codes = Enumerable.Range(0, 2 * Scans).Select(DemoWarehouse.Child).ToArray();
        var batch = await CountAsync(database, async () => Check(await database.Tracker.Scans.RecordManyAsync(Observe(codes.AsSpan(0, Scans)), cancellation)), cancellation);
        var singles = await CountAsync(
            database,
            async () =>
            {
                foreach (var scan in Observe(codes.AsSpan(Scans)))
                    Check([await database.Tracker.Scans.RecordAsync(scan, cancellation)]);
            },
            cancellation);
        table.Add(new("bulk scans", $"{Scans:#,0} scans in one batch; off: one by one", "per 1,000 scans", "transactions", singles, batch)
        {
            Claim = "transaction overhead −95 %",
            Least = 95,
        });
    }

    private static RecordScan[] Observe(ReadOnlySpan<QrCode> codes)
    {
        var scans = new RecordScan[codes.Length];
        for (var i = 0; i < scans.Length; i++)
            scans[i] = RecordScan.Observe(ScanId.New(), codes[i]);
        return scans;
    }

    private static void Check(IReadOnlyList<ScanResult> results) =>
        Work.Check(results.Count(result => result.Outcome == ScanOutcome.Recorded), results.Count, "scans recorded");

    private static async Task<double> CountAsync(BenchDatabase database, Func<Task> work, CancellationToken cancellation)
    {
        const string Next = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
        var before = await database.ScalarAsync<long>(Next, cancellation);
        await work();
        return await database.ScalarAsync<long>(Next, cancellation) - before;
    }
}
