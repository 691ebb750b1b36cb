using System.Text;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>
/// GraphQL.NET's parser writes the line of an error into its message, with a space for each column before it, one string after the other: an error
/// at the end of a line of 60,000 characters takes seconds and gigabytes. So documents with long lines are parsed with their lines broken
/// between tokens first.
/// </summary>
internal sealed class LongLines
{
    private const int LongestLine = 1_000;

    /// <summary>Of a name, a number or a text, which cannot be broken. Longer texts are for variables.</summary>
    private const int LongestToken = 4_096;

    private readonly string _document;
    private readonly StringBuilder _broken = new();
    private readonly List<int> _breaks = [];
    private int _copied;
    private int _lineStart;

    private LongLines(string document) => _document = document;

    /// <value>True when a token is too long, or a text has no end.</value>
    public bool IsRefused { get; private set; }

    /// <value>The document with its lines broken; it means the same.</value>
    public string Broken { get; private set; } = "";

    /// <returns>Null when every line is short.</returns>
    public static LongLines? Find(string document)
    {
        foreach (var line in document.AsSpan().EnumerateLines())
        {
            if (line.Length > LongestLine)
                return new LongLines(document).Break();
        }

        return null;
    }

    /// <summary>Where something of the broken document stands in the original; lines and columns count from 1.</summary>
    public (int Line, int Column) Original(int line, int column)
    {
        var place = PlaceOf(line, column);
        place = Math.Clamp(place - _breaks.Count(at => at < place), 0, _document.Length);
        var before = _document.AsSpan(0, place);
        var start = before.LastIndexOfAny('\n', '\r') + 1;
        return (before.Count('\n') + before.Count('\r') - before.Count("\r\n") + 1, place - start + 1);
    }

    private int PlaceOf(int line, int column)
    {
        var start = 0;
        for (; line > 1 && Broken.AsSpan(start).IndexOfAny('\n', '\r') is >= 0 and var end; line--)
            start += end + (Broken.AsSpan(start + end).StartsWith("\r\n") ? 2 : 1);
        return start + column - 1;
    }

    private LongLines Break()
    {
        for (var at = 0; at < _document.Length && !IsRefused;)
        {
            if (at - _lineStart >= LongestLine)
                BreakBefore(at);
            var length = LengthOf(_document.AsSpan(at));
            var token = _document.AsSpan(at, length);
            IsRefused = length > LongestToken && token[0] is not '#';
            at += length;
            if (token.LastIndexOfAny('\n', '\r') is >= 0 and var end)
                _lineStart = at - length + end + 1;
        }

        Broken = _broken.Append(_document, _copied, _document.Length - _copied).ToString();
        return this;
    }

    private void BreakBefore(int at)
    {
        _broken.Append(_document, _copied, at - _copied);
        _breaks.Add(_broken.Length);
        _broken.Append('\n');
        (_copied, _lineStart) = (at, at);
    }

    private static int LengthOf(ReadOnlySpan<char> text) => text[0] switch
    {
        '"' when text.StartsWith("\"\"\"") => OfBlock(text),
        '"' => OfText(text),
        '#' => text.IndexOfAny('\n', '\r') is >= 0 and var end ? end : text.Length,
        var c when IsOfWord(c) => OfWord(text),
        _ => 1,
    };

    // Dots too: those of a spread belong together.
    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '+' or '-';

    private static int OfWord(ReadOnlySpan<char> text)
    {
        var length = 1;
        while (length < text.Length && IsOfWord(text[length]))
            length++;
        return length;
    }

    private static int OfText(ReadOnlySpan<char> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] is '"' or '\n' or '\r')
                return at + 1;
        }

        return text.Length;
    }

    private static int OfBlock(ReadOnlySpan<char> text)
    {
        for (var at = 3; ; at += 3)
        {
            var end = text[Math.Min(at, text.Length)..].IndexOf("\"\"\"");
            if (end < 0)
                return text.Length;
            at += end;
            if (text[at - 1] != '\\')
                return at + 3;
        }
    }
}
