using TraceTrack.Exports;

namespace GraphQLHost.Commands;

/// <summary>What the name of a file of bags tells.</summary>
internal static class BagFile
{
    /// <summary>NDJSON for .ndjson and .jsonl, CSV for every other name.</summary>
    public static ExportFormat FormatOf(string name) =>
        name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
            ? ExportFormat.NdJson
            : ExportFormat.Csv;

    public static IBagReader Read(Stream stream, string name) => Read(stream, FormatOf(name));

    public static IBagReader Read(Stream stream, ExportFormat format) =>
        format == ExportFormat.NdJson ? new BagJsonReader(stream) : new BagCsvReader(new StreamReader(stream, bufferSize: 64 * 1024));
}
