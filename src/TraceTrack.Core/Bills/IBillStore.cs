using TraceTrack.Paging;

namespace TraceTrack.Bills;

/// <summary>Storage of bills, unscoped: no actor, no rules. Applications use <see cref="IBills"/>.</summary>
public interface IBillStore
{
    /// <summary>Reads one bill.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The bill, or null.</returns>
    ValueTask<Bill?> FindAsync(BillNumber number, CancellationToken cancellationToken);

    /// <summary>Reads many bills in one round trip.</summary>
    /// <param name="numbers">Numbers; repeats are allowed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>One entry a number, in the same order; null where there is no bill.</returns>
    ValueTask<IReadOnlyList<Bill?>> FindManyAsync(IReadOnlyList<BillNumber> numbers, CancellationToken cancellationToken);

    /// <summary>Reads one slice of the list of bills, newest first.</summary>
    /// <param name="filter">Which bills.</param>
    /// <param name="slice">Where to start (exclusive), which way, and how many rows at most.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Rows in the direction of the slice: oldest first when it goes backward.</returns>
    ValueTask<IReadOnlyList<Bill>> ListAsync(BillFilter filter, Slice<BillPosition> slice, CancellationToken cancellationToken);

    /// <summary>Stores a new bill and counts it in the totals.</summary>
    /// <param name="command">The wish, already checked.</param>
    /// <param name="createdBy">The actor's id.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The bill, or null when the number is taken.</returns>
    ValueTask<Bill?> CreateAsync(CreateBill command, string createdBy, CancellationToken cancellationToken);

    /// <summary>Locks bills and all parents on them, asks for a decision and writes it, all in one transaction.</summary>
    /// <param name="numbers">The bills; repeats are allowed, and what does not exist is left out.</param>
    /// <param name="decide">
    /// A pure function of the bills found, each once and in no certain order, that may run again. It returns the changes to write, at most one
    /// a bill; with none, nothing is written. What it throws is rethrown after a roll-back.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait; after the commit has been sent, the outcome may be either.</param>
    /// <returns>The rows written, one entry a change.</returns>
    ValueTask<IReadOnlyList<BillCommit>> ChangeManyAsync(
        IReadOnlyList<BillNumber> numbers, Func<IReadOnlyList<BillState>, IReadOnlyList<BillChange>> decide, CancellationToken cancellationToken);

    /// <summary>As <see cref="ChangeManyAsync"/> for one bill, and counts under its lock what really is in the parents on it.</summary>
    /// <param name="number">The bill.</param>
    /// <param name="decide">
    /// A pure function of the locked rows and the contents counted, that may run again; not called when there is no such bill. With null,
    /// nothing is written. What it throws is rethrown after a roll-back.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait; after the commit has been sent, the outcome may be either.</param>
    /// <returns>The rows written; null when none were.</returns>
    ValueTask<BillCommit?> RecountAsync(
        BillNumber number, Func<BillState, IReadOnlyList<ParentContent>, BillChange?> decide, CancellationToken cancellationToken);

    /// <summary>Adds up the bills created in a time, for each creator, in one statement.</summary>
    /// <param name="created">The time, in whole microseconds.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>One row a creator, by id in ordinal order.</returns>
    ValueTask<IReadOnlyList<BillerSummary>> SummarizeAsync(TimeRange created, CancellationToken cancellationToken);
}
