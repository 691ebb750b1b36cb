using TraceTrack.Bags;

namespace TraceTrack.Scans;

/// <summary>Which rows of the scan log a list shows; every part that is set must hold.</summary>
public sealed record ScanFilter
{
    /// <summary>All rows.</summary>
    public static ScanFilter All { get; } = new();

    /// <summary>Scans by the actor of this id.</summary>
    public string? ActorId { get; init; }

    /// <summary>Scans of this code; for links it is the child's, for loads the parent's.</summary>
    public QrCode? Qr { get; init; }

    /// <summary>Scans in this area, normalised by <see cref="TraceTrack.Area.Normalize"/>.</summary>
    public string? Area { get; init; }

    /// <summary>Scans recorded in this time (the server's).</summary>
    public TimeRange Recorded { get; init; }
}
