using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;

namespace TraceTrack.Caching;

/// <summary>An import changes too many rows to name: it voids everything kept, in this process at once and in the others by one message.</summary>
internal sealed class CachingBagImporter(IBagImporter inner, StoreCache cache) : IBagImporter
{
    public async ValueTask<ImportReport> ImportAsync(
        IAsyncEnumerable<BagRow> rows, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.DryRun)
            return await inner.ImportAsync(rows, options, progress, cancellationToken).ConfigureAwait(false);
        // Also after a failure that is no rule's: the connection may have been lost behind the commit.
        var change = cache.Begin();
        change.MayConcernEverything();
        var report = await change.RunAsync(() => inner.ImportAsync(rows, options, progress, cancellationToken)).ConfigureAwait(false);
        // A replay's too: the process that ran it first may have died before it could tell.
        await change.Bump(CacheScopes.All).CommitAsync().ConfigureAwait(false);
        return report;
    }

    public ValueTask<ImportReport> ImportScansAsync(
        IAsyncEnumerable<Scan> scans, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        inner.ImportScansAsync(scans, options, progress, cancellationToken);

    public ValueTask<ImportReport?> FindAsync(Guid importId, CancellationToken cancellationToken) => inner.FindAsync(importId, cancellationToken);

    public ValueTask<IReadOnlyList<ImportReport>> ListAsync(Slice<long> slice, CancellationToken cancellationToken) => inner.ListAsync(slice, cancellationToken);

    public ValueTask<IReadOnlyList<RowResult>> ListResultsAsync(Guid importId, Slice<long> slice, CancellationToken cancellationToken) =>
        inner.ListResultsAsync(importId, slice, cancellationToken);

    public IAsyncEnumerable<RowResult> ReadResultsAsync(Guid importId, CancellationToken cancellationToken) =>
        inner.ReadResultsAsync(importId, cancellationToken);
}
