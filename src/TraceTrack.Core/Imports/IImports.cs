using TraceTrack.Scans;

namespace TraceTrack.Imports;

/// <summary>Bulk loads. For admins.</summary>
public interface IImports
{
    /// <summary>
    /// Imports bags, in any order, into a store without bags: all that can be taken, or (when it fails or is cancelled) nothing.
    /// Rows that cannot be taken do not stop the others; each has a <see cref="RowResult"/>, committed together with the bags.
    /// </summary>
    /// <param name="rows">The rows; read once. What they throw ends the import and is rethrown.</param>
    /// <param name="options">How to import.</param>
    /// <param name="progress">Told about every 50,000 rows and at each phase; null for silence.</param>
    /// <param name="cancellationToken">Cancels the import; nothing is then changed.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidImport"/>: the import id is empty.</exception>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.StoreNotEmpty"/> or <see cref="ErrorCodes.StoreBusy"/>.</exception>
    ValueTask<ImportReport> ImportAsync(
        IAsyncEnumerable<BagRow> rows, ImportOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends the scan log of an earlier system, all or nothing. The rows are history: they change no bag, keep no receipt,
    /// and are counted in the totals.
    /// </summary>
    /// <param name="scans">Log rows; <see cref="Scan.EventId"/> is ignored and drawn anew.</param>
    /// <param name="options">How to import.</param>
    /// <param name="progress">Told about every 50,000 rows; null for silence.</param>
    /// <param name="cancellationToken">Cancels the import; nothing is then changed.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidImport"/>: the import id is empty, or a row is a replay.</exception>
    ValueTask<ImportReport> ImportScansAsync(
        IAsyncEnumerable<Scan> scans, ImportOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the rows an import did not take, ordered by their place in the file.</summary>
    /// <param name="importId">Identity of the import; an unknown one has no rows.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The results, streamed.</returns>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, CancellationToken cancellationToken = default);
}
