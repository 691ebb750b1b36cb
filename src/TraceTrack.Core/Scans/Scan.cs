using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.Scans;

/// <summary>One row of the scan log. Rows are never edited or deleted, and name bags and bills by their codes, so a row outlives both.</summary>
public sealed record Scan
{
    /// <summary>The store's key of the row; unique. 0 until stored.</summary>
    public long EventId { get; init; }

    /// <summary>The identity the device gave.</summary>
    public required ScanId ScanId { get; init; }

    /// <summary>What was asked for.</summary>
    public required ScanAction Action { get; init; }

    /// <summary>
    /// The code that was scanned; for an Undo, that of the scan undone. Null only for an Undo: one that found none, or that concerned a bag the
    /// reader may not see.
    /// </summary>
    public required QrCode? Qr { get; init; }

    /// <summary>The parent that was named or concerned; null for none, and where the reader may not see it. An Undo repeats that of the scan undone.</summary>
    public QrCode? ParentQr { get; init; }

    /// <summary>The parent that a Relink took the child out of; null for none, and where the reader may not see it. An Undo repeats that of the scan undone.</summary>
    public QrCode? FromParentQr { get; init; }

    /// <summary>The bill that was named or concerned; null for none. An Undo repeats that of the scan undone.</summary>
    public BillNumber? BillNumber { get; init; }

    /// <summary>The scan that an Undo took back or, when it was refused, could not take back; null for none.</summary>
    public ScanId? Undoes { get; init; }

    /// <summary>Recorded or Rejected; a replay writes no row.</summary>
    public required ScanOutcome Outcome { get; init; }

    /// <summary>Why it was refused; null when it was taken.</summary>
    public ScanRejection? Rejection { get; init; }

    /// <summary>The fact that explains a refusal, such as 30/30; null for none.</summary>
    public string? Fact { get; init; }

    /// <summary>Who scanned.</summary>
    public required string ActorId { get; init; }

    /// <summary>
    /// The bag's area after the scan; for a dispatcher's refused scan the dispatcher's. Others see every area, so what they were refused, and why,
    /// is no area's.
    /// </summary>
    public string? Area { get; init; }

    /// <summary>The device's time (EPCIS: eventTime). Shown, never used to order.</summary>
    public required DateTimeOffset ScannedAt { get; init; }

    /// <summary>The server's time under the lock, in microseconds (EPCIS: recordTime). State and history run on it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
