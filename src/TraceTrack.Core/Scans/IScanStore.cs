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

    /// <summary>Reads the log in the order of its feed; nothing that was read can be preceded by a later commit.</summary>
    /// <param name="after">Start beyond this position; null for the beginning.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Rows in order; null when the position lies beyond what this store has written.</returns>
    ValueTask<IReadOnlyList<ScanEvent>?> ReadAfterAsync(EventPosition? after, int limit, CancellationToken cancellationToken);

    /// <summary>Finds a position that everything committed from now on comes after.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The position; as close to the end as can be told.</returns>
    ValueTask<EventPosition> FindFeedEndAsync(CancellationToken cancellationToken);
}
