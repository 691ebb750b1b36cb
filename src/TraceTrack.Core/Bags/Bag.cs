using TraceTrack.Bills;

namespace TraceTrack.Bags;

/// <summary>A bag as it stood at <see cref="Version"/>.</summary>
/// <remarks>
/// Stores return what is stored. <see cref="IBags"/> returns the composed view: there a child's <see cref="Status"/> and
/// <see cref="BillNumber"/> follow its parent's (see <see cref="BagRules.Compose"/>).
/// </remarks>
public sealed record Bag
{
    /// <summary>The store's key; unique, never reused, without meaning.</summary>
    public required long Id { get; init; }

    /// <summary>The identifier on the bag.</summary>
    public required QrCode Qr { get; init; }

    /// <summary>Parent or child.</summary>
    public required BagKind Kind { get; init; }

    /// <summary>Where the bag stands.</summary>
    public BagStatus Status { get; init; }

    /// <summary>The area that claimed the bag; null until a scanner with an area does. A child has its parent's.</summary>
    public string? Area { get; init; }

    /// <summary>A child's own weight in kilograms with three places; 0 for a parent.</summary>
    public decimal WeightKg { get; init; }

    /// <summary>How many children a parent holds; 0 for a child.</summary>
    public int ChildCount { get; init; }

    /// <summary>The sum of the children's weights in kilograms with three places; 0 for a child.</summary>
    public decimal ContentWeightKg { get; init; }

    /// <summary>Key of the parent that holds this child; null when loose.</summary>
    public long? ParentId { get; init; }

    /// <summary>Code of the parent that holds this child; null when loose.</summary>
    public QrCode? ParentQr { get; init; }

    /// <summary>When the child was linked to its present parent (the server's time); null when loose.</summary>
    public DateTimeOffset? LinkedAt { get; init; }

    /// <summary>Key of the bill the parent is on; null when on none.</summary>
    public long? BillId { get; init; }

    /// <summary>Number of the bill the parent is on (for a composed child: its parent's); null when on none.</summary>
    public BillNumber? BillNumber { get; init; }

    /// <summary>The import that brought the bag, or brought it into its present parent; null when a scan did.</summary>
    public long? ImportId { get; init; }

    /// <summary>When the bag was registered (the server's time).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the bag last changed (the server's time, in microseconds; every change is later than the one before).</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Grows with every change, over all bags and bills of the store; 0 means not stored (yet).</summary>
    public long Version { get; init; }
}
