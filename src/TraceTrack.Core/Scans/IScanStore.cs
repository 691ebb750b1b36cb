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
}
