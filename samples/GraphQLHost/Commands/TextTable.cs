namespace GraphQLHost.Commands;

/// <summary>Columns of equal width, for people and for files alike.</summary>
internal static class TextTable
{
    /// <param name="output">Where to.</param>
    /// <param name="rows">The first one is the heading.</param>
    /// <param name="numbers">Places of columns to align on the right.</param>
    public static async Task WriteAsync(TextWriter output, IReadOnlyList<string[]> rows, params int[] numbers)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => numbers.Contains(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            await output.WriteLineAsync(string.Join("  ", cells).TrimEnd());
        }
    }
}
