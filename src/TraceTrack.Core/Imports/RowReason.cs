namespace TraceTrack.Imports;

/// <summary>Why a row of an import was not taken as it is. Stable; the numbers are stored.</summary>
public enum RowReason : short
{
    /// <summary>The code, or the parent's code, is no QR code.</summary>
    InvalidQrCode = 1,

    /// <summary>The area is no area.</summary>
    InvalidArea = 2,

    /// <summary>The weight is negative, too large or has more than three places.</summary>
    InvalidWeight = 3,

    /// <summary>An earlier row of the same file has the same code; the detail is that row's ordinal.</summary>
    DuplicateInFile = 4,

    /// <summary>The store does not hold the parent, and it has no row that was taken; the detail is its code.</summary>
    UnknownParent = 5,

    /// <summary>The parent holds all it can; the children of the lowest ordinals were taken. The detail is the parent's code.</summary>
    ParentFull = 6,

    /// <summary>
    /// A parent inside another bag, or a bag inside a child; with <see cref="OnExisting.Update"/> also a code that the store has as the other kind's,
    /// since <see cref="TraceTrackOptions.ParentQrPattern"/> was changed. The detail is the code named as parent.
    /// </summary>
    WrongKind = 7,

    /// <summary>The store holds the bag already.</summary>
    AlreadyExists = 8,

    /// <summary>
    /// The store holds the bag already, in another parent than the row names; the detail is that parent's code. With
    /// <see cref="OnExisting.Update"/>: that parent is on an open bill, so that nothing leaves it.
    /// </summary>
    LinkedElsewhere = 9,

    /// <summary>The parent is on an open bill and takes no more children; the detail is the bill's number.</summary>
    ParentOnBill = 10,

    /// <summary>The bag, its parent, or the parent named is on a completed bill, which is locked; the detail is the bill's number.</summary>
    OnCompletedBill = 11,

    /// <summary>The row could not be read: its quotes, its number of fields, or what a line must be. The detail is <see cref="BagRow.Problem"/>, cut to 200 characters.</summary>
    Malformed = 12,
}
