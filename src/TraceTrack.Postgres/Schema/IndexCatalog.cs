using System.Text.RegularExpressions;

namespace TraceTrack.Postgres;

/// <summary>An index the library wants, as its line in one of the migrations says.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Table">Its table, without schema.</param>
/// <param name="Statement">The whole statement, without the semicolon.</param>
/// <param name="Purpose">The query it serves.</param>
internal sealed record IndexDefinition(string Name, string Table, string Statement, string Purpose)
{
    public bool NeedsTrigrams => Statement.Contains(IndexCatalog.TrigramOperators, StringComparison.Ordinal);
}

/// <summary>The wanted indexes, read from the SQL that administrators read too. One that a migration takes away is not wanted any more.</summary>
internal static partial class IndexCatalog
{
    public const string TrigramOperators = "gin_trgm_ops";

    public static IReadOnlyList<IndexDefinition> All { get; } = Read(Migration.All);

    private static List<IndexDefinition> Read(IEnumerable<Migration> migrations)
    {
        var wanted = new List<IndexDefinition>();
        foreach (var migration in migrations)
        {
            var dropped = Dropped().Matches(migration.Sql).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
            wanted.RemoveAll(index => dropped.Contains(index.Name));
            wanted.AddRange(Line().Matches(migration.Sql).Select(match => new IndexDefinition(
                match.Groups["name"].Value, match.Groups["table"].Value, match.Groups["statement"].Value, match.Groups["purpose"].Value)));
        }

        return wanted;
    }

    [GeneratedRegex(
        @"^(?<statement>CREATE (UNIQUE )?INDEX IF NOT EXISTS (?<name>\w+) ON tracetrack\.(?<table>\w+) .*); -- (?<purpose>.*)$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"^DROP INDEX IF EXISTS tracetrack\.(?<name>\w+);", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dropped();
}
