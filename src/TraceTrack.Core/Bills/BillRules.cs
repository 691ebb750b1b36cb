using TraceTrack.Bags;

namespace TraceTrack.Bills;

/// <summary>Pure rules of bills. They throw typed errors; the store that runs them under its locks then writes nothing.</summary>
public static partial class BillRules
{
    /// <summary>The weight a bill should have: parents × capacity × child weight.</summary>
    /// <param name="parents">Parents on the bill.</param>
    /// <param name="options">The warehouse's rules.</param>
    /// <returns>Kilograms.</returns>
    public static decimal ExpectedWeightKg(int parents, TraceTrackOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ExpectedWeightKg((long)parents, options);
    }

    private static decimal ExpectedWeightKg(long parents, TraceTrackOptions options) =>
        Weight.FromGrams(parents * options.ParentCapacity * Weight.ToGrams(options.ChildWeightKg));

    /// <summary>The view of a bill that people see: with its expected weight.</summary>
    /// <param name="bill">The stored bill.</param>
    /// <param name="options">The warehouse's rules.</param>
    /// <returns>The bill with <see cref="Bill.ExpectedWeightKg"/> set.</returns>
    public static Bill Compose(Bill bill, TraceTrackOptions options)
    {
        ArgumentNullException.ThrowIfNull(bill);
        return bill with { ExpectedWeightKg = ExpectedWeightKg(bill.ParentCount, options) };
    }

    /// <summary>Checks a bill's capacity.</summary>
    /// <param name="capacity">The most parents it is to take.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidBillCapacity"/>: not 1–500.</exception>
    public static void CheckCapacity(int capacity)
    {
        if (capacity is < 1 or > CreateBill.MaxCapacity)
            throw new InvalidInputException(ErrorCodes.InvalidBillCapacity, $"A bill's capacity is 1–{CreateBill.MaxCapacity} parents.");
    }

    /// <summary>Checks the wish for a new bill.</summary>
    /// <param name="command">The wish.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidBillNumber"/> or <see cref="ErrorCodes.InvalidBillCapacity"/>.</exception>
    public static void CheckNew(CreateBill command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Number == default)
            throw new InvalidInputException(ErrorCodes.InvalidBillNumber, "A bill needs a number.");
        CheckCapacity(command.Capacity);
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
        return (Stale(state.Bill, expectedVersion) ?? WhyNotComplete(state, options)) is { } refusal ? throw refusal : Completed(state);
    }

    /// <summary>Reopens a completed bill: it may be loaded and unloaded again, and its parents are billed.</summary>
    /// <param name="state">The locked rows.</param>
    /// <param name="expectedVersion">The version the caller saw; null to reopen whatever stands.</param>
    /// <returns>What to write.</returns>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.StaleVersion"/> or <see cref="ErrorCodes.BillNotCompleted"/>.</exception>
    public static BillChange Reopen(BillState state, long? expectedVersion)
    {
        ArgumentNullException.ThrowIfNull(state);
        return (Stale(state.Bill, expectedVersion) ?? WhyNotReopen(state)) is { } refusal ? throw refusal : Reopened(state);
    }

    /// <summary>Decides about a batch of bills one after the other, by the same rules as one at a time.</summary>
    /// <param name="numbers">The bills, in the order asked for; one that comes again is decided on what it has become.</param>
    /// <param name="states">The locked rows of those that exist.</param>
    /// <param name="status">Completed, or Processing to reopen.</param>
    /// <param name="options">The warehouse's rules.</param>
    /// <returns>The answers, and what to write.</returns>
    internal static BillBatch SetStatus(
        IReadOnlyList<BillNumber> numbers, IReadOnlyList<BillState> states, BillStatus status, TraceTrackOptions options)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(options);
        var present = states.ToDictionary(state => state.Bill.Number);
        var results = new BillResult[numbers.Count];
        var changes = new List<BillChange>();
        for (var i = 0; i < results.Length; i++)
        {
            if (!present.TryGetValue(numbers[i], out var state))
            {
                results[i] = new(numbers[i], null, ErrorCodes.BillNotFound, $"There is no bill {numbers[i]}.");
                continue;
            }

            var refusal = status == BillStatus.Completed ? WhyNotComplete(state, options) : WhyNotReopen(state);
            results[i] = new(numbers[i], state.Bill, refusal?.Code, refusal?.Message);
            if (refusal is not null)
                continue;
            changes.Add(status == BillStatus.Completed ? Completed(state) : Reopened(state));
            present[numbers[i]] = state with { Bill = changes[^1].Bill };
        }

        return new(results, changes);
    }

    private static BillChange Completed(BillState state) =>
        new(state.Bill with { Status = BillStatus.Completed, CompletedAt = state.Now, ChangedAt = state.Now }, BagStatus.Dispatched);

    private static BillChange Reopened(BillState state) =>
        new(state.Bill with { Status = BillStatus.Processing, CompletedAt = null, ChangedAt = state.Now }, BagStatus.Billed);

    private static ConflictException? Stale(Bill bill, long? expectedVersion) => expectedVersion is { } expected && expected != bill.Version
        ? new(ErrorCodes.StaleVersion, $"Bill {bill.Number} is at version {bill.Version}, not {expected}. Read it again and decide anew.")
        {
            ExpectedVersion = expected,
            ActualVersion = bill.Version,
        }
        : null;

    private static ConflictException? WhyNotComplete(BillState state, TraceTrackOptions options)
    {
        var bill = state.Bill;
        if (bill.Status == BillStatus.Completed)
            return new(ErrorCodes.BillCompleted, $"Bill {bill.Number} is completed already.");
        if (bill.ParentCount == 0)
            return new(ErrorCodes.BillEmpty, $"Bill {bill.Number} has no parents; load at least one first.");
        var incomplete = options.AllowIncompleteParents ? 0 : state.Parents.Count(parent => parent.ChildCount < options.ParentCapacity);
        return incomplete == 0
            ? null
            : new(ErrorCodes.ParentsIncomplete,
                $"{incomplete} of {bill.ParentCount} parents on bill {bill.Number} hold fewer than {options.ParentCapacity} children.");
    }

    private static ConflictException? WhyNotReopen(BillState state) => state.Bill.Status == BillStatus.Completed
        ? null
        : new(ErrorCodes.BillNotCompleted, $"Bill {state.Bill.Number} is not completed, so there is nothing to reopen.");
}
