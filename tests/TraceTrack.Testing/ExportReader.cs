using System.Globalization;
using System.Text.Json;
using TraceTrack.Exports;
using TraceTrack.Imports;

namespace TraceTrack.Testing;

/// <summary>Exported lines as rows to import, read as plainly as can be.</summary>
public static class ExportReader
{
    public static IEnumerable<BagRow> Rows(string text, ExportFormat format)
    {
        ArgumentNullException.ThrowIfNull(text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text[..^1].Split('\n');
        return format == ExportFormat.Csv ? lines.Skip(1).Select(Csv) : lines.Select(Json);
    }

    private static BagRow Csv(string line)
    {
        var fields = line.Split(',');
        Assert.Equal(4, fields.Length);
        return new(fields[0], fields[1], fields[2], fields[3].Length == 0 ? null : decimal.Parse(fields[3], CultureInfo.InvariantCulture));
    }

    private static BagRow Json(string line)
    {
        using var json = JsonDocument.Parse(line);
        var bag = json.RootElement;
        return new(
            bag.GetProperty("qr").GetString(), Text(bag, "parent"), Text(bag, "area"), bag.TryGetProperty("weightKg", out var weight) ? weight.GetDecimal() : null);
    }

    private static string? Text(JsonElement bag, string name) => bag.TryGetProperty(name, out var value) ? value.GetString() : null;
}
