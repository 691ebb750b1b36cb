namespace TraceTrack.Scans;

/// <summary>Why a scan was refused. Stable; the numbers are stored.</summary>
public enum ScanRejection : short
{
    /// <summary>The bag is not registered, and <see cref="TraceTrackOptions.RegisterUnknownBags"/> is off.</summary>
    UnknownBag = 1,

    /// <summary>A parent is needed, and the code is a child's.</summary>
    NotAParent = 2,

    /// <summary>A child is needed, and the code is a parent's.</summary>
    NotAChild = 3,

    /// <summary>The parent holds all it can; the fact is count/capacity, such as 30/30.</summary>
    ParentFull = 4,

    /// <summary>The child is in this parent already.</summary>
    AlreadyLinkedHere = 5,

    /// <summary>The child is in another parent; the fact is that parent's code, if the actor may see it.</summary>
    LinkedElsewhere = 6,

    /// <summary>The parent is on a bill and therefore closed; the fact is the bill's number.</summary>
    ParentBilled = 7,

    /// <summary>The parent is on a bill already; the fact is that bill's number.</summary>
    AlreadyOnBill = 8,

    /// <summary>The bill holds all it can; the fact is count/capacity.</summary>
    BillFull = 9,

    /// <summary>The bill is completed and therefore locked; the fact is its number.</summary>
    BillCompleted = 10,

    /// <summary>The parent is not on this bill, or on none.</summary>
    NotOnBill = 11,

    /// <summary>The child is in no parent.</summary>
    NotLinked = 12,

    /// <summary>A bag lies outside the actor's area. No fact is given, and nothing is registered.</summary>
    OutOfArea = 13,

    /// <summary>The actor's role does not allow the action.</summary>
    NotAllowed = 14,

    /// <summary>The actor has no recorded scan that is not undone yet.</summary>
    NothingToUndo = 15,

    /// <summary>The actor's latest scan is older than <see cref="TraceTrackOptions.UndoWindow"/>.</summary>
    UndoWindowPassed = 16,

    /// <summary>The scan's id was used before by another actor or for another scan.</summary>
    ScanIdReused = 17,

    /// <summary>The scan is older than <see cref="TraceTrackOptions.ReplayWindow"/>, so a repeat could not be told from a first.</summary>
    ReplayExpired = 18,

    /// <summary>There is no bill of this number; the fact is the number.</summary>
    UnknownBill = 19,
}
