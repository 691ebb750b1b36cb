using TraceTrack.Bills;

namespace TraceTrack.Bags;

/// <summary>Which bags a list shows; every part that is set must hold.</summary>
public sealed record BagFilter
{
    /// <summary>All bags.</summary>
    public static BagFilter All { get; } = new();

    /// <summary>Parents or children only.</summary>
    public BagKind? Kind { get; init; }

    /// <summary>Bags of this status, a child's following its parent's.</summary>
    public BagStatus? Status { get; init; }

    /// <summary>Bags of this area, normalised by <see cref="TraceTrack.Area.Normalize"/>.</summary>
    public string? Area { get; init; }

    /// <summary>Children of this parent.</summary>
    public QrCode? Parent { get; init; }

    /// <summary>Parents on this bill, and the children in them.</summary>
    public BillNumber? Bill { get; init; }

    /// <summary>Bags registered in this time.</summary>
    public TimeRange Created { get; init; }
}
