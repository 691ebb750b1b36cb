using System.Runtime.CompilerServices;
using TraceTrack;
using TraceTrack.Exports;
using TraceTrack.Imports;

namespace GraphQLHost.Commands;

/// <summary>The bags of one file or body, counted, and the lines they were on.</summary>
internal sealed class ImportedFile(Stream stream, ExportFormat format)
{
    private readonly IBagReader _reader = BagFile.Read(stream, format);
    private bool _isOpen;
    private long _rows;

    public async IAsyncEnumerable<BagRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _isOpen = true;
        await foreach (var row in _reader.RowsAsync(cancellationToken))
        {
            _rows++;
            yield return row;
        }
    }

    /// <summary>The repeat of an import reads no rows, but its results are told by their lines.</summary>
    public async Task ReadIfUnreadAsync(CancellationToken cancellationToken)
    {
        if (_isOpen)
            return;
        try
        {
            await foreach (var _ in RowsAsync(cancellationToken))
            {
            }
        }
        catch (InvalidInputException)
        {
            // Another file than the first time, which changes nothing: its rows are counted as far as they go.
        }
    }

    /// <returns>Null when this is not the file that was imported: it has another number of rows.</returns>
    public long? LineOf(long row, ImportReport report) => _rows == report.RowsRead ? _reader.LineOf(row) : null;
}
