using TraceTrack.Bags;

namespace TraceTrack.Exports;

/// <summary>Bags as a stream. For everyone who may read bags; whose reading ends at an area gets that area's.</summary>
public interface IExports
{
    /// <summary>
    /// Writes bags as they all stood at one moment: parents first, then children, each by code. What was written imports into an empty store as
    /// the same bags, but for keys, times and versions. Memory does not grow with the bags; the store keeps that moment until the end.
    /// </summary>
    /// <param name="filter">Which bags.</param>
    /// <param name="format">How to write them.</param>
    /// <param name="destination">Where to; flushed at the end and left open. What it throws ends the export and is rethrown.</param>
    /// <param name="progress">Told about every 50,000 bags and at the end; null for silence.</param>
    /// <param name="cancellationToken">Ends the export; what was written by then stays written, and ends anywhere.</param>
    /// <returns>How many bags were written; the heading is none. 0 for an actor who may read nothing.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidArea"/>: the filter's area is none.</exception>
    ValueTask<long> ExportAsync(
        BagFilter filter, ExportFormat format, Stream destination, IProgress<ExportProgress>? progress = null, CancellationToken cancellationToken = default);
}
