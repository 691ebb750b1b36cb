using TraceTrack.Bags;

namespace TraceTrack.Exports;

/// <summary>Storage side of exports, without scope: the filter's area is normalised and allowed. Applications use <see cref="IExports"/>.</summary>
public interface IBagExporter
{
    /// <inheritdoc cref="IExports.ExportAsync"/>
    ValueTask<long> ExportAsync(
        BagFilter filter, ExportFormat format, Stream destination, IProgress<ExportProgress>? progress, CancellationToken cancellationToken);
}
