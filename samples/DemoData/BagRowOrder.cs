namespace TraceTrack.DemoData;

/// <summary>How the rows of a file are ordered before they are shuffled.</summary>
public enum BagRowOrder
{
    /// <summary>Each parent before its children; loose children at the end.</summary>
    ParentWithChildren = 0,

    /// <summary>All parents, then all children.</summary>
    ParentsFirst = 1,

    /// <summary>All children, then all parents.</summary>
    ChildrenFirst = 2,
}
