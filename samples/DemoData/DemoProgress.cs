namespace TraceTrack.DemoData;

/// <summary>What is being filled in.</summary>
public enum DemoPhase
{
    Users,
    Bags,

    /// <summary>The bags are in; they are checked and their indexes built. It is not known how long that takes.</summary>
    Indexes,

    Scans,
    Bills,
    Done,
}

/// <summary>Where a fill stands.</summary>
/// <param name="Phase">What is being filled in.</param>
/// <param name="Done">How many of them are done.</param>
/// <param name="Total">How many there will be; 0 when that means nothing.</param>
public readonly record struct DemoProgress(DemoPhase Phase, long Done, long Total);

/// <summary>What became of a fill.</summary>
public enum DemoOutcome
{
    /// <summary>The store holds the demo warehouse now; it may have held a part of it before.</summary>
    Filled,

    /// <summary>The store held all of it already.</summary>
    WasFull,

    /// <summary>The store holds other bags. Nothing was changed.</summary>
    HoldsOtherBags,
}
