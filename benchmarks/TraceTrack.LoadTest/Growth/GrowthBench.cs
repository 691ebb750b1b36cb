using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using TraceTrack.DemoData;
using TraceTrack.LoadTest.Bulk;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Growth;

/// <summary>The same work in stores of three sizes, a tenth and ten times the report's: what grows with the bags, and what does not.</summary>
internal static class GrowthBench
{
    private const string Own = "tracetrack";
    private const int Width = 150;

    private static readonly int[] Sizes = [80_000, 800_000, 8_000_000];
    private static readonly int[] QuickSizes = [8_000, 80_000, 400_000];

    public static async Task<int> RunAsync(bool quick, CancellationToken cancellation)
    {
        await using var postgres = await LocalPostgres.FindOrStartAsync(new() { Name = "bench", Ephemeral = true }, NullLogger.Instance, cancellation);
        if (postgres is null)
        {
            await Console.Error.WriteLineAsync("No PostgreSQL to measure. " + LocalServicesAdvice.InstallPostgres);
            return 2;
        }

        // What the first import makes our compiler do would count for the smallest store.
        await using (var warm = await BenchDatabase.CreateAsync(postgres.ConnectionString, cancellation))
            await warm.Tracker.Imports.ImportAsync(new DemoWarehouse(20_000).RowsAsync(), new(), cancellationToken: cancellation);
        var all = new List<GrowthFigures>();
        foreach (var bags in quick ? QuickSizes : Sizes)
        {
            Work.Say($"{bags:N0} bags");
            all.Add(await MeasureAsync(postgres.ConnectionString, bags, quick, cancellation));
        }

        var report = new BenchReport("growth", quick);
        Write(report, all);
        await report.WriteFileAsync(TimeProvider.System);
        if (quick)
            Work.Say($"Left out by --quick: the sizes {string.Join(", ", Sizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)))} (measured: {string.Join(", ", QuickSizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)))}), and most calls.");
        return 0;
    }

    private static async Task<GrowthFigures> MeasureAsync(string server, int bags, bool quick, CancellationToken cancellation)
    {
        double megabytes;
        await using (var alone = await BenchDatabase.CreateAsync(server, cancellation))
            (megabytes, _) = await MemoryCase.ImportAsync(alone, bags, cancellation);
        await using var database = await BenchDatabase.CreateAsync(server, cancellation);
        await using var store = new GrowthStore(database, new(bags), quick);
        return await store.MeasureAsync(megabytes, cancellation);
    }

    private static void Write(BenchReport report, List<GrowthFigures> all)
    {
        var table = new Table { Title = new TableTitle("growth: medians; × against the smallest store") }
            .AddColumns(["", .. all.Select(size => $"{size.Bags:N0} bags"), "must reach", ""]);
        var ratios = all.ToDictionary(size => size.Bags, size => size.Against(all[0]).ToDictionary(one => one.Figure.Metric, one => one.Ratio, StringComparer.Ordinal));
        foreach (var figure in all[^1].Figures)
        {
            var reached = figure.IsReached(ratios[all[^1].Bags].GetValueOrDefault(figure.Metric));
            table.AddRow(
            [
                figure.Metric,
                .. all.Select(size => Cell(size, figure.Metric)),
                figure.Most is not { } most ? "" : string.Create(CultureInfo.InvariantCulture, $"{(figure.IsRate ? '≥' : '≤')} {most} x"),
                reached switch { true => "[green]reached[/]", false => "[red]missed[/]", null => "" },
            ]);
        }

        foreach (var size in all)
        {
            var @case = $"{size.Bags:N0} bags";
            foreach (var figure in size.Figures)
            {
                report.Add(@case, Own, figure.Metric, figure.Value, figure.Unit);
                if (figure.IsCurve || figure.IsRate)
                    report.Add(@case, "to the smallest", figure.Metric, ratios[size.Bags][figure.Metric], figure.IsCurve ? "x" : "x of the rate");
            }
        }

        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = Width;
        AnsiConsole.Write(table);

        string Cell(GrowthFigures size, string metric)
        {
            if (size.Figures.FirstOrDefault(figure => figure.Metric == metric) is not { } figure)
                return "";
            var ratio = size == all[0] ? "" : string.Create(CultureInfo.InvariantCulture, $"  {ratios[size.Bags].GetValueOrDefault(metric):0.00} x");
            return $"{figure.Value.ToString(figure.Value < 10 ? "0.###" : "#,0", CultureInfo.InvariantCulture)} {figure.Unit}{ratio}";
        }
    }
}
