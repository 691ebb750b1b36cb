namespace TraceTrack.Imports;

/// <summary>What becomes of an import's row whose bag the store knows.</summary>
public enum OnExisting
{
    /// <summary>
    /// The bag stays as it is, and the row's result says so: <see cref="RowOutcome.Kept"/> with <see cref="RowReason.AlreadyExists"/>, or
    /// <see cref="RowReason.LinkedElsewhere"/> when the row names a parent and the child stands in another one.
    /// </summary>
    Keep = 0,

    /// <summary>
    /// The bag takes what the row says, and what a row leaves blank stays. A child takes the weight; a loose child and a parent the area, a
    /// parent with all its children; a loose child is put into the parent named; a child in another parent moves there, and its stay is closed
    /// as history. A child in a parent has the parent's area, whatever its row says. A bag that says so already is not written and keeps its
    /// version. Refused: to leave a parent that is on a bill, to enter one, and any change on a completed bill.
    /// </summary>
    Update = 1,

    /// <summary>The row is rejected, for the reasons that <see cref="Keep"/> gives.</summary>
    Reject = 2,
}
