using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;

namespace TraceTrack.History;

/// <summary>
/// What was, as one actor may see it. Everything runs on the server's time (RecordedAt); a deleted bag takes its stays out of sight.
/// Who may see a bag today may see its past.
/// </summary>
public interface IHistory
{
    /// <summary>The children that were in a parent at a moment.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="at">The moment; cut to microseconds.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Their stays, ordered by the child's code; none when there is no such parent, or none that the actor may see.</returns>
    ValueTask<IReadOnlyList<Stay>> ContentsAtAsync(QrCode parent, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>The parent a child was in at a moment.</summary>
    /// <param name="child">The child.</param>
    /// <param name="at">The moment; cut to microseconds.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The stay; null when it was in none, or in one that the actor may not see, or is none that the actor may see.</returns>
    ValueTask<Stay?> ParentAtAsync(QrCode child, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>
    /// One page of what happened to a bag, newest first: the import that brought it; the scans that name it, as the scanned one or as the
    /// parent, rejected ones among them; and the stays, a child's own and those in a parent, whose beginning or end no scan of the log tells. What came into a parent
    /// by the very import that brought the parent is not told one by one. A dispatcher sees the own area's scans.
    /// </summary>
    /// <param name="qr">The bag.</param>
    /// <param name="page">Size, direction and cursor.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The page; empty when there is no such bag, or none that the actor may see.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidPage"/> or <see cref="ErrorCodes.InvalidCursor"/>.</exception>
    ValueTask<Page<HistoryEntry>> OfBagAsync(QrCode qr, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>
    /// One page of what happened to a bill, newest first: its creation, the scans that name it, rejected ones among them, its completion and
    /// the like. It goes by the number: what deleted bills of the same number went through stands before. For whoever sees the bill's figures; a dispatcher sees no codes of other areas' parents.
    /// </summary>
    /// <param name="number">The bill.</param>
    /// <param name="page">Size, direction and cursor.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The page; empty when there never was such a bill.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidPage"/> or <see cref="ErrorCodes.InvalidCursor"/>.</exception>
    ValueTask<Page<HistoryEntry>> OfBillAsync(BillNumber number, PageRequest page, CancellationToken cancellationToken = default);
}
