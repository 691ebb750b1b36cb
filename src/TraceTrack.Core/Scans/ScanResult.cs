using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.Scans;

/// <summary>The answer to a scan.</summary>
public sealed record ScanResult
{
    /// <summary>Recorded, Replayed (recorded earlier), or Rejected (now or earlier).</summary>
    public required ScanOutcome Outcome { get; init; }

    /// <summary>True when the id was known and nothing changed, whatever the outcome was then.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Why it was refused; null when it was taken.</summary>
    public ScanRejection? Rejection { get; init; }

    /// <summary>The fact that explains a refusal, such as 30/30; null for none.</summary>
    public string? Fact { get; init; }

    /// <summary>The log row; for a replay the first one's.</summary>
    public required Scan Scan { get; init; }

    /// <summary>The scanned bag as it stands now; null when it is not registered or not to be seen.</summary>
    public Bag? Bag { get; init; }

    /// <summary>The parent concerned as it stands now; null for none.</summary>
    public Bag? Parent { get; init; }

    /// <summary>The parent that a relink took the child out of, as it stands now; null for none, when it is not to be seen, and mostly for a replay.</summary>
    public Bag? FromParent { get; init; }

    /// <summary>The bill concerned as it stands now; null for none.</summary>
    public Bill? Bill { get; init; }
}
