namespace TraceTrack.Scans;

/// <summary>A scan in the feed.</summary>
/// <param name="Position">Its place.</param>
/// <param name="Scan">The row of the log.</param>
public sealed record ScanEvent(EventPosition Position, Scan Scan);

/// <summary>What came after a position of the feed.</summary>
/// <param name="Events">Scans in the feed's order, those the actor may see.</param>
/// <param name="Position">Where to go on from, also when no scan is among the events; null when the feed is empty and was read from its beginning.</param>
/// <param name="HasMore">Whether more is there already; else ask again after a while.</param>
public sealed record ScanFeedPage(IReadOnlyList<ScanEvent> Events, EventPosition? Position, bool HasMore)
{
    /// <summary>The most rows a page looks at.</summary>
    public const int MaxSize = 1000;
}
