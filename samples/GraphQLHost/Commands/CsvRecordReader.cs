namespace GraphQLHost.Commands;

/// <summary>
/// Hands the records of a file of CSV on to a parser: those that are not blank, a line feed behind each. A record that the parser would stop at
/// is replaced by one it takes, and told as a <see cref="CsvProblem"/>. Keeps one record at a time.
/// </summary>
internal sealed class CsvRecordReader(TextReader text, RowLines lines) : TextReader
{
    /// <summary>Of a record that cannot be read, what its code is looked for in.</summary>
    private const int KeptOfProblem = 1_000;

    private readonly char[] _buffer = new char[2 * CsvRecord.Longest];
    private readonly Queue<CsvProblem> _problems = [];
    private ReadOnlyMemory<char> _record;
    private int _start;
    private int _end;
    private bool _isLineOwed;
    private bool _isInCutLine;
    private bool _isEnded;
    private long _row;
    private long _line = 1;

    /// <summary>Where the heading is: behind blank lines.</summary>
    public long HeadingLine { get; private set; } = 1;

    /// <summary>Asked for one row after the other, as the parser gives them.</summary>
    public bool TryTakeProblem(long row, out CsvProblem problem) =>
        _problems.TryPeek(out problem) && problem.Row == row && _problems.TryDequeue(out problem);

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var count = Take(buffer.Span);
            if (count > 0 || _isEnded || buffer.IsEmpty)
                return count;
            await FillAsync(cancellationToken);
        }
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public override int Read() => throw new NotSupportedException();

    public override int Peek() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    private int Take(Span<char> into)
    {
        var taken = 0;
        while (taken < into.Length)
        {
            if (!_record.IsEmpty)
            {
                var count = Math.Min(_record.Length, into.Length - taken);
                _record.Span[..count].CopyTo(into[taken..]);
                _record = _record[count..];
                taken += count;
            }
            else if (_isLineOwed)
            {
                into[taken++] = '\n';
                _isLineOwed = false;
            }
            else if ((taken > 0 && _problems.Count > 0) || !TryNext())
            {
                // Problems go out of here before more come, so that a file of nothing else takes no memory.
                break;
            }
        }

        return taken;
    }

    private bool TryNext()
    {
        while (_start < _end)
        {
            var rest = _buffer.AsMemory(_start, _end - _start);
            if (_isInCutLine && !TrySkipCutLine(ref rest))
                return false;
            var record = rest.IsEmpty ? default : CsvRecord.Find(rest.Span, _isEnded);
            if (record.Length == 0)
                return false;
            _start += record.Length;
            _isInCutLine = record.IsCut;
            var line = _line;
            _line += record.Lines;
            var content = rest[..record.Content];
            if (record.Problem is null && content.Span.IsWhiteSpace())
                continue;
            Note(line);
            if (record.Problem is { } problem)
                _problems.Enqueue(new(_row, new(content.Span[..Math.Min(content.Length, KeptOfProblem)]), problem));
            _record = record.Problem is null ? content : "-".AsMemory();
            _isLineOwed = true;
            _row++;
            return true;
        }

        return false;
    }

    /// <summary>The line was told already; what is left of it is nobody's.</summary>
    private bool TrySkipCutLine(ref Memory<char> rest)
    {
        var span = rest.Span;
        var stop = span.IndexOfAny('\n', '\r');
        // A line feed may follow.
        var isOpen = stop >= 0 && span[stop] == '\r' && stop + 1 == span.Length && !_isEnded;
        if (stop < 0 || isOpen)
        {
            _start = isOpen ? _end - 1 : _end;
            return false;
        }

        var skipped = stop + (span[stop] == '\r' && stop + 1 < span.Length && span[stop + 1] == '\n' ? 2 : 1);
        _start += skipped;
        rest = rest[skipped..];
        _isInCutLine = false;
        return true;
    }

    private void Note(long line)
    {
        if (_row == 0)
            HeadingLine = line;
        else
            lines.Note(_row, line);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var kept = _end - _start;
        _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        (_start, _end) = (0, kept);
        do
        {
            var count = await text.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += count;
            _isEnded = count == 0;
        }
        // A record that comes in many small pieces is looked at again each time it has doubled, and not with each piece.
        while (!_isEnded && _end < 2 * kept);
    }
}
