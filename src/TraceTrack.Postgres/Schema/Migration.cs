using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TraceTrack.Postgres;

/// <summary>One numbered SQL file, as embedded in the package.</summary>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>Every migration, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    /// <summary>The number of the last.</summary>
    public static int Newest => All[^1].Version;

    /// <summary>SHA-256 of the file, so that an edited one is noticed instead of silently skipped.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    private static Migration[] Load()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                return new Migration(
                    int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture),
                    name[5..^4],
                    reader.ReadToEnd().ReplaceLineEndings("\n"));
            })];
    }
}
