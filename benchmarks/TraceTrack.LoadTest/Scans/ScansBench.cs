using Microsoft.Extensions.Logging.Abstractions;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Scans;

/// <summary>
/// Scanners that link children into parents, 1 and 50 at a time, through the library and (the floor) as the same statements from pgbench, in
/// turn on one store of hundreds of thousands of bags; and one scanner that sends thirty scans at once.
/// </summary>
internal sealed class ScansBench(LocalPostgres postgres, bool quick)
{
    private const int Scanners = 50;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private readonly BenchReport _report = new("scans", quick);

    private int Rounds => quick ? 2 : 3;

    private TimeSpan Time => TimeSpan.FromSeconds(quick ? 4 : 10);

    public static async Task<int> RunAsync(bool quick, CancellationToken cancellation)
    {
        await using var postgres = await LocalPostgres.FindOrStartAsync(new() { Name = "bench", Ephemeral = true }, NullLogger.Instance, cancellation);
        if (postgres is null)
        {
            await Console.Error.WriteLineAsync("No PostgreSQL to measure. " + LocalServicesAdvice.InstallPostgres);
            return 2;
        }

        await new ScansBench(postgres, quick).RunAsync(cancellation);
        return 0;
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        await OneAsync(cancellation);
        await ManyAsync(cancellation);
        await _report.WriteAsync("scans: children linked into parents, each scan a transaction", TimeProvider.System);
        if (quick)
            Work.Say("Left out by --quick: a third round, and longer ones.");
    }

    private async Task OneAsync(CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(postgres.ConnectionString, cancellation);
        var target = await FillAsync(database, 1, quick ? 300_000 : 700_000, cancellation);
        var single = await CompareAsync("1 scanner", target, 1, cancellation);
        // A parent's thirty children in one transaction.
        await target.RunLibraryAsync(1, ScanPlan.Capacity, WarmUp, cancellation);
        List<ScanRun> batches = [];
        for (var round = 0; round < Rounds; round++)
            batches.Add(await target.RunLibraryAsync(1, ScanPlan.Capacity, Time, cancellation));
        var rate = batches.Average(run => run.PerSecond);
        _report.Add("batch 30", "tracetrack", "ms", batches.Average(run => run.Mean), "ms");
        _report.Add("batch 30", "tracetrack", "per second", rate, "scans/s");
        _report.Add("batch 30", "tracetrack / 1 scanner", "rate", rate / single, "x");
    }

    private async Task ManyAsync(CancellationToken cancellation)
    {
        await using var database = await BenchDatabase.CreateAsync(postgres.ConnectionString, cancellation);
        var target = await FillAsync(database, Scanners, quick ? 6_000 : 14_000, cancellation);
        await CompareAsync($"{Scanners} scanners", target, Scanners, cancellation);
    }

    private async Task<ScanTarget> FillAsync(BenchDatabase database, int scanners, int perScanner, CancellationToken cancellation)
    {
        var target = new ScanTarget(database, new(postgres, "pgbench"));
        await target.FillAsync(scanners, perScanner, cancellation);
        return target;
    }

    /// <returns>The library's scans a second.</returns>
    private async Task<double> CompareAsync(string @case, ScanTarget target, int scanners, CancellationToken cancellation)
    {
        // Connections, statements and our compiler warm up in a round that is left out.
        await target.RunLibraryAsync(scanners, 1, WarmUp, cancellation);
        await target.RunFloorAsync(scanners, WarmUp, cancellation);
        List<ScanRun> library = [], floor = [];
        for (var round = 0; round < Rounds; round++)
        {
            library.Add(await target.RunLibraryAsync(scanners, 1, Time, cancellation));
            floor.Add(await target.RunFloorAsync(scanners, Time, cancellation));
            Work.Say($"{@case}, round {round + 1}: tracetrack {library[^1].Mean:0.000} ms, {library[^1].PerSecond:0}/s; floor {floor[^1].Mean:0.000} ms, {floor[^1].PerSecond:0}/s");
        }

        var (own, least) = (library.Average(run => run.PerSecond), floor.Average(run => run.PerSecond));
        _report.Add(@case, "tracetrack", "ms", library.Average(run => run.Mean), "ms");
        _report.Add(@case, "tracetrack", "p95", library.Average(run => run.Percentile(0.95)), "ms");
        _report.Add(@case, "tracetrack", "p99", library.Average(run => run.Percentile(0.99)), "ms");
        _report.Add(@case, "tracetrack", "per second", own, "scans/s");
        _report.Add(@case, "floor", "ms", floor.Average(run => run.Mean), "ms");
        _report.Add(@case, "floor", "per second", least, "scans/s");
        _report.Add(@case, "tracetrack / floor", "latency", library.Average(run => run.Mean) / floor.Average(run => run.Mean), "x");
        _report.Add(@case, "tracetrack / floor", "rate", own / least, "x");
        return own;
    }
}
