namespace TraceTrack.LoadTest.Report;

/// <summary>A bar.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Value">How long; 0 or more.</param>
/// <param name="Series">0 for the library, 1 for the floor, 2 for others.</param>
internal sealed record Bar(string Name, double Value, int Series);

/// <summary>Subjects one under the other, with their figures at the ends of the bars.</summary>
internal static class BarChart
{
    private const int Width = 760;
    private const int Left = 210;
    private const int Right = 110;
    private const int Top = 64;
    private const int Row = 34;

    public static string Draw(string id, string title, string subtitle, string unit, IReadOnlyList<Bar> bars)
    {
        var height = Top + (bars.Count * Row) + 44;
        var paper = new SvgPaper(id, title, $"{subtitle}. {string.Join("; ", bars.Select(bar => $"{bar.Name} {Numbers.Text(bar.Value)} {unit}"))}.", Width, height);
        var scale = Scale.Linear(bars.Max(bar => bar.Value), Left, Width - Right);
        var bottom = Top + (bars.Count * Row);
        paper.Text("title", 16, 28, title);
        paper.Text("small", 16, 48, subtitle);
        foreach (var tick in scale.Ticks())
        {
            paper.Line("grid", scale.Place(tick), Top, scale.Place(tick), bottom);
            paper.Text("small", scale.Place(tick), bottom + 18, Numbers.Short(tick), "middle");
        }

        paper.Text("small", Width - 16, bottom + 18, unit, "end");
        for (var i = 0; i < bars.Count; i++)
        {
            var y = Top + (i * Row);
            paper.Bar(bars[i].Series, Left, y + 7, scale.Place(bars[i].Value) - Left, Row - 14);
            paper.Text("", Left - 10, y + 22, bars[i].Name, "end");
            paper.Text("", scale.Place(bars[i].Value) + 8, y + 22, Numbers.Text(bars[i].Value));
        }

        paper.Line("axis", Left, Top, Left, bottom);
        return paper.ToString();
    }
}
