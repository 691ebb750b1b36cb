using System.Xml.Linq;
using TraceTrack.LoadTest.Report;

namespace TraceTrack.LoadTest.Tests;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_picture_says_what_it_shows_to_those_who_do_not_see_it()
    {
        var root = Root(Charts.Lookup(File("lookup", Row("one", "floor", "us", 100), Row("one", "tracetrack", "us", 110))));
        Assert.Equal("img", (string?)root.Attribute("role"));
        var named = $"{(string?)root.Element(Svg + "title")!.Attribute("id")} {(string?)root.Element(Svg + "desc")!.Attribute("id")}";
        Assert.Equal(named, (string?)root.Attribute("aria-labelledby"));
        Assert.Contains("TraceTrack 110 us", root.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", root.Element(Svg + "style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_are_as_long_as_their_values()
    {
        var root = Root(Charts.Cache(File("cache", Row("memory hit", "floor", "ns", 50), Row("memory hit", "tracetrack", "ns", 100), Row("other", "tracetrack", "ns", 7))));
        var lengths = root.Elements(Svg + "rect").Skip(1).Select(bar => (double)bar.Attribute("width")!).ToArray();
        Assert.Equal(2, lengths.Length);
        Assert.Equal(2, lengths[1] / lengths[0], 0.01);
    }

    [Fact]
    public void Names_may_hold_any_character()
    {
        var root = Root(Charts.Lookup(File("lookup", Row("one", "a < b & \"c\"", "us", 1))));
        Assert.Contains(root.Elements(Svg + "text"), text => text.Value == "a < b & \"c\"");
    }

    [Fact]
    public void Peers_that_stored_fewer_rows_are_shown_with_the_rate_they_had_on_those()
    {
        var root = Root(Charts.Bulk(File(
            "bulk", Row("fresh", "tracetrack", "rate", 200_000), Row("fresh", "tracetrack", "seconds", 4), Row("fresh", "floor", "seconds", 3.2),
            Row("fresh, 5,000 rows only", "tracetrack", "seconds", 0.07), Row("fresh, 5,000 rows only", "one by one", "seconds", 1.25))));
        var description = root.Element(Svg + "desc")!.Value;
        Assert.Contains("floor 250,000 bags/s; TraceTrack 200,000 bags/s; one by one, 5000 rows 4,000 bags/s", description, StringComparison.Ordinal);
    }

    [Fact]
    public void Curves_go_from_the_fewest_users_to_the_most()
    {
        var root = Root(Charts.Host(File(
            "host", Row("200 users, 4/s each", "tracetrack", "p50", 9), Row("1 users, 4/s each", "tracetrack", "p50", 3), Row("10 users, 4/s each", "tracetrack", "p50", 4),
            Row("50 users", "tracetrack", "p50", 5), Row("1 users, 4/s each", "floor", "p50", 1))));
        var points = ((string)Assert.Single(root.Elements(Svg + "polyline")).Attribute("points")!).Split(' ');
        var x = points.Select(point => double.Parse(point.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(3, x.Length);
        Assert.Equal(x.Order(), x);
    }

    [Fact]
    public void Growth_is_drawn_against_the_smallest_store()
    {
        var root = Root(Charts.Growth(File(
            "growth", new("80,000 bags", "to the smallest", "look-up", 1, "x"), new("800,000 bags", "to the smallest", "look-up", 1.1, "x"),
            new("800,000 bags", "to the smallest", "import rate", 0.9, "x of the rate"), Row("80,000 bags", "tracetrack", "look-up", 0.2))));
        Assert.Equal("look-up: 1 x at 80,000 bags, 1.1 x at 800,000 bags.", root.Element(Svg + "desc")!.Value.Split(". ")[^1]);
    }

    [Fact]
    public void What_was_not_measured_is_not_drawn()
    {
        foreach (var (_, bench, draw) in Charts.All)
            Assert.Null(draw(File(bench, Row("something else", "tracetrack", "us", 1))));
    }

    private static XElement Root(string? picture)
    {
        Assert.NotNull(picture);
        return XDocument.Parse(picture).Root!;
    }

    private static BenchRow Row(string @case, string subject, string metric, double value) => new(@case, subject, metric, value, metric);

    private static BenchFile File(string name, params BenchRow[] rows) => new(name, new(2026, 11, 29, 1, 2, 3, TimeSpan.Zero), "a machine", false, rows);
}
