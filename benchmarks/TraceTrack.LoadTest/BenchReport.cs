using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace TraceTrack.LoadTest;

/// <summary>One figure of a bench.</summary>
internal sealed record BenchRow(
    [property: JsonPropertyName("case")] string Case, string Subject, string Metric, double Value, string Unit);

/// <summary>
/// The figures of a run: a table for people, and a file for programs at artifacts/bench/NAME.json, or NAME-CASE.json when only some cases were run.
/// </summary>
internal sealed class BenchReport(string name, bool quick)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<BenchRow> _rows = [];

    /// <summary>The name of a report: that of a whole run stays what the last whole run was.</summary>
    public static string NameOf(string bench, IReadOnlySet<string> cases, IReadOnlyCollection<string> all) =>
        all.All(cases.Contains) ? bench : $"{bench}-{string.Join('-', all.Where(cases.Contains))}";

    public void Add(string @case, string subject, string metric, double value, string unit) =>
        _rows.Add(new(@case, subject, metric, Math.Round(value, 4), unit));

    public async Task WriteAsync(string heading, TimeProvider clock)
    {
        var table = new Table { Title = new TableTitle(heading) }.AddColumns("case", "subject", "metric", "value", "unit");
        foreach (var row in _rows)
            table.AddRow(row.Case, row.Subject, row.Metric, row.Value.ToString("0.###", CultureInfo.InvariantCulture), row.Unit);
        AnsiConsole.Write(table);
        await WriteFileAsync(clock);
    }

    /// <summary>For a bench with a table of its own.</summary>
    public async Task WriteFileAsync(TimeProvider clock)
    {
        var file = Path.Combine("artifacts", "bench", name + ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(
            file, JsonSerializer.Serialize(new { name, when = clock.GetUtcNow(), machine = Machine.Describe(), quick, rows = _rows }, Json));
        AnsiConsole.WriteLine($"Written to {file}");
    }
}
