namespace TraceTrack.Bills;

/// <summary>A bill of lading: the parents gathered for one dispatch, as it stood at <see cref="Version"/>.</summary>
public sealed record Bill
{
    /// <summary>The store's key; unique, never reused, without meaning.</summary>
    public required long Id { get; init; }

    /// <summary>The identifier people use.</summary>
    public required BillNumber Number { get; init; }

    /// <summary>Where the bill stands.</summary>
    public BillStatus Status { get; init; }

    /// <summary>The most parents it takes, 1–500.</summary>
    public required int Capacity { get; init; }

    /// <summary>Parents on it.</summary>
    public int ParentCount { get; init; }

    /// <summary>The sum of the weights of all children on it, in kilograms with three places. Kept in the same transaction as the loads.</summary>
    public decimal ActualWeightKg { get; init; }

    /// <summary>
    /// <see cref="ParentCount"/> × <see cref="TraceTrackOptions.ParentCapacity"/> × <see cref="TraceTrackOptions.ChildWeightKg"/>, in kilograms.
    /// Composed on reading through <see cref="IBills"/>; 0 on rows straight from a store.
    /// </summary>
    public decimal ExpectedWeightKg { get; init; }

    /// <summary>Actual − expected, in kilograms: negative when bags are missing or light.</summary>
    public decimal VarianceKg => ActualWeightKg - ExpectedWeightKg;

    /// <summary>Id of the actor who created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was created (the server's time).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed (the server's time, in microseconds).</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it was completed; null while it is not.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Grows with every change, over all bags and bills of the store; 0 means not stored (yet).</summary>
    public long Version { get; init; }
}
