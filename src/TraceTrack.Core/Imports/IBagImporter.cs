using TraceTrack.Paging;
using TraceTrack.Scans;

namespace TraceTrack.Imports;

/// <summary>Storage side of imports. Applications use <see cref="IImports"/>.</summary>
public interface IBagImporter
{
    /// <inheritdoc cref="IImports.ImportAsync"/>
    ValueTask<ImportReport> ImportAsync(
        IAsyncEnumerable<BagRow> rows, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken);

    /// <inheritdoc cref="IImports.ImportScansAsync"/>
    ValueTask<ImportReport> ImportScansAsync(
        IAsyncEnumerable<Scan> scans, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken);

    /// <inheritdoc cref="IImports.FindAsync"/>
    ValueTask<ImportReport?> FindAsync(Guid importId, CancellationToken cancellationToken);

    /// <summary>Reads reports of imports, ordered by key, the highest first.</summary>
    /// <param name="slice">Which ones; a position is a key.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The reports, in the slice's order.</returns>
    ValueTask<IReadOnlyList<ImportReport>> ListAsync(Slice<long> slice, CancellationToken cancellationToken);

    /// <summary>Reads results of an import, ordered by their place in the file.</summary>
    /// <param name="importId">Identity of the import; an unknown one has no rows.</param>
    /// <param name="slice">Which ones; a position is the place of a row.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The results, in the slice's order.</returns>
    ValueTask<IReadOnlyList<RowResult>> ListResultsAsync(Guid importId, Slice<long> slice, CancellationToken cancellationToken);

    /// <inheritdoc cref="IImports.ReadResultsAsync"/>
    IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, CancellationToken cancellationToken);
}
