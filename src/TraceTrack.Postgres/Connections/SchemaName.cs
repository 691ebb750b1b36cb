using System.Collections.Concurrent;

namespace TraceTrack.Postgres;

/// <summary>
/// Puts the configured schema into SQL. The constants name the default one, so they can be read, prepared and explained as they stand;
/// with another schema each is rewritten once.
/// </summary>
internal sealed class SchemaName(string name)
{
    private const string Prefix = PostgresOptions.DefaultSchemaName + ".";

    private readonly ConcurrentDictionary<string, string> _rewritten = new(StringComparer.Ordinal);

    public string Name => name;

    public string Create => $"CREATE SCHEMA IF NOT EXISTS {name};\n";

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= 63 } && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    public string Sql(string sql) => name == PostgresOptions.DefaultSchemaName
        ? sql
        : _rewritten.GetOrAdd(sql, static (text, schema) => text.Replace(Prefix, schema + ".", StringComparison.Ordinal), name);
}
