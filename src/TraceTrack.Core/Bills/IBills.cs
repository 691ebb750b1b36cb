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

    /// <summary>Changes how many parents a bill takes. For billers and admins. The capacity it has already changes nothing.</summary>
    /// <param name="number">The bill.</param>
    /// <param name="capacity">The most parents it is to take: 1–500, and not fewer than are on it.</param>
    /// <param name="expectedVersion">The version the caller saw; null to resize whatever stands.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The bill as it stands then.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidBillCapacity"/>.</exception>
    /// <exception cref="NotAllowedException">The actor is a dispatcher.</exception>
    /// <exception cref="NotFoundException"><see cref="ErrorCodes.BillNotFound"/>.</exception>
    /// <exception cref="ConflictException">
    /// <see cref="ErrorCodes.StaleVersion"/>, <see cref="ErrorCodes.BillCompleted"/> or <see cref="ErrorCodes.BillCapacityExceeded"/>.
    /// </exception>
    ValueTask<Bill> ResizeAsync(BillNumber number, int capacity, long? expectedVersion = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a bill that is New: nothing is on it. For billers and admins. Its scans and its history stay.</summary>
    /// <param name="number">The bill.</param>
    /// <param name="expectedVersion">The version the caller saw; null to delete whatever stands.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The bill as it was last, with the version of its deletion. Its number is free again.</returns>
    /// <exception cref="NotAllowedException">The actor is a dispatcher.</exception>
    /// <exception cref="NotFoundException"><see cref="ErrorCodes.BillNotFound"/>.</exception>
    /// <exception cref="ConflictException"><see cref="ErrorCodes.StaleVersion"/> or <see cref="ErrorCodes.BillNotNew"/>.</exception>
    ValueTask<Bill> DeleteAsync(BillNumber number, long? expectedVersion = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Counts a bill's parents and weighs all their children anew, under the bill's lock, and mends what was kept otherwise, in any status.
    /// For billers and admins. There should be nothing to mend: figures are kept in the transaction that changes them.
    /// </summary>
    /// <param name="number">The bill.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The bill before and after, and each figure that differed.</returns>
    /// <exception cref="NotAllowedException">The actor is a dispatcher.</exception>
    /// <exception cref="NotFoundException"><see cref="ErrorCodes.BillNotFound"/>.</exception>
    ValueTask<BillRecalculation> RecalculateAsync(BillNumber number, CancellationToken cancellationToken = default);

    /// <summary>The bills created on one day, added up for each creator. For billers and admins.</summary>
    /// <param name="date">The day.</param>
    /// <param name="zone">Whose day: midnight is that zone's.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The summary; without billers when no bill was created that day.</returns>
    /// <exception cref="NotAllowedException">The actor is a dispatcher.</exception>
    ValueTask<DaySummary> SummarizeDayAsync(DateOnly date, TimeZoneInfo zone, CancellationToken cancellationToken = default);

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
