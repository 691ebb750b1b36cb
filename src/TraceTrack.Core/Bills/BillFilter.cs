namespace TraceTrack.Bills;

/// <summary>Which bills a list shows; every part that is set must hold.</summary>
public sealed record BillFilter
{
    /// <summary>All bills.</summary>
    public static BillFilter All { get; } = new();

    /// <summary>Bills of this status.</summary>
    public BillStatus? Status { get; init; }

    /// <summary>Bills created by the actor of this id.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Bills created in this time.</summary>
    public TimeRange Created { get; init; }
}
