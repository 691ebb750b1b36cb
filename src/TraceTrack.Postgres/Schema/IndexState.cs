using System.Text.RegularExpressions;
using Npgsql;
using static TraceTrack.Postgres.Commands;

namespace TraceTrack.Postgres;

/// <summary>What is amiss with the indexes.</summary>
/// <param name="Missing">Wanted ones that do not exist.</param>
/// <param name="Invalid">Existing ones that no query can use, a team's own among them.</param>
internal sealed record IndexState(IReadOnlyList<IndexDefinition> Missing, IReadOnlyList<InvalidIndex> Invalid)
{
    public static async ValueTask<IndexState> ReadAsync(NpgsqlConnection connection, Database database, CancellationToken cancellationToken)
    {
        var command = connection.Command(IndexSql.State, Parameter(database.Schema.Name));
        await using var _ = command.ConfigureAwait(false);
        var found = await command.ReadAllAsync(
            row => (Index: new InvalidIndex(row.GetString(0), row.GetString(1), row.GetBoolean(3)), IsValid: row.GetBoolean(2)), cancellationToken)
            .ConfigureAwait(false);
        if (found.Count == 0)
            throw new TraceTrackException(ErrorCodes.SchemaMismatch, $"The schema {database.Schema.Name} holds no tables of TraceTrack. Migrate first.");
        var names = found.Select(row => row.Index.Name).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. IndexCatalog.All.Where(index => !names.Contains(index.Name))],
            [.. found.Where(row => !row.IsValid).Select(row => row.Index)]);
    }
}

/// <summary>An index that no query can use.</summary>
/// <param name="Table">Its table, or partition of one.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsPartitioned">Whether it is the sum of its partitions' indexes.</param>
internal sealed partial record InvalidIndex(string Table, string Name, bool IsPartitioned)
{
    /// <summary>REINDEX CONCURRENTLY leaves its unfinished copy under such a name.</summary>
    public bool IsLeftOver => LeftOver().IsMatch(Name);

    [GeneratedRegex("_cc(new|old)[0-9]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LeftOver();
}
