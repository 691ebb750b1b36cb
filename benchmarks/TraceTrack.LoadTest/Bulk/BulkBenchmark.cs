using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using TraceTrack.LoadTest.Reporting;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>How long 800,000 linked bags take from memory to a committed table with every index.</summary>
internal static class BulkBenchmark
{
    private const int Bags = 800_000;
    private const int Rounds = 5;
    private static readonly TimeSpan QuickBudget = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(bool quick, CancellationToken cancellationToken)
    {
        var started = Stopwatch.StartNew();
        await using var server = await BulkServer.StartAsync(cancellationToken);
        AnsiConsole.MarkupLineInterpolated($"[grey]{server.Description}; {BenchResult.ThisMachine}[/]");
        var rows = new BulkRows(Bags);
        await using var tracker = new TraceTrackSubject(server, rows);
        var file = Path.Combine(Path.GetTempPath(), $"tracetrack-bench-{Environment.ProcessId}.bin");
        try
        {
            // Also what warms up the runtime.
            await MakeFileAsync(server, tracker, file, cancellationToken);
            List<IBulkSubject> subjects = [tracker, new FloorSubject(server, file)];
            if (!quick)
                subjects.Add(new ReportSubject(server, rows));
            var times = subjects.ToDictionary(subject => subject, _ => new Series());
            for (var round = 0; MayStart(round); round++)
            {
                // In turn forward and backward: what drifts (a filling disk, a warming processor) meets all alike.
                foreach (var subject in round % 2 == 0 ? subjects : Enumerable.Reverse(subjects))
                    times[subject].Add(await MeasureAsync(server, subject, rows, round, cancellationToken));
            }

            bool MayStart(int round) => quick
                ? round == 0 || started.Elapsed + (started.Elapsed / (round + 1)) < QuickBudget
                : round < Rounds;
            await ReportAsync(times, quick, cancellationToken);
            return 0;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task MakeFileAsync(BulkServer server, TraceTrackSubject tracker, string file, CancellationToken cancellationToken)
    {
        const string Schema = "bench_rows";
        await tracker.PrepareAsync(Schema, cancellationToken);
        await tracker.LoadAsync(Schema, cancellationToken);
        await server.PsqlAsync([$"\\copy {Schema}.bag TO '{file}' WITH (FORMAT BINARY)"], cancellationToken);
        await server.DropAsync(Schema, cancellationToken);
    }

    private static async Task<TimeSpan> MeasureAsync(
        BulkServer server, IBulkSubject subject, BulkRows rows, int round, CancellationToken cancellationToken)
    {
        var schema = $"bench_{subject.Name}";
        await subject.PrepareAsync(schema, cancellationToken);
        await server.SettleAsync(cancellationToken);
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var parts = await subject.LoadAsync(schema, cancellationToken);
        watch.Stop();
        await BulkCheck.AssertAsync(server, schema, rows, cancellationToken);
        await server.DropAsync(schema, cancellationToken);
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"[grey]round {round + 1}  {subject.Name,-11}{watch.Elapsed.TotalSeconds,7:0.00} s  {parts}[/]");
        return watch.Elapsed;
    }

    private static async Task ReportAsync(Dictionary<IBulkSubject, Series> times, bool quick, CancellationToken cancellationToken)
    {
        var floor = times.Single(pair => pair.Key is FloorSubject).Value;
        var table = new Table().Title($"bulk: fresh, {Bags.ToString("N0", CultureInfo.InvariantCulture)} linked bags, every index")
            .AddColumns("subject", "rounds", "min s", "median s", "max s", "× floor (min)", "× floor (median)");
        var result = new List<BenchRow>();
        foreach (var (subject, series) in times)
        {
            table.AddRow(
                [subject.Name, series.Count.ToString(CultureInfo.InvariantCulture), .. new[]
                {
                    series.Min, series.Median, series.Max, series.Min / floor.Min, series.Median / floor.Median,
                }.Select(value => value.ToString("0.00", CultureInfo.InvariantCulture))]);
            result.Add(new("fresh", subject.Name, "seconds", series.Median, "s"));
            result.Add(new("fresh", subject.Name, "seconds min", series.Min, "s"));
            result.Add(new("fresh", subject.Name, "ratio to floor", series.Median / floor.Median, "x"));
        }

        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("[grey]floor: psql \\copy of finished rows (binary) into a bare table, then the same indexes; nothing is checked, analyzed or counted.[/]");
        if (quick)
            AnsiConsole.WriteLine("--quick left out: the report's technique as a peer, and rounds beyond what fits 90 seconds.");
        var file = await new BenchResult("bulk", TimeProvider.System.GetUtcNow(), BenchResult.ThisMachine, quick, result).WriteAsync(cancellationToken);
        AnsiConsole.MarkupLineInterpolated($"Written: {file}");
    }
}
