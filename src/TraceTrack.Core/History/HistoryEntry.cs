using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace TraceTrack.History;

/// <summary>One thing that happened to a bag or to a bill. Flat, so that a page can show it as a line; what an entry has not is null.</summary>
public sealed record HistoryEntry
{
    /// <summary>When (the server's time, in microseconds).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    public required HistoryKind Kind { get; init; }

    /// <summary>Orders entries of one moment and kind: the scan's event id, the import's key, the other bag's key or the bill's version.</summary>
    public required long Key { get; init; }

    /// <summary>What was scanned for.</summary>
    public ScanAction? Action { get; init; }

    /// <summary>Why the scan was refused, and so changed nothing; null when it was recorded.</summary>
    public ScanRejection? Rejection { get; init; }

    /// <summary>The fact that explains the refusal.</summary>
    public string? Fact { get; init; }

    /// <summary>The other bag: a child's parent, a parent's child; of a bill, the bag that was scanned. Null also when the actor may not see it.</summary>
    public QrCode? OtherBag { get; init; }

    /// <summary>The bill.</summary>
    public BillNumber? Bill { get; init; }

    /// <summary>Who scanned, or changed the bill.</summary>
    public string? ActorId { get; init; }

    /// <summary>The scan's id.</summary>
    public ScanId? ScanId { get; init; }

    /// <summary>The import's key, as in <see cref="Bag.ImportId"/>.</summary>
    public long? ImportId { get; init; }
}

/// <summary>The sort key of a history, newest first.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Key">Orders entries of one moment and kind.</param>
public readonly record struct HistoryPosition(DateTimeOffset At, HistoryKind Kind, long Key);
