using System.Text.Json;

namespace TraceTrack.LoadTest.Report;

/// <summary>What a bench wrote to artifacts/bench/NAME.json.</summary>
internal sealed record BenchFile(string Name, DateTimeOffset When, string Machine, bool Quick, IReadOnlyList<BenchRow> Rows)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Command => $"./bench {Name}{(Quick ? " --quick" : "")}";

    /// <exception cref="JsonException">It is not what a bench writes.</exception>
    public static BenchFile Parse(string json)
    {
        var file = JsonSerializer.Deserialize<BenchFile>(json, Json);
        return file is { Name: not null, Machine: not null, Rows: not null } && file.Rows.All(row => row is { Case: not null, Subject: not null, Metric: not null, Unit: not null })
            ? file
            : throw new JsonException("A name, a machine and rows of case, subject, metric, value and unit are expected.");
    }

    /// <returns>Null when there is none.</returns>
    public static async Task<BenchFile?> ReadAsync(string folder, string name, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, name + ".json");
        return File.Exists(path) ? Parse(await File.ReadAllTextAsync(path, cancellation)) : null;
    }

    /// <returns>Null when it was not measured.</returns>
    public double? Value(string @case, string subject, string metric) =>
        Rows.FirstOrDefault(row => row.Case == @case && row.Subject == subject && row.Metric == metric)?.Value;
}
