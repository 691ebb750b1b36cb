using TraceTrack.History;

namespace TraceTrack.Bills;

/// <summary>What somebody did to a bill other than by a scan. Append-only; a part of the bill's history.</summary>
/// <param name="BillId">Key of the bill.</param>
/// <param name="At">When (the server's time): the bill's <see cref="Bill.ChangedAt"/> after it.</param>
/// <param name="Kind">What: Created, Resized, Completed or Reopened. The number is stored.</param>
/// <param name="ActorId">Who.</param>
/// <param name="Version">The version it gave the bill.</param>
public sealed record BillEvent(long BillId, DateTimeOffset At, HistoryKind Kind, string ActorId, long Version)
{
    /// <summary>What a change of a bill adds to its history.</summary>
    /// <param name="before">The bill as it stood.</param>
    /// <param name="after">The bill as it is written, with its new version.</param>
    /// <param name="actorId">Who changes it; null when nobody is to be named.</param>
    /// <returns>The event; null when nothing of it is history, such as a change of figures.</returns>
    public static BillEvent? Of(Bill before, Bill after, string? actorId)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        HistoryKind? kind = (before.Status == BillStatus.Completed, after.Status == BillStatus.Completed) switch
        {
            (false, true) => HistoryKind.Completed,
            (true, false) => HistoryKind.Reopened,
            _ => before.Capacity == after.Capacity ? null : HistoryKind.Resized,
        };
        return kind is { } known && actorId is not null ? new(after.Id, after.ChangedAt, known, actorId, after.Version) : null;
    }
}
