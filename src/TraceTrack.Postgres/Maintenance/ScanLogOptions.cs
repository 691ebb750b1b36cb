namespace TraceTrack.Postgres;

/// <summary>How the scan log is kept: its partitions, its old months, and the receipts that answer repeated scans.</summary>
public sealed class ScanLogOptions
{
    /// <summary>How often the host looks after the log. The first time is a minute after its start; several hosts take turns.</summary>
    /// <value>1 minute to 1 day; 1 hour by default.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many months beyond the present one have their partition in advance.</summary>
    /// <value>1–24; 3 by default.</value>
    public int MonthsAhead { get; set; } = ScanPartitions.MonthsAhead;

    /// <summary>How many whole months before the present one stay in the log; older ones are due to be detached.</summary>
    /// <value>3–1,200; null, the default, keeps everything.</value>
    public int? RetentionMonths { get; set; }

    /// <summary>
    /// Whether the host detaches months that are due. A detached month is a table <c>scan_archived_YYYY_MM</c>, for an administrator to dump
    /// and drop; its rows still count in the totals. When off, due months are only told.
    /// </summary>
    /// <value>True by default.</value>
    public bool DetachArchived { get; set; } = true;
}
