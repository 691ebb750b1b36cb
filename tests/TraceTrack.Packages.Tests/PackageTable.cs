namespace TraceTrack.Packages.Tests;

/// <summary>What each package depends on beside the abstractions of Microsoft.Extensions. A new line here is a decision, not an accident.</summary>
internal static class PackageTable
{
    private static readonly Dictionary<string, string[]> Dependencies = new(StringComparer.Ordinal)
    {
        ["TraceTrack.Core"] = [],
        ["TraceTrack.Postgres"] = ["TraceTrack.Core", "Microsoft.Extensions.Diagnostics.HealthChecks", "Npgsql", "Polly.Core"],
        ["TraceTrack.Caching"] =
        [
            "TraceTrack.Core", "Microsoft.Extensions.Caching.Memory", "Microsoft.Extensions.Diagnostics.HealthChecks", "StackExchange.Redis",
        ],
    };

    public static IReadOnlyList<string> Ids { get; } = [.. Dependencies.Keys];

    public static IEnumerable<TheoryDataRow<string>> Rows => Ids.Select(id => new TheoryDataRow<string>(id));

    public static IReadOnlyList<string> DependenciesOf(string id) => Dependencies[id];
}
