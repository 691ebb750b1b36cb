using TraceTrack.DemoData;
using TraceTrack.Imports;
using TraceTrack.LoadTest.Bulk.Peers;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>
/// New bags into a store that is full, known ones and bad rows among them, each of which gets its answer. The floor is psql's COPY of the
/// finished new rows alone into the table as it is, with its indexes. Every subject begins with a copy of the same database, file by file.
/// </summary>
internal sealed class AppendCase(BenchSettings settings) : IAsyncDisposable
{
    private const string Table = "tracetrack.bag";

    private readonly DemoWarehouse _warehouse = new(settings.Rows);
    private BenchDatabase? _full;

    public async Task RunRoundAsync(Figures figures, CancellationToken cancellation)
    {
        var full = _full ??= await FillAsync(cancellation);
        var rows = AppendRows.Of(_warehouse);
        using var finished = new FinishedRows();
        IReadOnlyList<string> parts;
        IReadOnlyList<FinishedBag> bags;
        await using (var own = await full.CopyAsync(cancellation))
        {
            var (seconds, key) = await ImportAsync(own, rows, cancellation);
            figures.Add("tracetrack", seconds);
            var query = $"(SELECT * FROM {Table} WHERE import_id = {key})";
            await finished.WriteBinaryAsync(settings.Psql, own, query, cancellation);
            parts = settings.Quick ? [] : await finished.WriteTextAsync(settings.Psql, own, query, ReportPeer.Connections, cancellation);
            bags = settings.Quick ? [] : await FinishedBag.ReadAsync(own, $"WHERE import_id = {key}", cancellation);
        }

        await MeasureAsync("floor", database => settings.Psql.RunAsync(
            database.Name, [$@"\copy {Table} FROM '{finished.BinaryFile}' WITH (FORMAT binary)"], cancellation));
        if (settings.Quick)
            return;
        await MeasureAsync(ReportPeer.Name, database => ReportPeer.CopyAsync(settings.Psql, database, Table, parts, cancellation));
        await MeasureAsync(LinqToDbPeer.Name, database => LinqToDbPeer.CopyAsync(database, "tracetrack", bags, cancellation));

        async Task MeasureAsync(string subject, Func<BenchDatabase, Task> work)
        {
            await using var database = await full.CopyAsync(cancellation);
            figures.Add(subject, await Work.SecondsAsync(database, () => work(database), cancellation));
            Work.Check(await database.ScalarAsync<long>($"SELECT count(*) FROM {Table}", cancellation), _warehouse.Bags + rows.Bags, $"rows in {Table}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_full is not null)
            await _full.DisposeAsync();
    }

    private async Task<BenchDatabase> FillAsync(CancellationToken cancellation)
    {
        var database = await BenchDatabase.CreateAsync(settings.Server, cancellation);
        await database.Tracker.Imports.ImportAsync(_warehouse.RowsAsync(), new(), cancellationToken: cancellation);
        // Once and for all subjects, so that none of them meets the other's housekeeping.
        await database.ExecuteAsync($"VACUUM (ANALYZE) {Table}", cancellation);
        return database;
    }

    private async Task<(double Seconds, long Key)> ImportAsync(BenchDatabase database, BagGenerator rows, CancellationToken cancellation)
    {
        ImportReport? report = null;
        var options = new ImportOptions { OnExisting = OnExisting.Keep };
        // An application that adds to a full store is up already.
        await database.TotalsAsync(cancellation);
        var seconds = await Work.SecondsAsync(
            database,
            async () => report = await database.Tracker.Imports.ImportAsync(rows.RowsAsync(), options, cancellationToken: cancellation),
            cancellation);
        var expected = rows.Counts!;
        if (expected.DifferenceFrom(report!) is { } difference)
            throw new InvalidOperationException("The work was not done: " + difference);
        Work.Check(await database.Tracker.Imports.ReadResultsAsync(options.ImportId, cancellation).LongCountAsync(cancellation), expected.Results, "results");
        Work.Check(await database.ScalarAsync<long>($"SELECT count(*) FROM {Table}", cancellation), _warehouse.Bags + rows.Bags, $"rows in {Table}");
        Work.Check((await database.TotalsAsync(cancellation)).Bags, _warehouse.Bags + rows.Bags, "bags in the totals");
        if (!(await database.Tracker.Totals.ReconcileAsync(cancellation)).IsExact)
            throw new InvalidOperationException("The work was not done: the totals are not what a count gives.");
        return (seconds, report!.Key);
    }
}
