namespace TraceTrack.Imports;

/// <summary>What an import did. Counts only, whatever its size; the rows not taken are read by <see cref="IImports.ReadResultsAsync"/>.</summary>
public sealed record ImportReport
{
    /// <summary>Identity of the import.</summary>
    public required Guid ImportId { get; init; }

    /// <summary>The store's key of the import, as on <see cref="Bags.Bag.ImportId"/>.</summary>
    public required long Key { get; init; }

    /// <summary>True when this import was done before: this is the first one's report, and nothing was changed.</summary>
    public bool IsReplay { get; init; }

    /// <summary>The path taken and why, in words for a person.</summary>
    public required string Path { get; init; }

    /// <summary>Rows read.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Parents stored.</summary>
    public required long Parents { get; init; }

    /// <summary>Children stored.</summary>
    public required long Children { get; init; }

    /// <summary>Of these, children that are in a parent.</summary>
    public required long Linked { get; init; }

    /// <summary>Scan rows stored, for an import of a scan log.</summary>
    public long Scans { get; init; }

    /// <summary>Rows not taken, by reason; reasons without rows are left out.</summary>
    public required IReadOnlyDictionary<RowRejection, long> Rejected { get; init; }

    /// <summary>Time from the first row to the commit.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Rows not taken, in all.</summary>
    public long RejectedRows => Rejected.Values.Sum();
}
