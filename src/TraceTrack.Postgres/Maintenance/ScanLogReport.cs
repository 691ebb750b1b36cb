namespace TraceTrack.Postgres;

/// <summary>What looking after the scan log did.</summary>
public sealed record ScanLogReport
{
    /// <summary>True when another process was at it, and nothing was done here.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>Partitions that were made, by name.</summary>
    public IReadOnlyList<string> CreatedPartitions { get; init; } = [];

    /// <summary>Months that were detached.</summary>
    public IReadOnlyList<ArchivedMonth> DetachedMonths { get; init; } = [];

    /// <summary>First days of the months that are due and still in the log.</summary>
    public IReadOnlyList<DateOnly> DueMonths { get; init; } = [];

    /// <summary>Receipts older than <see cref="TraceTrackOptions.ReplayWindow"/> that were deleted.</summary>
    public long PrunedReceipts { get; init; }

    /// <summary>What could not be done and why, a sentence each; the next time tries again.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>A month that is no part of the scan log any more.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Table">The table that holds it, without schema.</param>
/// <param name="Rows">Its rows, which still count in the totals, also when the table is dropped.</param>
public sealed record ArchivedMonth(DateOnly Month, string Table, long Rows);
