using TraceTrack.Paging;

namespace TraceTrack.Scans;

/// <summary>Storage of scans, unscoped. Applications use <see cref="IScans"/>.</summary>
public interface IScanStore
{
    /// <summary>Locks what a batch of scans concerns, asks for a decision and writes it, all in one transaction.</summary>
    /// <param name="request">What to lock and show.</param>
    /// <param name="decide">A pure function; it runs again with fresh rows when the locked ones turn out stale.</param>
    /// <param name="cancellationToken">Cancels the wait; after the commit has been sent, the outcome may be either: repeat with the same ids.</param>
    /// <returns>What was written.</returns>
    ValueTask<ScanCommit> RecordAsync(ScanRequest request, Func<ScanState, ScanChanges> decide, CancellationToken cancellationToken);

    /// <summary>Reads one slice of the scan log, newest first.</summary>
    /// <param name="filter">Which rows; its area is the one allowed.</param>
    /// <param name="slice">Where to start (exclusive), which way, and how many rows at most.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Rows in the direction of the slice: oldest first when it goes backward.</returns>
    ValueTask<IReadOnlyList<Scan>> ListAsync(ScanFilter filter, Slice<ScanPosition> slice, CancellationToken cancellationToken);
}
