using TraceTrack.Paging;

namespace TraceTrack.Scans;

/// <summary>Scans as one actor may record them.</summary>
public interface IScans
{
    /// <summary>Records a scan. A refusal is an answer, not an exception, and stands in the log like any other scan.</summary>
    /// <param name="scan">What was scanned.</param>
    /// <param name="cancellationToken">Cancels the wait; the outcome may then be either, and sending the same scan again is safe.</param>
    /// <returns>Outcome, reason, and the bags and bill as they stand after it.</returns>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.InvalidScan"/>: its time is more than five minutes ahead of the server's. Nothing is recorded or logged.
    /// </exception>
    ValueTask<ScanResult> RecordAsync(RecordScan scan, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records many scans at once, of any mixture of actions, in one transaction and two round trips: the way to link many children to many
    /// parents, or to load many parents onto bills. Each scan is decided in order and sees the ones before it; one that is refused stops no other.
    /// All are checked before any is recorded: one that is no scan at all makes the batch an error, which names its position.
    /// </summary>
    /// <param name="scans">0–10,000 scans. One id twice is a repeat, and is answered as one.</param>
    /// <param name="cancellationToken">Cancels the wait; the outcome may then be either, and sending the same scans again is safe.</param>
    /// <returns>One answer a scan, in the same order; the bags and bills in them as they stand after the whole batch.</returns>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.InvalidScan"/>: too many; or one is null, or its time is more than five
    /// minutes ahead of the server's. Nothing is recorded or logged then: send the others without it, and it again with a time that is true, or none.
    /// </exception>
    ValueTask<IReadOnlyList<ScanResult>> RecordManyAsync(IReadOnlyList<RecordScan> scans, CancellationToken cancellationToken = default);

    /// <summary>
    /// One page of the scan log, newest first, rejections among the rest; a dispatcher sees the own area's, in which codes of bags outside it
    /// (where a child came from, what an Undo was about) are left out.
    /// </summary>
    /// <param name="filter">Which rows.</param>
    /// <param name="page">Size, direction and cursor.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidPage"/>, <see cref="ErrorCodes.InvalidCursor"/> or <see cref="ErrorCodes.InvalidArea"/>.</exception>
    ValueTask<Page<Scan>> ListAsync(ScanFilter filter, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>
    /// The log as a durable feed: what was committed after a position, in an order that no late commit slips into. Keep the page's position
    /// with what you made of its scans, and ask on from there; each scan comes once. Rejections are among them, imported logs too; a scan
    /// whose month was archived before it was read is not. Reading is one statement and waits for nothing.
    /// </summary>
    /// <param name="after">The position to go on from; null for the beginning.</param>
    /// <param name="limit">1–1,000 rows to look at. A dispatcher sees the own area's of them, as a list shows them, so a page may hold fewer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.InvalidPage"/>; or <see cref="ErrorCodes.InvalidCursor"/>: the position lies beyond what this store has written,
    /// as when the database was restored from a dump.
    /// </exception>
    ValueTask<ScanFeedPage> ReadAfterAsync(EventPosition? after, int limit = 200, CancellationToken cancellationToken = default);

    /// <summary>Where the feed ends now, for who wants what comes and not what was: every scan that is committed later comes after it.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A position for <see cref="ReadAfterAsync"/>. Scans that were committed just before may come after it too.</returns>
    ValueTask<EventPosition> FindFeedEndAsync(CancellationToken cancellationToken = default);

    /// <summary>Events that the application has read for all, as this actor may see them: one reader of the feed can so serve many actors.</summary>
    /// <param name="events">Events as <see cref="Users.Actor.System"/> reads them.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Those the actor may see, in the same order, with what <see cref="ReadAfterAsync"/> leaves out left out.</returns>
    ValueTask<IReadOnlyList<ScanEvent>> ShowAsync(IReadOnlyList<ScanEvent> events, CancellationToken cancellationToken = default);
}
