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
    private const string Schema = "tracetrack";
    private const string Table = $"{Schema}.bag";

    /// <summary>What the slowest peer is measured on.</summary>
    private const int OneByOneRows = 5_000;

    private readonly DemoWarehouse _warehouse = new(settings.Rows);
    private BenchDatabase? _full;
    private IReadOnlyList<FinishedBag> _bags = [];

    public async Task RunRoundAsync(Figures figures, CancellationToken cancellation)
    {
        var full = _full ??= await FillAsync(cancellation);
        var rows = AppendRows.Of(_warehouse);
        using var finished = new FinishedRows();
        IReadOnlyList<string> parts;
        await using (var own = await full.CopyAsync(cancellation))
        {
            var (seconds, key) = await ImportAsync(own, rows, cancellation);
            figures.Add("tracetrack", seconds);
            var query = $"(SELECT * FROM {Table} WHERE import_id = {key})";
            await finished.WriteBinaryAsync(settings.Psql, own, query, cancellation);
            parts = settings.Quick ? [] : await finished.WriteTextAsync(settings.Psql, own, query, ReportPeer.Connections, cancellation);
            _bags = settings.Quick ? [] : await FinishedBag.ReadAsync(own, $"WHERE import_id = {key}", cancellation);
        }

        await MeasureAsync("floor", database => settings.Psql.RunAsync(
            database.Name, [$@"\copy {Table} FROM '{finished.BinaryFile}' WITH (FORMAT binary)"], cancellation));
        if (settings.Quick)
            return;
        await MeasureAsync(ReportPeer.Name, database => ReportPeer.CopyAsync(settings.Psql, database, Table, parts, cancellation));
        await MeasureAsync(LinqToDbPeer.Name, database => LinqToDbPeer.CopyAsync(database, Schema, _bags, cancellation));

        async Task MeasureAsync(string subject, Func<BenchDatabase, Task> work) =>
            figures.Add(subject, await SecondsAsync(full, rows.Bags, work, cancellation));
    }

    /// <summary>Peers that take many times as long, after the rounds and once: one of them with a few rows, scaled up.</summary>
    public async Task RunSamplesAsync(Figures rounds, BenchReport report, CancellationToken cancellation)
    {
        var efCore = await SecondsAsync(_full!, _bags.Count, database => EfCorePeer.CopyAsync(database, Schema, _bags, cancellation), cancellation);
        var few = _bags.Take(OneByOneRows).ToArray();
        var oneByOne = await SecondsAsync(_full!, few.Length, database => OneByOnePeer.CopyAsync(database, Schema, few, cancellation), cancellation);
        var scaled = oneByOne * _bags.Count / few.Length;
        report.Add(rounds.Case, EfCorePeer.Name, "seconds", efCore, "s");
        report.Add(rounds.Case, EfCorePeer.Name + " / tracetrack", "ratio to the median", efCore / rounds.Median("tracetrack"), "x");
        report.Add($"{rounds.Case}, {few.Length:N0} rows only", OneByOnePeer.Name, "seconds", oneByOne, "s");
        report.Add($"{rounds.Case}, {few.Length:N0} rows only", OneByOnePeer.Name, $"scaled up to {_bags.Count:N0} rows, not measured", scaled, "s");
    }

    public async ValueTask DisposeAsync()
    {
        if (_full is not null)
            await _full.DisposeAsync();
    }

    /// <summary>Of a peer, in a store of its own that is as full.</summary>
    private async Task<double> SecondsAsync(BenchDatabase full, int added, Func<BenchDatabase, Task> work, CancellationToken cancellation)
    {
        await using var database = await full.CopyAsync(cancellation);
        var seconds = await Work.SecondsAsync(database, () => work(database), cancellation);
        Work.Check(await database.ScalarAsync<long>($"SELECT count(*) FROM {Table}", cancellation), _warehouse.Bags + added, $"rows in {Table}");
        return seconds;
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
