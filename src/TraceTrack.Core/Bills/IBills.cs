using TraceTrack.Paging;

namespace TraceTrack.Bills;

/// <summary>Bills as one actor may see and change them. Every role with an area, and every biller and admin, sees their figures.</summary>
public interface IBills
{
    /// <summary>Looks up a bill by its number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The bill, or null when it does not exist or the actor may see none.</returns>
    ValueTask<Bill?> FindAsync(BillNumber number, CancellationToken cancellationToken = default);

    /// <summary>Looks up many bills at once.</summary>
    /// <param name="numbers">Numbers; repeats are allowed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>One entry a number, in the same order; null as in <see cref="FindAsync"/>.</returns>
    ValueTask<IReadOnlyList<Bill?>> FindManyAsync(IReadOnlyList<BillNumber> numbers, CancellationToken cancellationToken = default);

    /// <summary>One page of bills, newest first.</summary>
    /// <param name="filter">Which bills.</param>
    /// <param name="page">Size, direction and cursor.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidPage"/> or <see cref="ErrorCodes.InvalidCursor"/>.</exception>
    ValueTask<Page<Bill>> ListAsync(BillFilter filter, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>Creates a bill. For billers and admins.</summary>
    /// <param name="command">Number and capacity.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The new bill.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidBillNumber"/> or <see cref="ErrorCodes.InvalidBillCapacity"/>.</exception>
    /// <exception cref="NotAllowedException">The actor is a dispatcher.</exception>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.BillExists"/>.</exception>
    ValueTask<Bill> CreateAsync(CreateBill command, CancellationToken cancellationToken = default);

    /// <summary>Completes a bill: locks it and dispatches its parents. For billers and admins.</summary>
    /// <param name="number">The bill.</param>
    /// <param name="expectedVersion">The version the caller saw; null to complete whatever stands.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The completed bill.</returns>
    /// <exception cref="NotAllowedException">The actor is a dispatcher.</exception>
    /// <exception cref="NotFoundException"><see cref="ErrorCodes.BillNotFound"/>.</exception>
    /// <exception cref="ConflictException">
    /// <see cref="ErrorCodes.StaleVersion"/>, <see cref="ErrorCodes.BillCompleted"/>, <see cref="ErrorCodes.BillEmpty"/>
    /// or <see cref="ErrorCodes.ParentsIncomplete"/>.
    /// </exception>
    ValueTask<Bill> CompleteAsync(BillNumber number, long? expectedVersion = null, CancellationToken cancellationToken = default);

    /// <summary>Reopens a completed bill: it is Processing again, and its parents are Billed. For admins.</summary>
    /// <param name="number">The bill.</param>
    /// <param name="expectedVersion">The version the caller saw; null to reopen whatever stands.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The reopened bill.</returns>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException"><see cref="ErrorCodes.BillNotFound"/>.</exception>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.StaleVersion"/> or <see cref="ErrorCodes.BillNotCompleted"/>.</exception>
    ValueTask<Bill> ReopenAsync(BillNumber number, long? expectedVersion = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets the status of many bills at once, in one transaction, and with it that of all bags on them: those that may be changed, whatever
    /// becomes of the others. Completed completes (billers and admins), Processing reopens (admins).
    /// </summary>
    /// <param name="numbers">0–10,000 bills, decided in this order; one that comes again is decided on what it has become.</param>
    /// <param name="status">Completed or Processing. New follows from an empty bill and cannot be set.</param>
    /// <param name="cancellationToken">Cancels the wait; the outcome may then be either.</param>
    /// <returns>One answer a bill, in the same order.</returns>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.InvalidBillStatus"/>, <see cref="ErrorCodes.InvalidBatch"/>, or <see cref="ErrorCodes.InvalidBillNumber"/>: a default number.
    /// </exception>
    /// <exception cref="NotAllowedException">The actor is a dispatcher, or reopens and is no admin.</exception>
    ValueTask<IReadOnlyList<BillResult>> SetStatusManyAsync(
        IReadOnlyList<BillNumber> numbers, BillStatus status, CancellationToken cancellationToken = default);
}
