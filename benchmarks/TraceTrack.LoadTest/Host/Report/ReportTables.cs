using System.Globalization;
using Spectre.Console;

namespace TraceTrack.LoadTest.Host;

/// <summary>One line of the report.</summary>
/// <param name="Name">As the report has it.</param>
/// <param name="Target">The report's target, or null where it names none.</param>
/// <param name="Claim">What the report says it reached.</param>
/// <param name="Measured">What was measured; null when it was not.</param>
/// <param name="Unit">Of all three.</param>
/// <param name="IsLess">Whether less is better, as of times.</param>
internal sealed record ReportLine(string Name, double? Target, double? Claim, double? Measured, string Unit, bool IsLess)
{
    /// <summary>Whether the target is met, and where there is none, the claim.</summary>
    public bool? IsReached => Measured is not { } value || (Target ?? Claim) is not { } bound ? null
        : IsLess ? value < bound
        : value >= bound;

    /// <summary>Whether the claim is met as well.</summary>
    public bool? IsClaimReached => Measured is not { } value || Claim is not { } bound ? null : IsLess ? value <= bound : value >= bound;
}

/// <summary>The tables of the report of the system before, filled from this run.</summary>
internal static class ReportTables
{
    public static IReadOnlyList<ReportLine> Lines(SubjectFigures own)
    {
        var steady = own.Fixed.Load.Figures;
        var most = own.Curve.Select(point => (point.Users, point.Open)).Append((HostBench.Users, own.Fixed))
            .Where(point => IsServed(point.Item2)).Select(point => (double)point.Item1).DefaultIfEmpty(0).Max();
        return
        [
            new("Average response", 1000, 200, steady.Mean, "ms", IsLess: true),
            new("P95 response", 2000, 500, steady.Percentile(95), "ms", IsLess: true),
            new("P99 response", 5000, 1000, steady.Percentile(99), "ms", IsLess: true),
            new("Database query", 100, 50, LoadMilliseconds(own.Fixed), "ms", IsLess: true),
            new("Cached query", 10, 5, steady.Percentile(Operation.BagByQr, 50), "ms", IsLess: true),
            new("Requests per second", null, 200, own.Closed.Load.PerSecond, "requests/s", IsLess: false),
            new("Concurrent users", null, 50, most, "users at once", IsLess: false),
            new("Database connections", null, 150, own.Fixed.After?.Sum("db_client_connection_max"), "connections", IsLess: true),
            new("Cache operations", null, 10_000, CacheReads(own.Hundreds), "keys/s", IsLess: false),
            new("Bags", null, 800_000, own.Totals.Bags, "bags", IsLess: false),
            new("Parent bags", null, 26_000, own.Totals.Parents, "bags", IsLess: false),
            new("Bills", null, 10_000, own.Totals.Bills, "bills", IsLess: false),
            new("Users", null, 500, own.Totals.Users, "users", IsLess: false),
        ];
    }

    public static void Write(BenchReport report, SubjectFigures own, bool isWhole)
    {
        var table = new Table { Title = new TableTitle("the report's tables: its target, its claim, and this run") }
            .AddColumns("", "target", "claim", "measured", "unit", "");
        foreach (var line in Lines(own))
        {
            table.AddRow(line.Name, Text(line.Target), Text(line.Claim), Text(line.Measured), line.Unit, Mark(line, isWhole));
            if (line.Target is { } target)
                report.Add("report", "target", line.Name, target, line.Unit);
            if (line.Claim is { } claim)
                report.Add("report", "claim", line.Name, claim, line.Unit);
            if (line.Measured is { } measured)
                report.Add("report", "tracetrack", line.Name, measured, line.Unit);
            if (line.IsReached is { } reached)
                report.Add("report", "reached", line.Name, reached ? 1 : 0, "yes or no");
        }

        AnsiConsole.Write(table);
    }

    private static string Mark(ReportLine line, bool isWhole) => (line.IsReached, line.IsClaimReached) switch
    {
        (null, _) => "",
        (true, false) => "reached, the claim not",
        (true, _) => "reached",
        _ when !isWhole && line.Unit is "bags" or "bills" or "users" => "a smaller store",
        _ => "MISSED",
    };

    private static string Text(double? value) => value?.ToString(value < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture) ?? "";

    // What users would put up with, by the report itself.
    private static bool IsServed(Measured run) => run.Load.Unsent == 0 && run.Load.Figures.Failed == 0 && run.Load.Figures.Percentile(99) <= 1000;

    /// <summary>A round trip of the cache to the store, for a bag.</summary>
    private static double? LoadMilliseconds(Measured run)
    {
        const string Duration = "tracetrack_cache_load_duration_seconds";
        var loads = run.Difference(Duration + "_count");
        return loads > 0 ? 1000 * run.Difference(Duration + "_sum") / loads : null;
    }

    private static double? CacheReads(Measured? run) => run is null ? null : run.Difference("tracetrack_cache_reads_total") / run.Load.Seconds;
}
