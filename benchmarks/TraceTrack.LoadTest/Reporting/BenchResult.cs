using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TraceTrack.LoadTest.Reporting;

/// <summary>What a benchmark found, as artifacts/bench/NAME.json keeps it.</summary>
internal sealed record BenchResult(string Name, DateTimeOffset When, string Machine, bool Quick, IReadOnlyList<BenchRow> Rows)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string ThisMachine => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}");

    /// <returns>The file.</returns>
    public async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine("artifacts", "bench", Name + ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(this, Form) + "\n", cancellationToken);
        return file;
    }
}

internal sealed record BenchRow(string Case, string Subject, string Metric, double Value, string Unit);
