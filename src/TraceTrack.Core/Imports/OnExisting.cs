namespace TraceTrack.Imports;

/// <summary>What becomes of an import's row whose bag the store knows.</summary>
public enum OnExisting
{
    /// <summary>The bag stays as it is, and the row's result says so.</summary>
    Keep = 0,

    /// <summary>
    /// The bag takes what the row says: its weight, its area, and the parent it names. What a row leaves blank stays; the bag's present stay in
    /// another parent is closed as history.
    /// </summary>
    Update = 1,

    /// <summary>The row is rejected.</summary>
    Reject = 2,
}
