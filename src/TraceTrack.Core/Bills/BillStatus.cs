namespace TraceTrack.Bills;

/// <summary>The life of a bill. The numbers are stored.</summary>
public enum BillStatus : short
{
    /// <summary>No parent is on it.</summary>
    New = 0,

    /// <summary>At least one parent is on it.</summary>
    Processing = 1,

    /// <summary>Completed explicitly; locked, its parents dispatched.</summary>
    Completed = 2,
}
