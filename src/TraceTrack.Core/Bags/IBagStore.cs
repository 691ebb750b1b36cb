using TraceTrack.Bills;
using TraceTrack.Paging;

namespace TraceTrack.Bags;

/// <summary>Storage of bags, unscoped: no actor, no area rules. Applications use <see cref="IBags"/>.</summary>
public interface IBagStore
{
    /// <summary>Reads one bag as stored.</summary>
    /// <param name="qr">Its code.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The bag, or null.</returns>
    ValueTask<Bag?> FindAsync(QrCode qr, CancellationToken cancellationToken);

    /// <summary>Reads many bags as stored, in one round trip.</summary>
    /// <param name="qrs">Codes; repeats are allowed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>One entry a code, in the same order; null where there is no bag.</returns>
    ValueTask<IReadOnlyList<Bag?>> FindManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken);

    /// <summary>Reads the children of many parents, in one round trip.</summary>
    /// <param name="parents">Parents' codes, without repeats.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>All children, ordered by code; <see cref="Bag.ParentQr"/> says whose.</returns>
    ValueTask<IReadOnlyList<Bag>> ChildrenOfAsync(IReadOnlyList<QrCode> parents, CancellationToken cancellationToken);

    /// <summary>Reads the parents on many bills, in one round trip.</summary>
    /// <param name="bills">Bill numbers, without repeats.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>All parents, ordered by code; <see cref="Bag.BillNumber"/> says on which bill.</returns>
    ValueTask<IReadOnlyList<Bag>> OnBillsAsync(IReadOnlyList<BillNumber> bills, CancellationToken cancellationToken);

    /// <summary>Reads one slice of the list of bags, ordered by code.</summary>
    /// <param name="filter">Which bags; its area is the one allowed.</param>
    /// <param name="slice">Where to start (exclusive), which way, and how many rows at most.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Rows in the direction of the slice: descending when it goes backward.</returns>
    ValueTask<IReadOnlyList<Bag>> ListAsync(BagFilter filter, Slice<QrCode> slice, CancellationToken cancellationToken);

    /// <summary>Finds codes by text: those that begin with it in order of code, then those that hold it elsewhere in order of code.</summary>
    /// <param name="text">1–64 characters of the codes' alphabet, upper case; from 3 characters on, also searched inside codes.</param>
    /// <param name="area">Only bags of this area; null for all.</param>
    /// <param name="limit">The most codes to return.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Codes, not rows: a cache may keep the answer and still serve fresh bags.</returns>
    /// <exception cref="TraceTrackException"><see cref="ErrorCodes.SubstringSearchUnavailable"/>.</exception>
    ValueTask<IReadOnlyList<QrCode>> SearchAsync(string text, string? area, int limit, CancellationToken cancellationToken);

    /// <summary>Locks bags, decides by <see cref="BagRules.Delete"/> which may go, and deletes them, all in one transaction, totals included.</summary>
    /// <param name="qrs">Codes; repeats are allowed.</param>
    /// <param name="cancellationToken">Cancels the wait; after the commit has been sent, the outcome may be either.</param>
    /// <returns>
    /// One answer a code, in the same order, and the bags deleted. Their version is that of the deletion: later than any the row had, and
    /// earlier than any that a bag registered under the same code will have.
    /// </returns>
    ValueTask<BagDeletion> DeleteManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken);
}
