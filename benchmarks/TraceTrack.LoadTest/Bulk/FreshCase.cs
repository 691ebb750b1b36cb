using TraceTrack.DemoData;
using TraceTrack.LoadTest.Bulk.Peers;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>
/// Bags, linked, with every index, into an empty store. Each round imports through the library, hands the finished rows to psql, and times
/// psql's COPY of them into the bare table and the building of the same indexes: the floor of what can be reached. Peers get the finished
/// rows too, and a table whose indexes are in place, as every application's are.
/// </summary>
internal sealed class FreshCase(BenchSettings settings)
{
    /// <summary>What some peers are measured on, since all the rows would take them many minutes.</summary>
    private const int EfCoreRows = 100_000;

    private const int OneByOneRows = 5_000;

    private readonly DemoWarehouse _warehouse = new(settings.Rows);

    public async Task RunRoundAsync(Figures figures, CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(settings.Server, cancellation);
        using var finished = new FinishedRows();
        figures.Add("tracetrack", await ImportAsync(database, _warehouse, cancellation));
        var table = await BareTable.LikeTheLibrarysAsync(database, cancellation);
        await table.CheckAsync("tracetrack.bag", _warehouse.Bags, _warehouse.LinkedChildren, cancellation);
        await finished.WriteBinaryAsync(settings.Psql, database, "tracetrack.bag", cancellation);
        await MeasureAsync("floor", indexed: false, () => settings.Psql.RunAsync(
            database.Name,
            // The binary form, which it reads fastest, and the memory for indexes that the importer takes. No ANALYZE, though the import does one.
            ["SET maintenance_work_mem = '256MB'", $@"\copy {BareTable.Name} FROM '{finished.BinaryFile}' WITH (FORMAT binary)", .. table.Indexes],
            cancellation));
        if (settings.Quick)
            return;
        var parts = await finished.WriteTextAsync(settings.Psql, database, "tracetrack.bag", ReportPeer.Connections, cancellation);
        await MeasureAsync(ReportPeer.Name, indexed: true, () => ReportPeer.CopyAsync(settings.Psql, database, BareTable.Name, parts, cancellation));
        var rows = await FinishedBag.ReadAsync(database, "", cancellation);
        await MeasureAsync(LinqToDbPeer.Name, indexed: true, () => LinqToDbPeer.CopyAsync(database, BareTable.Schema, rows, cancellation));

        async Task MeasureAsync(string subject, bool indexed, Func<Task> work)
        {
            await table.MakeAsync(indexed, cancellation);
            figures.Add(subject, await Work.SecondsAsync(database, work, cancellation));
            await table.CheckAsync(BareTable.Name, _warehouse.Bags, _warehouse.LinkedChildren, cancellation);
        }
    }

    /// <summary>Peers that are measured on fewer rows, and the library on as many: cases of their own.</summary>
    public async Task RunSamplesAsync(BenchReport report, CancellationToken cancellation)
    {
        await RunSampleAsync(report, EfCorePeer.Name, EfCoreRows, rounds: 3, EfCorePeer.CopyAsync, cancellation);
        await RunSampleAsync(report, OneByOnePeer.Name, OneByOneRows, rounds: 2, OneByOnePeer.CopyAsync, cancellation);
    }

    private async Task RunSampleAsync(
        BenchReport report, string peer, int rows, int rounds, Func<BenchDatabase, string, IReadOnlyList<FinishedBag>, CancellationToken, Task> copy, CancellationToken cancellation)
    {
        var warehouse = new DemoWarehouse(Math.Min(rows, settings.Rows));
        var figures = new Figures($"fresh, {warehouse.Bags:N0} rows only");
        for (var round = 0; round <= rounds; round++)
        {
            await using var database = await BenchDatabase.CreateAsync(settings.Server, cancellation);
            var own = await ImportAsync(database, warehouse, cancellation);
            var table = await BareTable.LikeTheLibrarysAsync(database, cancellation);
            var finished = await FinishedBag.ReadAsync(database, "", cancellation);
            await table.MakeAsync(indexed: true, cancellation);
            var theirs = await Work.SecondsAsync(database, () => copy(database, BareTable.Schema, finished, cancellation), cancellation);
            await table.CheckAsync(BareTable.Name, warehouse.Bags, warehouse.LinkedChildren, cancellation);
            Work.Say($"{figures.Case}, round {round}: tracetrack {own:0.00} s, {peer} {theirs:0.00} s" + (round == 0 ? " (warm-up)" : ""));
            if (round == 0)
                continue;
            figures.Add("tracetrack", own);
            figures.Add(peer, theirs);
        }

        figures.AddTo(report);
        if (warehouse.Bags == settings.Rows)
            return;
        report.Add(
            figures.Case, peer, $"scaled up to {settings.Rows:N0} rows, not measured", figures.Median(peer) * settings.Rows / warehouse.Bags, "s");
    }

    /// <summary>Imports through the library; every row and total is checked before the time counts.</summary>
    private static async Task<double> ImportAsync(BenchDatabase database, DemoWarehouse warehouse, CancellationToken cancellation)
    {
        var stored = 0L;
        var seconds = await Work.SecondsAsync(
            database,
            async () =>
            {
                var report = await database.Tracker.Imports.ImportAsync(warehouse.RowsAsync(), new(), cancellationToken: cancellation);
                stored = report.Parents + report.Children;
            },
            cancellation);
        Work.Check(stored, warehouse.Bags, "rows in the report");
        Work.Check((await database.TotalsAsync(cancellation)).Bags, warehouse.Bags, "bags in the totals");
        return seconds;
    }
}
