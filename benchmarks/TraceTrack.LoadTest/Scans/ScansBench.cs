using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Scans;

/// <summary>
/// Scanners that link children into parents, 1 and 50 at a time, through the library and (the floor) as the same statements from pgbench, in
/// turn on one store of hundreds of thousands of bags.
/// </summary>
internal static class ScansBench
{
    private const int Scanners = 50;

    public static async Task<int> RunAsync(bool quick, CancellationToken cancellation)
    {
        await using var postgres = await LocalPostgres.FindOrStartAsync(new() { Name = "bench", Ephemeral = true }, NullLogger.Instance, cancellation);
        if (postgres is null)
        {
            await Console.Error.WriteLineAsync("No PostgreSQL to measure. " + LocalServicesAdvice.InstallPostgres);
            return 2;
        }

        await using var database = await BenchDatabase.CreateAsync(postgres.ConnectionString, cancellation);
        var target = new ScanTarget(database, new(postgres, "pgbench"));
        await target.FillAsync(Scanners, quick ? 9_000 : 18_000, cancellation);
        var time = TimeSpan.FromSeconds(quick ? 4 : 10);
        var report = new BenchReport("scans", quick);
        foreach (var scanners in new[] { 1, Scanners })
        {
            // The first round warms up connections, statements and our compiler, and is left out.
            await target.RunLibraryAsync(scanners, 1, TimeSpan.FromSeconds(2), cancellation);
            await target.RunFloorAsync(scanners, TimeSpan.FromSeconds(2), cancellation);
            List<ScanRun> library = [], floor = [];
            for (var round = 0; round < (quick ? 2 : 3); round++)
            {
                library.Add(await target.RunLibraryAsync(scanners, 1, time, cancellation));
                floor.Add(await target.RunFloorAsync(scanners, time, cancellation));
                AnsiConsole.WriteLine($"{scanners} scanners, round {round + 1}: tracetrack {library[^1].Mean:0.000} ms, {library[^1].PerSecond:0} per second;"
                    + $" floor {floor[^1].Mean:0.000} ms, {floor[^1].PerSecond:0} per second");
            }

            Add(report, scanners == 1 ? "1 scanner" : $"{scanners} scanners", library, floor);
        }

        await report.WriteAsync("scans: children linked into parents, each scan a transaction", TimeProvider.System);
        if (quick)
            AnsiConsole.WriteLine("Left out by --quick: a third round, and longer ones.");
        return 0;
    }

    private static void Add(BenchReport report, string @case, List<ScanRun> library, List<ScanRun> floor)
    {
        report.Add(@case, "tracetrack", "ms", library.Average(run => run.Mean), "ms");
        report.Add(@case, "tracetrack", "p95", library.Average(run => run.Percentile(0.95)), "ms");
        report.Add(@case, "tracetrack", "p99", library.Average(run => run.Percentile(0.99)), "ms");
        report.Add(@case, "tracetrack", "per second", library.Average(run => run.PerSecond), "scans/s");
        report.Add(@case, "floor", "ms", floor.Average(run => run.Mean), "ms");
        report.Add(@case, "floor", "per second", floor.Average(run => run.PerSecond), "scans/s");
        report.Add(@case, "tracetrack / floor", "latency", library.Average(run => run.Mean) / floor.Average(run => run.Mean), "x");
        report.Add(@case, "tracetrack / floor", "rate", library.Average(run => run.PerSecond) / floor.Average(run => run.PerSecond), "x");
    }
}
