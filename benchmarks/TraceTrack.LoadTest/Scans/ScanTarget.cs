using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.LoadTest.Scans;

/// <summary>What a run of scanners reached.</summary>
/// <param name="Scans">Recorded.</param>
/// <param name="Seconds">From the first to the last.</param>
/// <param name="Milliseconds">Of each call; of the floor only their mean is known.</param>
internal sealed record ScanRun(long Scans, double Seconds, IReadOnlyList<double> Milliseconds)
{
    public double PerSecond => Scans / Seconds;

    public double Mean => Milliseconds.Average();

    public double Percentile(double share) => Milliseconds.Order().ElementAt((int)((Milliseconds.Count - 1) * share));
}

/// <summary>A warehouse of loose children and empty parents, in which the library and pgbench link in turn, each row once.</summary>
internal sealed partial class ScanTarget(BenchDatabase database, PostgresTool pgbench)
{
    private long _linked;

    private ScanPlan Plan { get; set; } = new(0, 0);

    public async Task FillAsync(int scanners, int perScanner, CancellationToken cancellation)
    {
        var plan = new ScanPlan(scanners, perScanner);
        var report = await database.Tracker.Imports.ImportAsync(RowsAsync(plan), new(), cancellationToken: cancellation);
        Work.Check(report.Parents + report.Children, plan.Parents + plan.Children, "bags imported");
        // A bag's id follows from its row; pgbench needs the ids, which the library learns on its way.
        var id = await database.ScalarAsync<long>($"SELECT id FROM tracetrack.bag WHERE qr = '{ScanPlan.Child(0)}'", cancellation);
        Plan = plan with { FirstId = id - (2 * (plan.Parents + 1)) };
        await database.ExecuteAsync("VACUUM (ANALYZE); CHECKPOINT", cancellation);
    }

    /// <summary>Scanners that each record one call after the other, for some time.</summary>
    public async Task<ScanRun> RunLibraryAsync(int scanners, int batch, TimeSpan time, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var runs = await Task.WhenAll(Enumerable.Range(0, scanners).Select(scanner => Task.Run(() => ScanAsync(scanner, batch, started, time, cancellation))));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var run = new ScanRun(runs.Sum(times => (long)times.Count) * batch, seconds, [.. runs.SelectMany(times => times)]);
        await FinishAsync(run.Scans, runs.Max(times => times.Count) * batch, cancellation);
        return run;
    }

    /// <summary>The same statements from pgbench.</summary>
    public async Task<ScanRun> RunFloorAsync(int scanners, TimeSpan time, CancellationToken cancellation)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, ScanScript.Of("tracetrack", Plan), cancellation);
            var output = await pgbench.RunAsync(
                database.Name,
                [
                    "--no-vacuum", "--protocol=prepared", "--define=i=0", $"--file={script}",
                    string.Create(CultureInfo.InvariantCulture, $"--client={scanners}"),
                    string.Create(CultureInfo.InvariantCulture, $"--jobs={Math.Min(scanners, Environment.ProcessorCount)}"),
                    string.Create(CultureInfo.InvariantCulture, $"--time={(int)time.TotalSeconds}"),
                ],
                cancellation);
            var scans = (long)Figure(Transactions(), output);
            var run = new ScanRun(scans, scans / Figure(Rate(), output), [Figure(Latency(), output)]);
            var furthest = await database.ScalarAsync<long>(
                $"""
                SELECT max((substr(qr, 3)::bigint - {ScanPlan.FirstChild}) % {Plan.PerScanner}) + 1 - {Plan.At} FROM tracetrack.bag
                WHERE parent_id IS NOT NULL
                """,
                cancellation);
            await FinishAsync(scans, (int)furthest, cancellation);
            return run;
        }
        finally
        {
            File.Delete(script);
        }
    }

    private async Task<List<double>> ScanAsync(int scanner, int batch, long started, TimeSpan time, CancellationToken cancellation)
    {
        // Of no area, so that no bag is claimed: the floor claims none either.
        var scans = database.TraceTrack.As(new Actor(string.Create(CultureInfo.InvariantCulture, $"scanner{scanner}"), UserRole.Biller)).Scans;
        var times = new List<double>();
        for (var at = Plan.At; Stopwatch.GetElapsedTime(started) < time; at += batch)
        {
            if (at + batch > Plan.PerScanner)
                throw new InvalidOperationException("There are not enough loose children for so long a run.");
            RecordScan[] links = [.. Enumerable.Range(at, batch).Select(number => Link(scanner, number))];
            var before = Stopwatch.GetTimestamp();
            IReadOnlyList<ScanResult> results = batch == 1
                ? [await scans.RecordAsync(links[0], cancellation)]
                : await scans.RecordManyAsync(links, cancellation);
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            if (results.FirstOrDefault(result => result.Outcome != ScanOutcome.Recorded) is { } refused)
                throw new InvalidOperationException($"{refused.Scan.Qr} was not linked: {refused.Rejection} {refused.Fact}");
        }

        return times;
    }

    private RecordScan Link(int scanner, int number) => RecordScan.Link(
        ScanId.New(),
        QrCode.Parse(ScanPlan.Child((scanner * Plan.PerScanner) + number)),
        QrCode.Parse(ScanPlan.Parent((scanner * Plan.ParentsPerScanner) + (number / ScanPlan.Capacity))));

    /// <summary>Every scan is in the log and in the totals, and its child is in its parent.</summary>
    private async Task FinishAsync(long scans, int furthest, CancellationToken cancellation)
    {
        _linked += scans;
        // Whole parents, so that the next run begins with empty ones.
        Plan = Plan with { At = (Plan.At + furthest + ScanPlan.Capacity) / ScanPlan.Capacity * ScanPlan.Capacity };
        var totals = await database.Tracker.Totals.ReconcileAsync(cancellation);
        if (!totals.IsExact)
            throw new InvalidOperationException($"The totals are not exact: {totals}");
        Work.Check(totals.Counted.Scans, _linked, "scans in the log");
        Work.Check(await database.ScalarAsync<long>("SELECT count(parent_id) FROM tracetrack.bag", cancellation), _linked, "linked children");
        await database.ExecuteAsync("CHECKPOINT", cancellation);
    }

    private static async IAsyncEnumerable<BagRow> RowsAsync(ScanPlan plan)
    {
        await Task.CompletedTask;
        for (var i = 0; i < plan.Parents; i++)
            yield return new(ScanPlan.Parent(i));
        for (var i = 0; i < plan.Children; i++)
            yield return new(ScanPlan.Child(i));
    }

    private static double Figure(Regex pattern, string output) =>
        pattern.Match(output) is { Success: true } match
            ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench said something else than expected: {output}");

    [GeneratedRegex(@"number of transactions actually processed: (\d+)")]
    private static partial Regex Transactions();

    [GeneratedRegex(@"latency average = ([\d.]+) ms")]
    private static partial Regex Latency();

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Rate();
}
