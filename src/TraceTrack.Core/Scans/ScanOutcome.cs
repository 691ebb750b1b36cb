namespace TraceTrack.Scans;

/// <summary>What became of a scan. The numbers are stored.</summary>
public enum ScanOutcome : short
{
    /// <summary>Taken: the change is committed.</summary>
    Recorded = 1,

    /// <summary>Taken earlier under the same id; this time nothing changed.</summary>
    Replayed = 2,

    /// <summary>Refused, with a reason; nothing changed but the log.</summary>
    Rejected = 3,
}
