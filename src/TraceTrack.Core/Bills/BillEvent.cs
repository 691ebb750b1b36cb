using TraceTrack.History;

namespace TraceTrack.Bills;

/// <summary>What somebody did to a bill other than by a scan. Append-only; a part of the bill's history.</summary>
/// <param name="BillId">Key of the bill.</param>
/// <param name="At">When (the server's time): the bill's <see cref="Bill.ChangedAt"/> after it.</param>
/// <param name="Kind">What: Created, Resized, Completed, Reopened, Recalculated or Deleted. The number is stored.</param>
/// <param name="ActorId">Who.</param>
/// <param name="Version">The version it gave the bill.</param>
public sealed record BillEvent(long BillId, DateTimeOffset At, HistoryKind Kind, string ActorId, long Version)
{
    /// <summary>Of a deletion the number the bill had, since the row that tells it is gone; else null.</summary>
    public BillNumber? Number { get; init; }

    /// <summary>What a change of a bill adds to its history.</summary>
    /// <param name="before">The bill as it stood.</param>
    /// <param name="after">The bill as it is written, with its new version.</param>
    /// <param name="change">What was decided.</param>
    /// <returns>The event; null when nothing of it is history, or nobody is to be named.</returns>
    public static BillEvent? Of(Bill before, Bill after, BillChange change)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(change);
        HistoryKind? kind = (before.Status == BillStatus.Completed, after.Status == BillStatus.Completed) switch
        {
            _ when change.IsDeletion => HistoryKind.Deleted,
            _ when change.IsRecount => HistoryKind.Recalculated,
            (false, true) => HistoryKind.Completed,
            (true, false) => HistoryKind.Reopened,
            _ => before.Capacity == after.Capacity ? null : HistoryKind.Resized,
        };
        return kind is { } known && change.ActorId is { } actorId
            ? new(after.Id, after.ChangedAt, known, actorId, after.Version) { Number = change.IsDeletion ? after.Number : null }
            : null;
    }
}
