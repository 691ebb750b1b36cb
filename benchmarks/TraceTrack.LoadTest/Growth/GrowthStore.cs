using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TraceTrack.Bags;
using TraceTrack.DemoData;
using TraceTrack.Postgres;
using TraceTrack.Scans;

namespace TraceTrack.LoadTest.Growth;

/// <summary>A store of one size, and what users wait for in it. No cache: what is asked is the database's growth.</summary>
internal sealed class GrowthStore(BenchDatabase database, DemoWarehouse warehouse, bool quick) : IAsyncDisposable
{
    /// <summary>Bags looked up before anything is timed.</summary>
    private const int MostLooks = 2_000_000;

    private readonly ServiceProvider _services = new ServiceCollection().AddTraceTrack().UsePostgres(database.ConnectionString).Services.BuildServiceProvider();
    private readonly Random _random = new(11);

    private TimeSpan Settling => TimeSpan.FromSeconds(quick ? 1 : 10);

    private int Calls => quick ? 600 : 3_000;

    /// <summary>Imports, with the memory that a process takes for it which does nothing else; then everything that users do.</summary>
    public async Task<GrowthFigures> MeasureAsync(double megabytes, CancellationToken cancellation)
    {
        var figures = new List<GrowthFigure>();
        var started = Stopwatch.GetTimestamp();
        await database.Tracker.Imports.ImportAsync(warehouse.RowsAsync(), new(), cancellationToken: cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Work.Check((await database.TotalsAsync(cancellation)).Bags, warehouse.Bags, "bags in the totals");
        figures.Add(new("import rate", warehouse.Bags / seconds, "bags/s", Most: 0.75, IsRate: true));
        figures.Add(new("importer's memory", megabytes, "MB"));
        await database.ExecuteAsync("VACUUM (ANALYZE)", cancellation);
        await database.ExecuteAsync("CHECKPOINT", cancellation);

        var bags = _services.GetRequiredService<IBagStore>();
        var users = _services.GetRequiredService<ITraceTrack>();
        await UseAsync(bags, cancellation);
        await AddAsync("look-up", Calls, async _ => Demand(await bags.FindAsync(AnyChild(), cancellation) is not null), most: 1.3);
        await AddAsync("look-up among 1,000", Calls, async i => Demand(await bags.FindAsync(DemoWarehouse.Child(i * 7919 % 1_000), cancellation) is not null), isCurve: false);
        await AddAsync("look-up of 100", Calls / 20, _ => LookUpHundredAsync(bags, cancellation), isCurve: false);
        await AddAsync("search, whole code", Calls / 4, async _ => Demand((await bags.SearchAsync(AnyChild().Value, null, 20, cancellation)).Count > 0));
        await AddAsync("search, beginning", Calls / 4, async _ => Demand((await bags.SearchAsync(AnyChild().Value[..^2], null, 20, cancellation)).Count == 20));
        await AddAsync("search, inside", Calls / 10, async _ => Demand((await bags.SearchAsync(AnyChild().Value[^6..], null, 20, cancellation)).Count > 0));
        await AddAsync("list page", Calls / 4, async _ => Demand((await bags.ListAsync(new() { Kind = BagKind.Parent }, new(DemoWarehouse.Parent(_random.Next(warehouse.FullParents / 2)), Backward: false, 50), cancellation)).Count == 50));
        var scans = users.As(new Users.Actor("grower", Users.UserRole.Biller)).Scans;
        await AddAsync("scan", Calls / 4, async _ => Demand((await scans.RecordAsync(RecordScan.Observe(ScanId.New(), AnyChild()), cancellation)).Outcome == ScanOutcome.Recorded));
        figures.AddRange(await PagesAsync(cancellation));
        figures.AddRange(await SizesAsync(cancellation));
        return new(warehouse.Bags, figures);

        async Task AddAsync(string metric, int calls, Func<int, Task> call, double? most = null, bool isCurve = true) =>
            figures.Add(new(metric, (await GrowthTimes.MeasureAsync(calls, call)).Median, "ms", most, IsCurve: isCurve));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>
    /// As a server that has been asked for a while: what the import left to be written is written, and the connection's process has the pages mapped
    /// that it reads, as far as they fit.
    /// </summary>
    private async Task UseAsync(IBagStore bags, CancellationToken cancellation)
    {
        await Task.Delay(Settling, cancellation);
        var looks = Math.Min(warehouse.Bags, quick ? MostLooks / 10 : MostLooks) / 100;
        for (var i = 0; i < looks; i++)
            await LookUpHundredAsync(bags, cancellation);
    }

    private async Task LookUpHundredAsync(IBagStore bags, CancellationToken cancellation) =>
        Demand((await bags.FindManyAsync([.. Enumerable.Range(0, 100).Select(_ => AnyChild())], cancellation)).All(bag => bag is not null));

    private QrCode AnyChild() => DemoWarehouse.Child(_random.Next(warehouse.Children));

    private static void Demand(bool isRight)
    {
        if (!isRight)
            throw new InvalidOperationException("The work was not done: something was not found.");
    }

    /// <summary>Why a look-up takes as long as it does: pages it needs, and how many of them the server had to ask the system for.</summary>
    private async Task<IEnumerable<GrowthFigure>> PagesAsync(CancellationToken cancellation)
    {
        const int Samples = 200;
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) " + BagSql.Find, connection);
        var qr = Commands.Parameter("");
        command.Parameters.Add(qr);
        double hit = 0, read = 0;
        for (var i = 0; i < Samples; i++)
        {
            qr.TypedValue = AnyChild().Value;
            using var answer = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(cancellation))!);
            var plan = answer.RootElement[0].GetProperty("Plan");
            hit += plan.GetProperty("Shared Hit Blocks").GetInt64();
            read += plan.GetProperty("Shared Read Blocks").GetInt64();
        }

        return [new("pages a look-up", (hit + read) / Samples, "pages"), new("of them not in the server's memory", read / Samples, "pages")];
    }

    private async Task<IEnumerable<GrowthFigure>> SizesAsync(CancellationToken cancellation)
    {
        const double Million = 1e6;
        var rows = await database.ReadAsync(
            """
            SELECT 'table of bags', pg_table_size('tracetrack.bag') UNION ALL
            SELECT 'indexes of bags', pg_indexes_size('tracetrack.bag') UNION ALL
            (SELECT indexrelid::regclass::text, pg_relation_size(indexrelid) FROM pg_index WHERE indrelid = 'tracetrack.bag'::regclass ORDER BY 2 DESC, 1)
            """,
            row => new GrowthFigure(row.GetString(0).Replace("tracetrack.", "", StringComparison.Ordinal), row.GetInt64(1) / Million, "MB"),
            cancellation);
        var bytes = (rows[0].Value + rows[1].Value) * Million / warehouse.Bags;
        return [.. rows, new("bytes a bag, indexes among them", bytes, "B")];
    }
}
