using System.Globalization;

namespace TraceTrack.LoadTest.Report;

/// <summary>The pictures of docs/images, each of one bench's file; null when the file does not have what the picture shows.</summary>
internal static class Charts
{
    private const string Own = "tracetrack";
    private const string Floor = "floor";

    private static readonly string[] Percentiles = ["p50", "p95", "p99"];

    public static readonly IReadOnlyList<(string File, string Bench, Func<BenchFile, string?> Draw)> All =
    [
        ("bench-host.svg", "host", Host),
        ("bench-bulk.svg", "bulk", Bulk),
        ("bench-cache.svg", "cache", Cache),
        ("bench-lookup.svg", "lookup", Lookup),
        ("bench-growth.svg", "growth", Growth),
    ];

    /// <summary>Latency against users, each of whom asks four times a second.</summary>
    public static string? Host(BenchFile file)
    {
        const string Suffix = " users, 4/s each";
        var users = file.Rows.Where(row => row.Case.EndsWith(Suffix, StringComparison.Ordinal) && row.Subject == Own)
            .Select(row => row.Case).Distinct(StringComparer.Ordinal)
            .Select(@case => (Case: @case, Users: double.Parse(@case[..^Suffix.Length], CultureInfo.InvariantCulture))).OrderBy(point => point.Users).ToArray();
        var curves = Percentiles
            .Select(metric => new Curve(metric, [.. users.Select(point => (point.Users, file.Value(point.Case, Own, metric) ?? 0)).Where(point => point.Item2 > 0)]))
            .Where(curve => curve.Points.Count > 1).ToArray();
        return curves.Length == 0 ? null : LineChart.Draw(
            "bench-host", "Response time against users", $"Each user asks four times a second, the mix of a warehouse; {Source(file)}", "users", "ms", isLogarithmic: true, curves);
    }

    /// <summary>Import rate; peers that were measured on fewer rows with the rate they had on those.</summary>
    public static string? Bulk(BenchFile file)
    {
        if (file.Value("fresh", Own, "seconds") is not { } seconds || file.Value("fresh", Own, "rate") is not { } rate)
            return null;
        // Both are rounded in the file.
        var rows = Math.Round(rate * seconds / 1_000) * 1_000;
        var bars = file.Rows.Where(row => row is { Case: "fresh", Metric: "seconds" }).Select(row => new Bar(Named(row.Subject), rows / row.Value, Series(row.Subject)))
            .Concat(file.Rows.Where(row => row.Metric == "seconds" && row.Subject != Own && RowsOnly(row.Case) is not null)
                .Select(row => new Bar($"{row.Subject}, {Numbers.Short(RowsOnly(row.Case)!.Value)} rows", RowsOnly(row.Case)!.Value / row.Value, Series(row.Subject))));
        return BarChart.Draw(
            "bench-bulk", "Import into an empty store, with every index", $"{Numbers.Text(rows)} bags, linked; more is better; {Source(file)}", "bags/s",
            [.. bars.OrderByDescending(bar => bar.Value)]);
    }

    public static string? Cache(BenchFile file) => Subjects(
        file, "memory hit", "ns", "bench-cache", "A bag that memory holds", $"Look-up by code; less is better; {Source(file)}");

    public static string? Lookup(BenchFile file) => Subjects(
        file, "one", "us", "bench-lookup", "A bag that no cache holds", $"Look-up by code in PostgreSQL; less is better; {Source(file)}");

    /// <summary>Everything against the smallest store.</summary>
    public static string? Growth(BenchFile file)
    {
        const string Suffix = " bags";
        var curves = file.Rows.Where(row => row.Subject == "to the smallest" && row.Unit == "x" && row.Case.EndsWith(Suffix, StringComparison.Ordinal))
            .GroupBy(row => row.Metric, StringComparer.Ordinal)
            .Select(metric => new Curve(metric.Key, [.. metric.Select(row => (Count(row.Case[..^Suffix.Length]), row.Value)).OrderBy(point => point.Item1)]))
            .Where(curve => curve.Points.Count > 1).Take(SvgPaper.Series).ToArray();
        return curves.Length == 0 ? null : LineChart.Draw(
            "bench-growth", "What growth costs", $"Time against the smallest store; 1 is no growth at all; {Source(file)}", "bags", "x", isLogarithmic: false, curves);
    }

    private static string? Subjects(BenchFile file, string @case, string metric, string id, string title, string subtitle)
    {
        var rows = file.Rows.Where(row => row.Case == @case && row.Metric == metric).OrderBy(row => row.Value).ToArray();
        return rows.Length == 0 ? null : BarChart.Draw(id, title, subtitle, rows[0].Unit, [.. rows.Select(row => new Bar(Named(row.Subject), row.Value, Series(row.Subject)))]);
    }

    /// <summary>"fresh, 100,000 rows only": 100,000.</summary>
    public static double? RowsOnly(string @case)
    {
        const string Prefix = "fresh, ", Suffix = " rows only";
        return @case.StartsWith(Prefix, StringComparison.Ordinal) && @case.EndsWith(Suffix, StringComparison.Ordinal) ? Count(@case[Prefix.Length..^Suffix.Length]) : null;
    }

    private static double Count(string text) => double.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static string Named(string subject) => subject.StartsWith(Own, StringComparison.Ordinal) ? "TraceTrack" + subject[Own.Length..] : subject;

    private static int Series(string subject) => subject.StartsWith(Own, StringComparison.Ordinal) ? 0 : subject == Floor ? 1 : 5;

    private static string Source(BenchFile file) => $"{file.Command}, {file.When.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
}
