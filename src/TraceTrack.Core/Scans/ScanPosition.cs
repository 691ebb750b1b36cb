namespace TraceTrack.Scans;

/// <summary>The sort key of the scan log, newest first; event ids break ties.</summary>
/// <param name="RecordedAt">When the scan was recorded.</param>
/// <param name="EventId">Its key.</param>
public readonly record struct ScanPosition(DateTimeOffset RecordedAt, long EventId);
