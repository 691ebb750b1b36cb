using TraceTrack.Bags;

namespace TraceTrack.Bills;

/// <summary>Pure rules of bills. They throw typed errors; the store that runs them under its locks then writes nothing.</summary>
public static class BillRules
{
    /// <summary>The weight a bill should have: parents × capacity × child weight.</summary>
    /// <param name="parents">Parents on the bill.</param>
    /// <param name="options">The warehouse's rules.</param>
    /// <returns>Kilograms.</returns>
    public static decimal ExpectedWeightKg(int parents, TraceTrackOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Weight.FromGrams(parents * options.ParentCapacity * Weight.ToGrams(options.ChildWeightKg));
    }

    /// <summary>The view of a bill that people see: with its expected weight.</summary>
    /// <param name="bill">The stored bill.</param>
    /// <param name="options">The warehouse's rules.</param>
    /// <returns>The bill with <see cref="Bill.ExpectedWeightKg"/> set.</returns>
    public static Bill Compose(Bill bill, TraceTrackOptions options)
    {
        ArgumentNullException.ThrowIfNull(bill);
        return bill with { ExpectedWeightKg = ExpectedWeightKg(bill.ParentCount, options) };
    }

    /// <summary>Checks the wish for a new bill.</summary>
    /// <param name="command">The wish.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidBillNumber"/> or <see cref="ErrorCodes.InvalidBillCapacity"/>.</exception>
    public static void CheckNew(CreateBill command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Number == default)
            throw new InvalidInputException(ErrorCodes.InvalidBillNumber, "A bill needs a number.");
        if (command.Capacity is < 1 or > CreateBill.MaxCapacity)
            throw new InvalidInputException(ErrorCodes.InvalidBillCapacity, $"A bill's capacity is 1–{CreateBill.MaxCapacity} parents.");
    }

    /// <summary>Completes a bill: it is locked, and its parents are dispatched.</summary>
    /// <param name="state">The locked rows.</param>
    /// <param name="expectedVersion">The version the caller saw; null to complete whatever stands.</param>
    /// <param name="options">The warehouse's rules.</param>
    /// <returns>What to write.</returns>
    /// <exception cref="ConflictException">
    /// <see cref="ErrorCodes.StaleVersion"/>, <see cref="ErrorCodes.BillCompleted"/>, <see cref="ErrorCodes.BillEmpty"/>
    /// or <see cref="ErrorCodes.ParentsIncomplete"/>.
    /// </exception>
    public static BillChange Complete(BillState state, long? expectedVersion, TraceTrackOptions options)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        var bill = state.Bill;
        if (expectedVersion is { } expected && expected != bill.Version)
        {
            throw new ConflictException(ErrorCodes.StaleVersion,
                $"Bill {bill.Number} is at version {bill.Version}, not {expected}. Read it again and decide anew.")
            {
                ExpectedVersion = expected,
                ActualVersion = bill.Version,
            };
        }

        if (bill.Status == BillStatus.Completed)
            throw new ConflictException(ErrorCodes.BillCompleted, $"Bill {bill.Number} is completed already.");
        if (bill.ParentCount == 0)
            throw new ConflictException(ErrorCodes.BillEmpty, $"Bill {bill.Number} has no parents; load at least one first.");
        var incomplete = state.Parents.Count(parent => parent.ChildCount < options.ParentCapacity);
        if (incomplete > 0 && !options.AllowIncompleteParents)
        {
            throw new ConflictException(ErrorCodes.ParentsIncomplete,
                $"{incomplete} of {bill.ParentCount} parents on bill {bill.Number} hold fewer than {options.ParentCapacity} children.");
        }

        return new(bill with { Status = BillStatus.Completed, CompletedAt = state.Now, ChangedAt = state.Now }, BagStatus.Dispatched);
    }
}
