namespace TraceTrack.Bills;

/// <summary>
/// The bills of one day. A bill belongs to the day on which it was created, whatever becomes of it later; its figures are those of now. So
/// each bill is in exactly one day, and yesterday's summary goes on changing until yesterday's bills are completed.
/// </summary>
public sealed record DaySummary
{
    /// <summary>The day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Whose day: the time zone's id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>From the day's first moment to before the next day's; 23 or 25 hours where clocks are put forward or back.</summary>
    public required TimeRange Range { get; init; }

    /// <summary>Who created bills that day, by id in ordinal order, with the figures of those bills.</summary>
    public required IReadOnlyList<BillerSummary> Billers { get; init; }

    /// <summary>All bills of the day together.</summary>
    public required BillSummary Total { get; init; }
}

/// <summary>The bills one actor created that day.</summary>
/// <param name="CreatedBy">Id of the actor.</param>
/// <param name="Summary">Their figures.</param>
public sealed record BillerSummary(string CreatedBy, BillSummary Summary);

/// <summary>Figures of several bills together.</summary>
public sealed record BillSummary
{
    /// <summary>Bills that nothing is on.</summary>
    public long NewBills { get; init; }

    /// <summary>Bills with parents on them, not completed.</summary>
    public long ProcessingBills { get; init; }

    /// <summary>Completed bills.</summary>
    public long CompletedBills { get; init; }

    /// <summary>Bills of every status.</summary>
    public long Bills => NewBills + ProcessingBills + CompletedBills;

    /// <summary>Parents on them.</summary>
    public long Parents { get; init; }

    /// <summary>The sum of their actual weights, in kilograms with three places.</summary>
    public decimal ActualWeightKg { get; init; }

    /// <summary>The sum of their expected weights, in kilograms. Composed through <see cref="IBills"/>; 0 on rows straight from a store.</summary>
    public decimal ExpectedWeightKg { get; init; }

    /// <summary>Actual − expected, in kilograms.</summary>
    public decimal VarianceKg => ActualWeightKg - ExpectedWeightKg;
}
