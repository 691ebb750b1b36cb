using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;

namespace TraceTrack.History;

/// <summary>Storage side of histories. Applications use <see cref="IHistory"/>. An area given limits everything to bags and scans of that area.</summary>
public interface IHistoryStore
{
    /// <summary>Reads the contents of a parent at a moment.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="at">The moment, in whole microseconds.</param>
    /// <param name="area">The one area that parent and children must be of; null for all.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The stays, ordered by the child's code.</returns>
    ValueTask<IReadOnlyList<Stay>> ContentsAtAsync(QrCode parent, DateTimeOffset at, string? area, CancellationToken cancellationToken);

    /// <summary>Reads the stay of a child at a moment.</summary>
    /// <param name="child">The child.</param>
    /// <param name="at">The moment, in whole microseconds.</param>
    /// <param name="area">The one area that parent and child must be of; null for all.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The stay, or null.</returns>
    ValueTask<Stay?> ParentAtAsync(QrCode child, DateTimeOffset at, string? area, CancellationToken cancellationToken);

    /// <summary>Reads one slice of a bag's history, newest first.</summary>
    /// <param name="qr">The bag.</param>
    /// <param name="area">The one area that the bag and the scans must be of; other bags of other areas are not named. Null for all.</param>
    /// <param name="slice">Where to start (exclusive), which way, and how many rows at most.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Rows in the direction of the slice: oldest first when it goes backward.</returns>
    ValueTask<IReadOnlyList<HistoryEntry>> OfBagAsync(QrCode qr, string? area, Slice<HistoryPosition> slice, CancellationToken cancellationToken);

    /// <summary>Reads one slice of a bill's history, newest first.</summary>
    /// <param name="number">The bill.</param>
    /// <param name="area">Bags of other areas are not named, nor the facts of their scans. Null for all.</param>
    /// <param name="slice">Where to start (exclusive), which way, and how many rows at most.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Rows in the direction of the slice: oldest first when it goes backward.</returns>
    ValueTask<IReadOnlyList<HistoryEntry>> OfBillAsync(BillNumber number, string? area, Slice<HistoryPosition> slice, CancellationToken cancellationToken);
}
