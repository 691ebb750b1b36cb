namespace TraceTrack.Bags;

/// <summary>What became of the wish to delete a bag.</summary>
public enum DeleteOutcome : short
{
    /// <summary>The bag is gone; its scans and finished stays remain in the log.</summary>
    Deleted = 1,

    /// <summary>Refused, with a reason; nothing changed.</summary>
    Refused = 2,
}

/// <summary>Why a bag was not deleted. Stable.</summary>
public enum DeleteRejection : short
{
    /// <summary>There is no such bag, or this batch deleted it already.</summary>
    UnknownBag = 1,

    /// <summary>The parent holds children; the fact is their number.</summary>
    HasChildren = 2,

    /// <summary>The child is in a parent; the fact is that parent's code.</summary>
    InParent = 3,

    /// <summary>The parent is on a bill; the fact is the bill's number.</summary>
    OnBill = 4,
}
