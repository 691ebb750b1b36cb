using TraceTrack;
using TraceTrack.Imports;

namespace GraphQLHost.Commands;

/// <summary>
/// Reads bags from a file, a row at a time. What is wrong with one bag is left to the import, which refuses that row and takes the others; a row
/// that cannot be read has a <see cref="BagRow.Problem"/>.
/// </summary>
internal interface IBagReader
{
    /// <summary>Reads all rows; once.</summary>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidImport"/>, with the line: the file has no heading that tells its columns.</exception>
    IAsyncEnumerable<BagRow> RowsAsync(CancellationToken cancellationToken = default);

    /// <summary>The line of a row that was read; rows are counted from 1, and so are lines. Null in a file with too many blank lines to remember.</summary>
    long? LineOf(long row);
}
