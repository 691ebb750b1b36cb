using System.Globalization;
using System.Text;

namespace TraceTrack.LoadTest.Report;

/// <summary>
/// An SVG picture with a background of its own, dark where the reader's screen is. It says what it shows to those who do not see it, and tells
/// its series apart by marks and words as well as by colours.
/// </summary>
internal sealed class SvgPaper(string id, string title, string description, int width, int height)
{
    public const int Series = 6;

    // Told apart by people who see colours differently (Okabe and Ito's palette, darkened for a white background and lightened for a dark one).
    private const string Style = """
        .paper { fill: #ffffff } .text { fill: #24292f; font: 13px system-ui, sans-serif } .small { font-size: 12px } .title { font-size: 16px; font-weight: 600 }
        .grid { stroke: #d8dee4 } .axis { stroke: #57606a } .line { fill: none; stroke-width: 2.25 }
        .s0 { stroke: #0060a8; fill: #0060a8 } .s1 { stroke: #b34d00; fill: #b34d00 } .s2 { stroke: #00785a; fill: #00785a }
        .s3 { stroke: #a0447e; fill: #a0447e } .s4 { stroke: #6b5900; fill: #6b5900 } .s5 { stroke: #57606a; fill: #57606a }
        .line { fill: none }
        @media (prefers-color-scheme: dark) {
          .paper { fill: #0d1117 } .text { fill: #e6edf3 } .grid { stroke: #30363d } .axis { stroke: #8b949e }
          .s0 { stroke: #58b4f0; fill: #58b4f0 } .s1 { stroke: #f0975a; fill: #f0975a } .s2 { stroke: #35c79e; fill: #35c79e }
          .s3 { stroke: #e08cc0; fill: #e08cc0 } .s4 { stroke: #d9c54a; fill: #d9c54a } .s5 { stroke: #8b949e; fill: #8b949e }
          .line { fill: none }
        }
        """;

    private readonly StringBuilder _content = new();

    public void Line(string style, double x1, double y1, double x2, double y2) =>
        Add($"""<line class="{style}" x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}"/>""");

    public void Bar(int series, double x, double y, double wide, double high) =>
        Add($"""<rect class="s{series % Series}" x="{x:0.#}" y="{y:0.#}" width="{Math.Max(wide, 1):0.#}" height="{high:0.#}"/>""");

    /// <summary>With its start, middle or end at x, as the anchor says.</summary>
    public void Text(string style, double x, double y, string text, string anchor = "start") =>
        Add($"""<text class="text {style}" x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{Escape(text)}</text>""");

    public void Curve(int series, IReadOnlyList<(double X, double Y)> points)
    {
        Add($"""<polyline class="s{series % Series} line" points="{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")))}"/>""");
        foreach (var (x, y) in points)
            Mark(series, x, y);
    }

    public void Mark(int series, double x, double y) => Add((series % 3) switch
    {
        0 => (FormattableString)$"""<circle class="s{series % Series}" cx="{x:0.#}" cy="{y:0.#}" r="4"/>""",
        1 => $"""<rect class="s{series % Series}" x="{x - 4:0.#}" y="{y - 4:0.#}" width="8" height="8"/>""",
        _ => $"""<polygon class="s{series % Series}" points="{x:0.#},{y - 5:0.#} {x + 5:0.#},{y + 4:0.#} {x - 5:0.#},{y + 4:0.#}"/>""",
    });

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="{id}-title {id}-desc">
        <title id="{id}-title">{Escape(title)}</title>
        <desc id="{id}-desc">{Escape(description)}</desc>
        <style>
        {Style}
        </style>
        <rect class="paper" width="{width}" height="{height}"/>
        {_content}</svg>

        """);

    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private void Add(FormattableString element) => _content.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
