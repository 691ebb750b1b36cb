using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>
/// Case <c>fresh</c>: bags, linked, with every index, into an empty store. Each round imports through the library, hands the finished rows
/// to psql, and times psql's COPY of them into the bare table and the building of the same indexes: the floor of what can be reached.
/// </summary>
internal static class BulkBench
{
    private static readonly TimeSpan QuickTime = TimeSpan.FromSeconds(55);

    public static async Task<int> RunAsync(int rows, bool quick, CancellationToken cancellation)
    {
        await using var postgres = await LocalPostgres.FindOrStartAsync(new() { Name = "bench", Ephemeral = true }, NullLogger.Instance, cancellation);
        if (postgres is null)
        {
            await Console.Error.WriteLineAsync("No PostgreSQL to measure. " + LocalServicesAdvice.InstallPostgres);
            return 2;
        }

        var psql = new Psql(postgres);
        var started = Stopwatch.GetTimestamp();
        List<double> library = [], floor = [], report = [];
        // The first round warms up the server's files and our compiler, and is left out.
        for (var round = 0; round <= (quick ? 3 : 5) && !(quick && round > 1 && Stopwatch.GetElapsedTime(started) > QuickTime); round++)
        {
            await using var target = await BulkTarget.CreateAsync(postgres.ConnectionString, rows, cancellation);
            var own = await target.ImportAsync(cancellation);
            var bare = await target.CopyByPsqlAsync(psql, cancellation);
            var ten = quick ? TimeSpan.Zero : await target.CopyByTenConnectionsAsync(psql, cancellation);
            AnsiConsole.WriteLine($"round {round}: tracetrack {own.TotalSeconds:0.00} s, floor {bare.TotalSeconds:0.00} s"
                + (quick ? "" : $", report {ten.TotalSeconds:0.00} s") + (round == 0 ? " (warm-up)" : ""));
            if (round == 0)
                continue;
            library.Add(own.TotalSeconds);
            floor.Add(bare.TotalSeconds);
            if (!quick)
                report.Add(ten.TotalSeconds);
        }

        var result = new BenchReport("bulk", quick);
        AddSubject(result, "tracetrack", library);
        AddSubject(result, "floor", floor);
        if (!quick)
            AddSubject(result, "report's technique", report);
        result.Add("fresh", "tracetrack", "rate", rows / Median(library), "bags/s");
        result.Add("fresh", "tracetrack / floor", "ratio of medians", Median(library) / Median(floor), "x");
        if (!quick)
            result.Add("fresh", "report's technique / tracetrack", "ratio of medians", Median(report) / Median(library), "x");
        await result.WriteAsync($"bulk: {rows:N0} bags, linked, every index, into an empty store ({library.Count} rounds)", TimeProvider.System);
        if (quick)
            AnsiConsole.WriteLine("Left out by --quick: the report's technique (10 connections, COPY with indexes in place), and two rounds.");
        AnsiConsole.WriteLine("Not there yet: cases append and memory, and the peers linq2db, EF Core and single INSERTs.");
        return 0;
    }

    private static void AddSubject(BenchReport report, string subject, List<double> seconds)
    {
        report.Add("fresh", subject, "seconds", Median(seconds), "s");
        report.Add("fresh", subject, "fastest", seconds.Min(), "s");
        report.Add("fresh", subject, "slowest", seconds.Max(), "s");
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
