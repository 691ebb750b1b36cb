namespace TraceTrack.Bags;

/// <summary>Pure rules of a single bag.</summary>
public static class BagRules
{
    /// <summary>A parent's status from its contents, while it is on no bill.</summary>
    /// <param name="childCount">Children held.</param>
    /// <param name="capacity"><see cref="TraceTrackOptions.ParentCapacity"/>.</param>
    /// <returns>Completed when full, else Pending.</returns>
    public static BagStatus ParentStatus(int childCount, int capacity) =>
        childCount >= capacity ? BagStatus.Completed : BagStatus.Pending;

    /// <summary>
    /// The view of a bag that people see: a child in a billed or dispatched parent has its parent's status and bill.
    /// Composed on reading, so that loading a parent changes one row and not 31.
    /// </summary>
    /// <param name="bag">The stored bag.</param>
    /// <param name="parent">Its stored parent; null when the bag has none.</param>
    /// <returns>The same instance when nothing differs.</returns>
    public static Bag Compose(Bag bag, Bag? parent)
    {
        ArgumentNullException.ThrowIfNull(bag);
        return parent is null || bag.ParentId != parent.Id || parent.BillId is null
            ? bag
            : bag with { Status = EffectiveStatus(bag.Status, parent.Status), BillId = parent.BillId, BillNumber = parent.BillNumber };
    }

    private static BagStatus EffectiveStatus(BagStatus child, BagStatus parent) =>
        parent is BagStatus.Billed or BagStatus.Dispatched ? parent : child;
}
