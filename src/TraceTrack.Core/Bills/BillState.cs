using TraceTrack.Bags;
using TraceTrack.Scans;

namespace TraceTrack.Bills;

/// <summary>What a store shows to a decision about a bill: the rows it has locked.</summary>
/// <param name="Bill">The bill.</param>
/// <param name="Parents">All parents on it, as stored.</param>
/// <param name="Now">The server's time under the lock; moved on where needed, to be later than the last change of any of these rows.</param>
public sealed record BillState(Bill Bill, IReadOnlyList<Bag> Parents, DateTimeOffset Now)
{
    /// <summary>The time of the change: the server's under the lock, and later than the last change of any of these rows.</summary>
    public DateTimeOffset Now { get; init; } = Later(Now, Parents.Select(parent => parent.ChangedAt).Append(Bill.ChangedAt).Max());

    private static DateTimeOffset Later(DateTimeOffset now, DateTimeOffset lastChange) => now > lastChange ? now : lastChange + RecordedTime.Step;
}

/// <summary>What a decision about a bill wants written.</summary>
/// <param name="Bill">The bill with its new values; the store gives it a new version.</param>
/// <param name="ParentStatus">The new status of every parent on it; null to leave the parents as they are.</param>
public sealed record BillChange(Bill Bill, BagStatus? ParentStatus)
{
    /// <summary>Who changes it, for the bill's history; null when nobody is to be named there.</summary>
    public string? ActorId { get; init; }

    /// <summary>Whether the bill is deleted; the version it is given is then that of its deletion. No parent may be on it.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>Parents on the bill whose own figures are mended, with their new values; without <see cref="ParentStatus"/> only.</summary>
    public IReadOnlyList<Bag> Mended { get; init; } = [];

    /// <summary>Whether the figures were counted anew.</summary>
    public bool IsRecount { get; init; }
}

/// <summary>What a store wrote.</summary>
/// <param name="Bill">The bill as it stands after the commit.</param>
/// <param name="Parents">The parents that were changed, as they stand after the commit.</param>
public sealed record BillCommit(Bill Bill, IReadOnlyList<Bag> Parents)
{
    /// <summary>
    /// Whether the bill is gone. Its version is then that of the deletion: later than any it had, and earlier than any that a bill created
    /// under the same number will have.
    /// </summary>
    public bool IsDeletion { get; init; }
}
