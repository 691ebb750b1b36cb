using System.Globalization;
using System.Text.RegularExpressions;

namespace TraceTrack.LoadTest.Host;

/// <summary>The host's own metrics at one moment, by its page for Prometheus.</summary>
internal sealed partial class HostMetrics
{
    private readonly List<(string Name, string Labels, double Value)> _values;

    private HostMetrics(List<(string Name, string Labels, double Value)> values) => _values = values;

    public static async Task<HostMetrics> ReadAsync(Uri server, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        return Parse(await http.GetStringAsync(new Uri(server, "/metrics"), cancellation));
    }

    public static HostMetrics Parse(string text) => new([.. Line().Matches(text).Select(line => (
        line.Groups["name"].Value, line.Groups["labels"].Value, double.Parse(line.Groups["value"].ValueSpan, CultureInfo.InvariantCulture)))]);

    /// <summary>The sum of all values of a name whose labels hold each of these texts.</summary>
    public double Sum(string name, params ReadOnlySpan<string> labels)
    {
        double sum = 0;
        foreach (var (itsName, itsLabels, value) in _values)
        {
            var fits = itsName == name;
            foreach (var label in labels)
                fits &= itsLabels.Contains(label, StringComparison.Ordinal);
            sum += fits ? value : 0;
        }

        return sum;
    }

    [GeneratedRegex(@"^(?<name>\w+)(\{(?<labels>[^}]*)\})? (?<value>[-+.eE\d]+)( \d+)?\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
