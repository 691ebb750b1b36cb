using TraceTrack.Scans;

namespace TraceTrack.Imports;

/// <summary>Bulk loads: bags for billers and admins, scan logs for admins.</summary>
public interface IImports
{
    /// <summary>
    /// Imports bags, in any order, into an empty or a full store: all that can be taken, or (when it fails or is cancelled) nothing. A row that is not
    /// taken, and one whose bag is kept, has a <see cref="RowResult"/>, committed together with the bags; it does not stop the others,
    /// unless <see cref="ImportOptions.OnError"/> says so.
    /// </summary>
    /// <remarks>
    /// Each row is checked by itself, then against the earlier rows of the file (of one code the first well-formed row counts, also when it is
    /// rejected later), then against the store. A parent takes newcomers in the order of their rows, as many as it had seats before; seats that this
    /// import frees are not given again, so that the result does not depend on order. A parent on a bill takes none. Known bags:
    /// <see cref="ImportOptions.OnExisting"/>. What an import changes has one time, one version, and the import's key where it brought a child into its parent.
    /// </remarks>
    /// <param name="rows">The rows; read once. What they throw ends the import and is rethrown.</param>
    /// <param name="options">How to import.</param>
    /// <param name="progress">Told about every 50,000 rows and at each phase; null for silence.</param>
    /// <param name="cancellationToken">Cancels the import; nothing is then changed.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="NotAllowedException">The actor is neither biller nor admin.</exception>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.InvalidImport"/>: the import id is empty, or belongs to a dry run, a real import or a scan log where this is another; or an
    /// option is out of its range.
    /// </exception>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.StoreBusy"/>: others kept the store locked for longer than five seconds.</exception>
    ValueTask<ImportReport> ImportAsync(
        IAsyncEnumerable<BagRow> rows, ImportOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends the scan log of an earlier system, all or nothing. The rows are history: they change no bag, keep no receipt,
    /// and are counted in the totals. All rows are read before the first is stored, so the store stays open however long they take.
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

    /// <summary>Reads the results of an import, rows rejected and bags kept, ordered by their place in the file.</summary>
    /// <param name="importId">Identity of the import; an unknown one has no rows.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The results, streamed.</returns>
    /// <exception cref="NotAllowedException">The actor is neither biller nor admin.</exception>
    IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, CancellationToken cancellationToken = default);
}
