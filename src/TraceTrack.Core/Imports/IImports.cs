using TraceTrack.Paging;
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
    /// <param name="progress">Told at each phase and, while rows are read, every 50,000 of them (by PostgreSQL at least about every second in which rows came); null for silence.</param>
    /// <param name="cancellationToken">Cancels the import, also while it waits for another one into the same empty store; nothing is then changed.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="NotAllowedException">The actor is neither biller nor admin.</exception>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.InvalidImport"/>: the import id is empty, or belongs to a dry run, a real import or a scan log where this is another; or an
    /// option is out of its range.
    /// </exception>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.StoreBusy"/>: work other than an import into the same empty store kept it locked for longer than five seconds.</exception>
    ValueTask<ImportReport> ImportAsync(
        IAsyncEnumerable<BagRow> rows, ImportOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends the scan log of an earlier system, all or nothing. The rows are history: they change no bag, keep no receipt,
    /// and are counted in the totals. All rows are read before the first is stored, so the store stays open however long they take.
    /// </summary>
    /// <param name="scans">Log rows; <see cref="Scan.EventId"/> is ignored and drawn anew.</param>
    /// <param name="options">How to import.</param>
    /// <param name="progress">Told every 50,000 rows, and as above; null for silence.</param>
    /// <param name="cancellationToken">Cancels the import; nothing is then changed.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidImport"/>: the import id is empty, or a row is a replay.</exception>
    ValueTask<ImportReport> ImportScansAsync(
        IAsyncEnumerable<Scan> scans, ImportOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>The report of an import, a dry run, or an import of a scan log that was committed.</summary>
    /// <param name="importId">Identity of the import.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The report as the import gave it; null when no import of this id was committed.</returns>
    /// <exception cref="NotAllowedException">The actor is neither biller nor admin.</exception>
    ValueTask<ImportReport?> FindAsync(Guid importId, CancellationToken cancellationToken = default);

    /// <summary>One page of the reports of all imports that were committed, dry runs among them, by key: the newest first.</summary>
    /// <param name="page">Size, direction and cursor.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="NotAllowedException">The actor is neither biller nor admin.</exception>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidCursor"/>.</exception>
    ValueTask<Page<ImportReport>> ListAsync(PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>One page of the results of an import, rows rejected and bags kept, ordered by their place in the file.</summary>
    /// <param name="importId">Identity of the import; an unknown one has no rows.</param>
    /// <param name="page">Size, direction and cursor.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="NotAllowedException">The actor is neither biller nor admin.</exception>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidCursor"/>.</exception>
    ValueTask<Page<RowResult>> ListResultsAsync(Guid importId, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>Reads all results of an import, rows rejected and bags kept, ordered by their place in the file.</summary>
    /// <param name="importId">Identity of the import; an unknown one has no rows.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The results, streamed.</returns>
    /// <exception cref="NotAllowedException">The actor is neither biller nor admin.</exception>
    IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, CancellationToken cancellationToken = default);
}
