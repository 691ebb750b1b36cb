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

    /// <summary>New parents stored.</summary>
    public required long Parents { get; init; }

    /// <summary>New children stored.</summary>
    public required long Children { get; init; }

    /// <summary>Of these, children that are in a parent.</summary>
    public required long Linked { get; init; }

    /// <summary>Rows whose bag the store knew and kept as it was (<see cref="OnExisting.Keep"/>); each has a <see cref="RowResult"/>.</summary>
    public long Kept { get; init; }

    /// <summary>Known bags that took what their rows say (<see cref="OnExisting.Update"/>), those that said so already among them.</summary>
    public long Updated { get; init; }

    /// <summary>True when nothing was to be stored: the other figures say what an import would do.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>
    /// True when rows were rejected and <see cref="OnError.RollBack"/> was asked for: nothing was stored (by a dry run: would be), and the counts
    /// of what was stored or updated are 0.
    /// </summary>
    public bool IsRolledBack { get; init; }

    /// <summary>Scan rows stored, for an import of a scan log.</summary>
    public long Scans { get; init; }

    /// <summary>Rows rejected, by reason; reasons without rows are left out. Bags kept are not among them.</summary>
    public required IReadOnlyDictionary<RowReason, long> Rejected { get; init; }

    /// <summary>Time from the first row to the commit.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Rows rejected, in all.</summary>
    public long RejectedRows => Rejected.Values.Sum();
}
