namespace TraceTrack.Bags;

/// <summary>
/// Where a bag stands. A parent goes Pending → Completed → Billed → Dispatched and back when undone; a child is Pending or Linked,
/// and follows its parent to Billed and Dispatched. The numbers are stored.
/// </summary>
public enum BagStatus : short
{
    /// <summary>A loose child, or a parent that is not full.</summary>
    Pending = 0,

    /// <summary>A child in a parent.</summary>
    Linked = 1,

    /// <summary>A full parent.</summary>
    Completed = 2,

    /// <summary>On a bill, itself or through its parent.</summary>
    Billed = 3,

    /// <summary>On a completed bill, itself or through its parent.</summary>
    Dispatched = 4,
}
