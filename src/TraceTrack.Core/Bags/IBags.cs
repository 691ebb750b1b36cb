using TraceTrack.Bills;
using TraceTrack.Paging;

namespace TraceTrack.Bags;

/// <summary>Bags as one actor may see them.</summary>
public interface IBags
{
    /// <summary>Looks up a bag by its code.</summary>
    /// <param name="qr">The code.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The bag, composed with its parent's status; null when it does not exist or lies outside the actor's area.</returns>
    ValueTask<Bag?> FindAsync(QrCode qr, CancellationToken cancellationToken = default);

    /// <summary>Looks up many bags at once; far cheaper than one by one.</summary>
    /// <param name="qrs">Codes; repeats are allowed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>One entry a code, in the same order; null as in <see cref="FindAsync"/>.</returns>
    ValueTask<IReadOnlyList<Bag?>> FindManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken = default);

    /// <summary>The contents of many parents at once.</summary>
    /// <param name="parents">Codes of parents; repeats are allowed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>One list a parent, in the same order, children by code; empty where the parent is not to be seen.</returns>
    ValueTask<IReadOnlyList<IReadOnlyList<Bag>>> ChildrenOfAsync(IReadOnlyList<QrCode> parents, CancellationToken cancellationToken = default);

    /// <summary>The parents on many bills at once, of those the ones the actor may see.</summary>
    /// <param name="bills">Bill numbers; repeats are allowed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>One list a bill, in the same order, parents by code.</returns>
    ValueTask<IReadOnlyList<IReadOnlyList<Bag>>> OnBillsAsync(IReadOnlyList<BillNumber> bills, CancellationToken cancellationToken = default);

    /// <summary>One page of bags, ordered by code. Stays right while bags are added: a cursor is a position, not a count.</summary>
    /// <param name="filter">Which bags.</param>
    /// <param name="page">Size, direction and cursor.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidPage"/>, <see cref="ErrorCodes.InvalidCursor"/> or <see cref="ErrorCodes.InvalidArea"/>.</exception>
    ValueTask<Page<Bag>> ListAsync(BagFilter filter, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>Finds bags by a part of their code: first those that begin with the text, then (from 3 characters on) those that hold it.</summary>
    /// <param name="text">1–64 characters; normalised as codes are.</param>
    /// <param name="limit">1–200 bags.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Bags in order of code within each of the two groups.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidSearch"/> or <see cref="ErrorCodes.InvalidPage"/>.</exception>
    /// <exception cref="TraceTrackException"><see cref="ErrorCodes.SubstringSearchUnavailable"/>.</exception>
    ValueTask<IReadOnlyList<Bag>> SearchAsync(string text, int limit = 20, CancellationToken cancellationToken = default);

    /// <summary>Deletes a bag that is empty, in no parent and on no bill. For admins.</summary>
    /// <param name="qr">The code.</param>
    /// <param name="cancellationToken">Cancels the wait; the outcome may then be either.</param>
    /// <returns>Deleted, or refused with a reason and the fact that explains it.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidQrCode"/>: the default code.</exception>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    ValueTask<DeleteResult> DeleteAsync(QrCode qr, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes many bags at once, in one transaction: those that may go, whatever becomes of the others. A child that is in a parent is refused
    /// even when the parent is in the batch too, since nothing is unlinked silently. For admins.
    /// </summary>
    /// <param name="qrs">0–10,000 codes, decided in this order; one that comes again is unknown the second time.</param>
    /// <param name="cancellationToken">Cancels the wait; the outcome may then be either.</param>
    /// <returns>One answer a code, in the same order.</returns>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.InvalidBatch"/>, or <see cref="ErrorCodes.InvalidQrCode"/>: a default code.</exception>
    /// <exception cref="NotAllowedException">The actor is no admin.</exception>
    ValueTask<IReadOnlyList<DeleteResult>> DeleteManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken = default);
}
