namespace TraceTrack.Imports;

/// <summary>Where an import stands.</summary>
public enum ImportPhase
{
    /// <summary>Rows are read and sent.</summary>
    Reading = 0,

    /// <summary>Rows are checked against each other and against the store.</summary>
    Checking = 1,

    /// <summary>Bags are put in place: indexes are built, or the rows are merged into the store. Left out when there is nothing to put.</summary>
    Indexing = 2,

    /// <summary>Everything is committed.</summary>
    Done = 3,
}

/// <summary>A sign of life of an import.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="RowsRead">Rows read so far.</param>
/// <param name="Elapsed">Time since it began.</param>
/// <param name="Rejected">Rows rejected so far while reading; what only the store can tell is found later and is in the report.</param>
public readonly record struct ImportProgress(ImportPhase Phase, long RowsRead, TimeSpan Elapsed, long Rejected = 0);
