namespace TraceTrack.Scans;

/// <summary>What a scan does. The numbers are stored.</summary>
public enum ScanAction : short
{
    /// <summary>The bag was seen; nothing changes but that an unknown bag is registered.</summary>
    Observe = 1,

    /// <summary>A child goes into a parent (aggregation).</summary>
    Link = 2,

    /// <summary>A child comes out of its parent (disaggregation).</summary>
    Unlink = 3,

    /// <summary>A child goes out of the parent it is in and into another, in one step.</summary>
    Relink = 4,

    /// <summary>A parent goes onto a bill.</summary>
    Load = 5,

    /// <summary>A parent comes off its bill.</summary>
    Unload = 6,

    /// <summary>The actor's latest scan is taken back, by a scan that does the opposite.</summary>
    Undo = 7,
}
