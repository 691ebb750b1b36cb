using System.Text.Json;
using System.Text.Json.Serialization;
using TraceTrack.Imports;

namespace TraceTrack.Postgres;

/// <summary>Reports as import.report keeps them. Generated code, so that trimmed applications read them too.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ImportReport))]
internal sealed partial class ImportJson : JsonSerializerContext
{
    public static string Write(ImportReport report) => JsonSerializer.Serialize(report, Default.ImportReport);

    public static ImportReport Read(string json) => JsonSerializer.Deserialize(json, Default.ImportReport)!;
}
