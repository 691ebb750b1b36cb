using TraceTrack.Bags;

namespace TraceTrack.Bills;

public static partial class BillRules
{
    /// <summary>Changes how many parents a bill takes.</summary>
    /// <param name="state">The locked rows.</param>
    /// <param name="capacity">The most parents it is to take, 1–500.</param>
    /// <param name="expectedVersion">The version the caller saw; null to resize whatever stands.</param>
    /// <returns>What to write; null when the capacity is this one already.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidBillCapacity"/>.</exception>
    /// <exception cref="ConflictException">
    /// <see cref="ErrorCodes.StaleVersion"/>, <see cref="ErrorCodes.BillCompleted"/> or <see cref="ErrorCodes.BillCapacityExceeded"/>.
    /// </exception>
    public static BillChange? Resize(BillState state, int capacity, long? expectedVersion)
    {
        ArgumentNullException.ThrowIfNull(state);
        CheckCapacity(capacity);
        if ((Stale(state.Bill, expectedVersion) ?? WhyNotResize(state, capacity)) is { } refusal)
            throw refusal;
        return capacity == state.Bill.Capacity ? null : new(state.Bill with { Capacity = capacity, ChangedAt = state.Now }, null);
    }

    /// <summary>Deletes a bill that nothing is on.</summary>
    /// <param name="state">The locked rows.</param>
    /// <param name="expectedVersion">The version the caller saw; null to delete whatever stands.</param>
    /// <returns>What to write.</returns>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.StaleVersion"/> or <see cref="ErrorCodes.BillNotNew"/>.</exception>
    public static BillChange Delete(BillState state, long? expectedVersion)
    {
        ArgumentNullException.ThrowIfNull(state);
        return (Stale(state.Bill, expectedVersion) ?? WhyNotDelete(state)) is { } refusal
            ? throw refusal
            : new(state.Bill with { ChangedAt = state.Now }, null) { IsDeletion = true };
    }

    /// <summary>
    /// Compares a bill's figures, and those of its parents, with the bags that are really there. A completed bill is mended too: that changes what
    /// is written about it, and not what is on it.
    /// </summary>
    /// <param name="state">The locked rows.</param>
    /// <param name="contents">What is in the parents on it, counted; one that is missing is empty.</param>
    /// <returns>What to write; null when nothing differs.</returns>
    public static BillChange? Recalculate(BillState state, IReadOnlyList<ParentContent> contents)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(contents);
        var counted = contents.ToDictionary(content => content.ParentId);
        var parents = state.Parents.Select(parent => counted.TryGetValue(parent.Id, out var content)
            ? parent with { ChildCount = content.Children, ContentWeightKg = content.WeightKg }
            : parent with { ChildCount = 0, ContentWeightKg = Weight.FromGrams(0) }).ToArray();
        var bill = state.Bill with
        {
            ParentCount = parents.Length,
            ActualWeightKg = parents.Aggregate(Weight.FromGrams(0), (sum, parent) => sum + parent.ContentWeightKg),
            Capacity = Math.Max(state.Bill.Capacity, parents.Length),
            Status = state.Bill.Status == BillStatus.Completed ? BillStatus.Completed : parents.Length == 0 ? BillStatus.New : BillStatus.Processing,
        };
        Bag[] mended = [.. parents.Zip(state.Parents).Where(pair => pair.First != pair.Second).Select(pair => pair.First with { ChangedAt = state.Now })];
        return bill == state.Bill && mended.Length == 0
            ? null
            : new(bill with { ChangedAt = state.Now }, null) { Mended = mended, IsRecount = true };
    }

    /// <summary>What a recalculation found.</summary>
    /// <param name="state">The rows as they were.</param>
    /// <param name="change">What was decided.</param>
    /// <param name="options">The warehouse's rules, for the figures that follow from others.</param>
    internal static IReadOnlyList<FigureDifference> Differences(BillState state, BillChange change, TraceTrackOptions options)
    {
        var (kept, counted) = (Compose(state.Bill, options), Compose(change.Bill, options));
        var before = state.Parents.ToDictionary(parent => parent.Id);
        IEnumerable<FigureDifference> all =
        [
            new(BillFigure.ParentCount, null, kept.ParentCount, counted.ParentCount),
            new(BillFigure.ActualWeight, null, kept.ActualWeightKg, counted.ActualWeightKg),
            new(BillFigure.ExpectedWeight, null, kept.ExpectedWeightKg, counted.ExpectedWeightKg),
            new(BillFigure.Variance, null, kept.VarianceKg, counted.VarianceKg),
            new(BillFigure.Capacity, null, kept.Capacity, counted.Capacity),
            .. change.Mended.OrderBy(parent => parent.Qr).SelectMany(parent => new FigureDifference[]
            {
                new(BillFigure.ChildCount, parent.Qr, before[parent.Id].ChildCount, parent.ChildCount),
                new(BillFigure.ContentWeight, parent.Qr, before[parent.Id].ContentWeightKg, parent.ContentWeightKg),
            }),
        ];
        return [.. all.Where(figure => figure.Kept != figure.Counted)];
    }

    /// <summary>The figures of several bills, with their expected weight.</summary>
    internal static BillSummary Compose(BillSummary summary, TraceTrackOptions options) =>
        summary with { ExpectedWeightKg = ExpectedWeightKg(summary.Parents, options) };

    /// <summary>The figures of all billers together.</summary>
    internal static BillSummary Total(IReadOnlyList<BillerSummary> billers) => new()
    {
        NewBills = billers.Sum(biller => biller.Summary.NewBills),
        ProcessingBills = billers.Sum(biller => biller.Summary.ProcessingBills),
        CompletedBills = billers.Sum(biller => biller.Summary.CompletedBills),
        Parents = billers.Sum(biller => biller.Summary.Parents),
        ActualWeightKg = billers.Aggregate(Weight.FromGrams(0), (sum, biller) => sum + biller.Summary.ActualWeightKg),
    };

    private static ConflictException? WhyNotResize(BillState state, int capacity)
    {
        var bill = state.Bill;
        if (bill.Status == BillStatus.Completed)
            return new(ErrorCodes.BillCompleted, $"Bill {bill.Number} is completed and therefore locked.");
        return capacity >= Math.Max(bill.ParentCount, state.Parents.Count)
            ? null
            : new(ErrorCodes.BillCapacityExceeded, $"Bill {bill.Number} holds {bill.ParentCount} parents, more than {capacity}; unload some first.");
    }

    private static ConflictException? WhyNotDelete(BillState state)
    {
        var bill = state.Bill;
        if (bill.Status == BillStatus.New && state.Parents.Count == 0)
            return null;
        var fact = bill.Status == BillStatus.Completed ? "is completed" : $"holds {state.Parents.Count} parents";
        return new(ErrorCodes.BillNotNew, $"Bill {bill.Number} {fact}; only a bill that nothing is on can be deleted.");
    }
}
