using System.Globalization;
using Spectre.Console;

namespace TraceTrack.LoadTest;

/// <summary>The table of the bench: each figure beside the floor's, and beside what it must reach.</summary>
internal sealed class ComparisonTable(BenchReport report)
{
    // What a terminal is not there to tell.
    private const int Width = 130;

    private readonly Table _table = new Table().AddColumns("case", "subject", "value", "allocated", "to the floor", "must reach", "");

    /// <summary>Adds a figure to the table and to the file, there with a row each for what it allocated and for its ratio.</summary>
    public void Add(
        string @case, string subject, string metric, double value, string unit, double? bytes = null, double? ratio = null, string goal = "", bool? isReached = null)
    {
        report.Add(@case, subject, metric, value, unit);
        if (bytes is not null)
            report.Add(@case, subject, "bytes", bytes.Value, "B");
        if (ratio is not null)
            report.Add(@case, $"{subject} / floor", "ratio", ratio.Value, "x");
        _table.AddRow(
            @case,
            subject,
            $"{Text(value)} {(metric.EndsWith(unit, StringComparison.Ordinal) ? metric : unit)}",
            bytes is null ? "" : $"{Text(bytes.Value)} B",
            ratio is null ? "" : $"{Text(Math.Round(ratio.Value, 2))} x",
            goal,
            isReached switch { true => "[green]reached[/]", false => "[red]missed[/]", null => "" });
    }

    public async Task WriteAsync(string heading, TimeProvider clock)
    {
        _table.Title = new TableTitle(heading);
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = Width;
        AnsiConsole.Write(_table);
        await report.WriteFileAsync(clock);
    }

    private static string Text(double value) => value.ToString(value < 10 ? "0.##" : value < 100 ? "0.#" : "#,0", CultureInfo.InvariantCulture);
}
