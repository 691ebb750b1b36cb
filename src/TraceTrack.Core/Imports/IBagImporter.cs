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

    /// <inheritdoc cref="IImports.ReadResultsAsync"/>
    IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, CancellationToken cancellationToken);
}
