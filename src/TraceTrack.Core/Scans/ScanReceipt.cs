namespace TraceTrack.Scans;

/// <summary>What is kept of a scan for <see cref="TraceTrackOptions.ReplayWindow"/>, to answer a repeat and to undo it once.</summary>
/// <param name="PayloadHash"><see cref="RecordScan.PayloadHash"/> of the first.</param>
/// <param name="Scan">The log row of the first.</param>
public sealed record ScanReceipt(Guid PayloadHash, Scan Scan)
{
    /// <summary>The Undo that took the scan back; null while it stands. The log row itself is never edited.</summary>
    public ScanId? UndoneBy { get; init; }
}
