namespace GraphQLHost.Commands;

/// <summary>On which lines the rows of a file are. Kept are only those that were not on the line after the row before.</summary>
/// <param name="first">The line of the first row, when nothing else is noted.</param>
internal sealed class RowLines(long first)
{
    private readonly List<(long Row, long Line)> _jumps = [(1, first)];

    /// <summary>Notes the next row's line.</summary>
    public void Note(long row, long line)
    {
        if (LineOf(row) != line)
            _jumps.Add((row, line));
    }

    public long LineOf(long row)
    {
        var place = _jumps.BinarySearch((row, long.MaxValue));
        var jump = _jumps[~place - 1];
        return jump.Line + (row - jump.Row);
    }
}
