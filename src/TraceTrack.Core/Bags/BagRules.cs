using System.Globalization;

namespace TraceTrack.Bags;

/// <summary>Pure rules of bags.</summary>
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

    /// <summary>
    /// Decides a batch of deletions one after the other. Nothing is unlinked or unloaded on the way: who deletes a parent with its children
    /// takes them out first, so that the log tells where they went.
    /// </summary>
    /// <param name="qrs">The codes, in the order asked for; one that comes again is unknown the second time.</param>
    /// <param name="locked">The bags of these codes, as stored, under lock.</param>
    /// <returns>The answers, and the bags to delete.</returns>
    public static BagDeletion Delete(IReadOnlyList<QrCode> qrs, IEnumerable<Bag> locked)
    {
        ArgumentNullException.ThrowIfNull(qrs);
        ArgumentNullException.ThrowIfNull(locked);
        var stored = locked.ToDictionary(bag => bag.Qr);
        var results = new DeleteResult[qrs.Count];
        var deleted = new List<Bag>();
        for (var i = 0; i < results.Length; i++)
        {
            var bag = stored.GetValueOrDefault(qrs[i]);
            results[i] = WhyNotDelete(qrs[i], bag);
            if (results[i].Outcome == DeleteOutcome.Refused)
                continue;
            deleted.Add(bag!);
            stored.Remove(bag!.Qr);
        }

        return new(results, deleted);
    }

    private static DeleteResult WhyNotDelete(QrCode qr, Bag? bag) => bag switch
    {
        null => new(qr, DeleteRejection.UnknownBag),
        { ChildCount: > 0 } => new(qr, DeleteRejection.HasChildren, bag.ChildCount.ToString(CultureInfo.InvariantCulture)),
        { ParentQr: { } parent } => new(qr, DeleteRejection.InParent, parent.Value),
        { BillNumber: { } bill } => new(qr, DeleteRejection.OnBill, bill.Value),
        _ => new(qr),
    };

    private static BagStatus EffectiveStatus(BagStatus child, BagStatus parent) =>
        parent is BagStatus.Billed or BagStatus.Dispatched ? parent : child;
}
