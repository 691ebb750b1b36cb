namespace TraceTrack.Bags;

/// <summary>What a bag is. The code says it, and a code never changes kind. The numbers are stored.</summary>
public enum BagKind : short
{
    /// <summary>Holds children and is loaded onto bills.</summary>
    Parent = 1,

    /// <summary>Lies loose or in one parent.</summary>
    Child = 2,
}
