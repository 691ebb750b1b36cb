namespace GraphQLHost.Commands;

/// <summary>The first record of a text of CSV: how far it goes, and why it cannot be read.</summary>
/// <param name="Length">Its characters, its line end among them; 0 when more of the text is needed to tell.</param>
/// <param name="Content">Its characters before the line end.</param>
/// <param name="Lines">The lines it takes.</param>
/// <param name="Problem">
/// Why it cannot be read; null when it can. Then it is the first line alone, so that one quote too many costs one line and not those behind it.
/// </param>
/// <param name="IsCut">Whether the line goes on: it is longer than what is looked at.</param>
internal readonly record struct CsvRecord(int Length, int Content, int Lines, string? Problem = null, bool IsCut = false)
{
    /// <summary>The most characters of a record.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>A quote that is never closed takes in what is behind it, which is read again afterwards: so not without end.</summary>
    public const int MostLines = 100;

    private static readonly string TooLong = $"A row of more than {Longest} characters; perhaps a quote is not closed.";
    private static readonly string NotClosed = $"A quote is not closed within {MostLines} lines, or the end of the file.";

    /// <param name="text">The text, from the record's first character on; not empty.</param>
    /// <param name="isWhole">Whether it ends where the file ends.</param>
    public static CsvRecord Find(ReadOnlySpan<char> text, bool isWhole)
    {
        var stop = text.IndexOfAny('\n', '\r', '"');
        var record = stop < 0 ? AtEnd(text, 0, isWhole)
            : text[stop] == '"' ? FindQuoted(text, isWhole)
            : Ended(text, stop, 0, isWhole);
        if ((record.Length == 0 ? text.Length : record.Content) > Longest)
            return FirstLine(text, TooLong, isWhole);
        return record.Problem is { } problem ? FirstLine(text, problem, isWhole) : record;
    }

    private static CsvRecord FindQuoted(ReadOnlySpan<char> text, bool isWhole)
    {
        for (int at = 0, breaks = 0; ; at++)
        {
            if (at < text.Length && text[at] == '"')
            {
                if (!TryClose(text, ref at, ref breaks))
                    return isWhole || breaks >= MostLines ? Broken(NotClosed) : default;
                if (at == text.Length)
                    return AtEnd(text, breaks, isWhole);
                if (text[at] is not (',' or '\n' or '\r'))
                    return Broken("Text follows a closing quote.");
            }
            else
            {
                var stop = text[at..].IndexOfAny(',', '\n', '\r');
                if (stop < 0)
                    return AtEnd(text, breaks, isWhole);
                at += stop;
            }

            if (text[at] != ',')
                return Ended(text, at, breaks, isWhole);
        }
    }

    /// <summary>Goes from an opening quote to behind the closing one.</summary>
    private static bool TryClose(ReadOnlySpan<char> text, ref int at, ref int breaks)
    {
        for (at++; ; at++)
        {
            var stop = text[at..].IndexOfAny('"', '\n', '\r');
            if (stop < 0)
                return false;
            at += stop;
            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            if (text[at] != '"')
            {
                if (next == '\n' && text[at] == '\r')
                    at++;
                if (++breaks >= MostLines)
                    return false;
            }
            else if (next == '"')
            {
                at++;
            }
            else
            {
                at++;
                return true;
            }
        }
    }

    private static CsvRecord AtEnd(ReadOnlySpan<char> text, int breaks, bool isWhole) => isWhole ? new(text.Length, text.Length, breaks + 1) : default;

    private static CsvRecord Ended(ReadOnlySpan<char> text, int content, int breaks, bool isWhole)
    {
        if (text[content] == '\n')
            return new(content + 1, content, breaks + 1);
        if (content + 1 == text.Length)
            return isWhole ? new(text.Length, content, breaks + 1) : default;
        return new(content + (text[content + 1] == '\n' ? 2 : 1), content, breaks + 1);
    }

    private static CsvRecord Broken(string problem) => new(1, 0, 1, problem);

    private static CsvRecord FirstLine(ReadOnlySpan<char> text, string problem, bool isWhole)
    {
        var stop = text.IndexOfAny('\n', '\r');
        var line = stop < 0 ? AtEnd(text, 0, isWhole) : Ended(text, stop, 0, isWhole);
        if (line.Length > 0)
            return line with { Problem = problem };
        // Not yet to its end, which is waited for only when there is room for it.
        return text.Length > Longest ? new(stop < 0 ? text.Length : stop, stop < 0 ? text.Length : stop, 1, problem, IsCut: true) : default;
    }
}
