using TraceTrack.Bags;
using TraceTrack.Scans;

namespace TraceTrack.History;

/// <summary>A child's stay in a parent, from <see cref="Since"/> on and up to but without <see cref="Until"/>.</summary>
public sealed record Stay
{
    /// <summary>The child.</summary>
    public required QrCode Child { get; init; }

    /// <summary>The parent.</summary>
    public required QrCode Parent { get; init; }

    /// <summary>When it began (the server's time, in microseconds). At this very moment the child is in.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ended; null while it lasts. At this very moment the child is out.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Key of the import that began it; null when a scan did.</summary>
    public long? ImportId { get; init; }

    /// <summary>The scan that began it; null when an import did, or when the scan's month was archived.</summary>
    public ScanId? ScanId { get; init; }
}
