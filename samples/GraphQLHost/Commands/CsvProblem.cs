namespace GraphQLHost.Commands;

/// <summary>A record that could not be read.</summary>
/// <param name="Row">Its place in the file; the heading's is 0.</param>
/// <param name="Start">What its line begins with.</param>
/// <param name="Reason">Why, for a person.</param>
internal readonly record struct CsvProblem(long Row, string Start, string Reason)
{
    /// <summary>What stands in a column, as far as that can be told; null when the line ends before.</summary>
    public string? Field(int place)
    {
        var rest = Start.AsSpan();
        while (true)
        {
            var isQuoted = rest.StartsWith('"');
            if (isQuoted)
                rest = rest[1..];
            var end = isQuoted ? rest.IndexOf('"') : -1;
            if (end < 0)
                end = rest.IndexOf(',');
            if (place-- == 0)
                return new(end < 0 ? rest : rest[..end]);
            var comma = end < 0 ? -1 : rest[end..].IndexOf(',');
            if (comma < 0)
                return null;
            rest = rest[(end + comma + 1)..];
        }
    }
}
