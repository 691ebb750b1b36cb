using TraceTrack.Bags;

namespace TraceTrack.Bills;

/// <summary>What really is in a parent, counted from its children.</summary>
/// <param name="ParentId">Key of the parent.</param>
/// <param name="Children">Children in it.</param>
/// <param name="WeightKg">The sum of their weights, in kilograms with three places.</param>
public sealed record ParentContent(long ParentId, int Children, decimal WeightKg);

/// <summary>The answer to a recalculation: the bill's figures as they were kept, and as counting its bags gives them.</summary>
/// <param name="Kept">The bill as it was.</param>
/// <param name="Bill">The bill as it stands now; the same one when nothing differed.</param>
/// <param name="Differences">Each figure that differed, and was mended: first the bill's, then its parents' by code.</param>
public sealed record BillRecalculation(Bill Kept, Bill Bill, IReadOnlyList<FigureDifference> Differences)
{
    /// <summary>True when there was nothing to mend, as there should be.</summary>
    public bool IsExact => Differences.Count == 0 && Kept.Status == Bill.Status;
}

/// <summary>A figure that was kept other than it is.</summary>
/// <param name="Figure">Which.</param>
/// <param name="Parent">The parent whose figure it is; null for the bill's own.</param>
/// <param name="Kept">What was kept: a number, or kilograms with three places.</param>
/// <param name="Counted">What counting the bags gave.</param>
public sealed record FigureDifference(BillFigure Figure, QrCode? Parent, decimal Kept, decimal Counted);

/// <summary>A figure of a bill, or of a parent on it.</summary>
public enum BillFigure
{
    /// <summary>Parents on the bill.</summary>
    ParentCount = 1,

    /// <summary>The bill's actual weight, in kilograms.</summary>
    ActualWeight = 2,

    /// <summary>The bill's expected weight, in kilograms. Follows from the number of parents.</summary>
    ExpectedWeight = 3,

    /// <summary>The bill's variance, in kilograms. Follows from the two weights.</summary>
    Variance = 4,

    /// <summary>The most parents the bill takes; raised where more are on it.</summary>
    Capacity = 5,

    /// <summary>Children in a parent.</summary>
    ChildCount = 6,

    /// <summary>The weight of the children in a parent, in kilograms.</summary>
    ContentWeight = 7,
}
