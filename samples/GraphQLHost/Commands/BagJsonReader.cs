using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using TraceTrack.Imports;

namespace GraphQLHost.Commands;

/// <summary>Reads bags from NDJSON, a line at a time: <c>{"qr":"…","parent":"…","area":"…","weightKg":1.000}</c>. Only qr is needed; null is as good as nothing.</summary>
internal sealed class BagJsonReader(Stream stream) : IBagReader
{
    private const int LongestLine = 64 * 1024;

    private static readonly BagRow TooLong = new(null, Problem: $"A line of more than {LongestLine} bytes.");

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly RowLines _lines = new(1);

    public async IAsyncEnumerable<BagRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: LongestLine, leaveOpen: true));
        var (row, line, isInCutLine) = (1L, 0L, false);
        for (var ended = false; !ended;)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            ended = read.IsCompleted;
            while (TryTakeLine(ref rest, ended, out var text))
            {
                // Its line was told already; what is left of it is nobody's.
                var isTold = isInCutLine;
                isInCutLine = false;
                if (isTold)
                    continue;
                line++;
                if (ParseUnlessBlank(text, line) is not { } bag)
                    continue;
                _lines.Note(row++, line);
                yield return bag;
            }

            if (rest.Length > LongestLine)
            {
                rest = rest.Slice(rest.End);
                if (!isInCutLine)
                {
                    isInCutLine = true;
                    _lines.Note(row++, ++line);
                    yield return TooLong;
                }
            }

            pipe.AdvanceTo(rest.Start, rest.End);
        }

        await pipe.CompleteAsync();
    }

    public long? LineOf(long row) => _lines.LineOf(row);

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, bool ended, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        rest = ended ? rest.Slice(rest.End) : rest;
        return ended && line.Length > 0;
    }

    private static BagRow? ParseUnlessBlank(in ReadOnlySequence<byte> text, long line)
    {
        if (text.Length > LongestLine)
            return TooLong;
        // Nearly every line lies in one piece.
        var bytes = text.IsSingleSegment ? text.FirstSpan : text.ToArray();
        if (line == 1 && bytes.StartsWith(ByteOrderMark))
            bytes = bytes[ByteOrderMark.Length..];
        return bytes.IndexOfAnyExcept(" \t\r"u8) < 0 ? null : BagJson.Parse(bytes);
    }
}
