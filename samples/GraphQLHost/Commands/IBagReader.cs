using TraceTrack;
using TraceTrack.Imports;

namespace GraphQLHost.Commands;

/// <summary>
/// Reads bags from a file, a row at a time. What breaks the file ends the import with the line; what is wrong with one bag is left to the
/// import, which refuses that row and takes the others.
/// </summary>
internal interface IBagReader
{
    /// <summary>Reads all rows; once.</summary>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidImport"/>, with the line.</exception>
    IAsyncEnumerable<BagRow> RowsAsync(CancellationToken cancellationToken = default);

    /// <summary>The line of a row that was read; rows are counted from 1, and so are lines.</summary>
    long LineOf(long row);
}
