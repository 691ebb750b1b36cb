namespace TraceTrack.History;

/// <summary>What an entry of a history tells. Of entries of one moment, the lower number came first.</summary>
public enum HistoryKind : short
{
    /// <summary>The bill was created.</summary>
    Created = 1,

    /// <summary>An import brought the bag.</summary>
    Imported = 2,

    /// <summary>The child left a parent, by an import or by a scan that is in the log no more.</summary>
    Left = 3,

    /// <summary>The child came into a parent, by an import or by a scan that is in the log no more.</summary>
    Entered = 4,

    /// <summary>A scan, recorded or rejected; <see cref="HistoryEntry.Action"/> says which.</summary>
    Scanned = 5,

    /// <summary>The bill's capacity was changed.</summary>
    Resized = 6,

    /// <summary>The bill was completed.</summary>
    Completed = 7,

    /// <summary>The completed bill was opened again.</summary>
    Reopened = 8,

    /// <summary>The bill's figures were counted anew, differed, and were mended.</summary>
    Recalculated = 9,

    /// <summary>The bill was deleted. What follows is about a later bill of the same number.</summary>
    Deleted = 10,
}
