namespace TraceTrack.LoadTest.Report;

/// <summary>A line of points, in the order of x.</summary>
internal sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Curves over a logarithmic axis, each named at its end.</summary>
internal static class LineChart
{
    private const int Width = 760;
    private const int Height = 420;
    private const int Left = 70;
    private const int Right = 220;
    private const int Top = 84;
    private const int Bottom = Height - 56;

    /// <summary>Between two names at the right.</summary>
    private const double Line = 17;

    public static string Draw(string id, string title, string subtitle, string xUnit, string yUnit, bool isLogarithmic, IReadOnlyList<Curve> curves)
    {
        var paper = new SvgPaper(id, title, $"{subtitle}. {string.Join(" ", curves.Select(curve => Describe(curve, xUnit, yUnit)))}", Width, Height);
        var points = curves.SelectMany(curve => curve.Points).ToArray();
        var x = Scale.Logarithmic(points.Min(point => point.X), points.Max(point => point.X), Left, Width - Right);
        var y = isLogarithmic
            ? Scale.Logarithmic(points.Min(point => point.Y), points.Max(point => point.Y), Bottom, Top)
            : Scale.Linear(points.Max(point => point.Y), Bottom, Top);
        paper.Text("title", 16, 28, title);
        paper.Text("small", 16, 48, subtitle);
        foreach (var tick in y.Ticks())
        {
            paper.Line("grid", Left, y.Place(tick), Width - Right, y.Place(tick));
            paper.Text("small", Left - 8, y.Place(tick) + 4, Numbers.Short(tick), "end");
        }

        // Where something was measured.
        foreach (var tick in points.Select(point => point.X).Distinct().Order())
        {
            paper.Line("grid", x.Place(tick), Top, x.Place(tick), Bottom);
            paper.Text("small", x.Place(tick), Bottom + 20, Numbers.Short(tick), "middle");
        }

        paper.Line("axis", Left, Bottom, Width - Right, Bottom);
        paper.Line("axis", Left, Top, Left, Bottom);
        paper.Text("small", (Left + Width - Right) / 2.0, Bottom + 42, xUnit, "middle");
        paper.Text("small", Left - 8, Top - 14, yUnit, "end");
        for (var i = 0; i < curves.Count; i++)
            paper.Curve(i, [.. curves[i].Points.Select(point => (x.Place(point.X), y.Place(point.Y)))]);
        Name(paper, curves, y);
        return paper.ToString();
    }

    /// <summary>At the height of the last point, and never one over the other.</summary>
    private static void Name(SvgPaper paper, IReadOnlyList<Curve> curves, Scale y)
    {
        var names = Enumerable.Range(0, curves.Count).Select(i => (Series: i, At: y.Place(curves[i].Points[^1].Y))).OrderBy(name => name.At).ToArray();
        var places = Spread([.. names.Select(name => name.At)], Line);
        for (var i = 0; i < names.Length; i++)
        {
            paper.Mark(names[i].Series, Width - Right + 16, places[i]);
            paper.Text("", Width - Right + 28, places[i] + 4, $"{curves[names[i].Series].Name} {Numbers.Text(curves[names[i].Series].Points[^1].Y)}");
        }
    }

    /// <summary>Moves places, which are in order, apart until there is room between any two; as a whole they stay where they were.</summary>
    public static double[] Spread(IReadOnlyList<double> places, double room)
    {
        var spread = places.ToArray();
        for (var i = 1; i < spread.Length; i++)
            spread[i] = Math.Max(spread[i], spread[i - 1] + room);
        var moved = spread.Length == 0 ? 0 : spread.Average() - places.Average();
        return [.. spread.Select(place => place - moved)];
    }

    private static string Describe(Curve curve, string xUnit, string yUnit) =>
        $"{curve.Name}: {string.Join(", ", curve.Points.Select(point => $"{Numbers.Text(point.Y)} {yUnit} at {Numbers.Text(point.X)} {xUnit}"))}.";
}
