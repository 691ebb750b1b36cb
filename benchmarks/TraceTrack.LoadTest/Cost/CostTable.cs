using System.Globalization;
using Spectre.Console;

namespace TraceTrack.LoadTest.Cost;

/// <summary>The same work with a feature off and on.</summary>
/// <param name="Case">Which feature; in the file.</param>
/// <param name="What">The work.</param>
/// <param name="Metric">What is counted or timed.</param>
/// <param name="Unit">Of both figures.</param>
/// <param name="Off">Without the feature.</param>
/// <param name="On">With it.</param>
internal sealed record Saving(string Case, string What, string Metric, string Unit, double Off, double On)
{
    /// <value>What the report says, word for word.</value>
    public string Claim { get; init; } = "";

    /// <value>The least to be saved, in per cent; null when nothing is promised.</value>
    public double? Least { get; init; }

    public double Percent => SavedPercent(Off, On);

    public static double SavedPercent(double off, double on) => off <= 0 ? 0 : 100 * (1 - (on / off));
}

/// <summary>The table of the bench: what each feature saves, beside the report's claim and the pass mark.</summary>
internal sealed class CostTable(BenchReport report)
{
    private const int Width = 170;

    private readonly Table _table = new Table().AddColumns("case", "the same work", "counted", "off", "on", "saved", "the report", "must reach", "");

    public void Add(Saving saving)
    {
        Keep(saving);
        _table.AddRow(
            saving.Case, saving.What, saving.Metric, $"{Text(saving.Off)} {saving.Unit}", $"{Text(saving.On)} {saving.Unit}", $"{Percent(saving.Percent)} %",
            saving.Claim, saving.Least is { } least ? $"≥ {Text(least)} %" : "",
            saving.Least is null ? "" : saving.Percent >= saving.Least ? "[green]reached[/]" : "[red]missed[/]");
    }

    /// <summary>In the file alone.</summary>
    public void Keep(Saving saving)
    {
        report.Add(saving.Case, "off", saving.Metric, saving.Off, saving.Unit);
        report.Add(saving.Case, "tracetrack", saving.Metric, saving.On, saving.Unit);
        report.Add(saving.Case, "saved", saving.Metric, saving.Percent, "%");
    }

    /// <summary>A figure that is told and not compared.</summary>
    public void Tell(string @case, string subject, string metric, double value, string unit)
    {
        report.Add(@case, subject, metric, value, unit);
        _table.AddRow(@case, subject, metric, "", $"{Text(value)} {unit}", "", "", "", "");
    }

    public async Task WriteAsync(string heading, TimeProvider clock)
    {
        _table.Title = new TableTitle(heading);
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = Width;
        AnsiConsole.Write(_table);
        await report.WriteFileAsync(clock);
    }

    private static string Text(double value) => value.ToString(value < 1 ? "0.####" : value < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture);

    // 99.997 % saved is not all of it.
    private static string Percent(double value) => value.ToString(value is > 99 and < 100 ? "0.###" : "0.#", CultureInfo.InvariantCulture);
}
