namespace GraphQLHost.Commands;

/// <summary>On which lines the rows of a file are. Kept are only those that were not on the line after the row before.</summary>
/// <param name="first">The line of the first row, when nothing else is noted.</param>
/// <param name="mostJumps">Jumps kept, 16 bytes each: a file of blank lines must not take memory without end. Rows behind the last one have no line.</param>
internal sealed class RowLines(long first, int mostJumps = 1_000_000)
{
    private readonly List<(long Row, long Line)> _jumps = [(1, first)];
    private long _firstUnknown = long.MaxValue;

    /// <summary>Notes the next row's line.</summary>
    public void Note(long row, long line)
    {
        var last = _jumps[^1];
        if (line - row == last.Line - last.Row || row > _firstUnknown)
            return;
        if (_jumps.Count <= mostJumps)
            _jumps.Add((row, line));
        else
            _firstUnknown = row;
    }

    public long? LineOf(long row)
    {
        if (row >= _firstUnknown)
            return null;
        var place = _jumps.BinarySearch((row, long.MaxValue));
        var jump = _jumps[~place - 1];
        return jump.Line + (row - jump.Row);
    }
}
