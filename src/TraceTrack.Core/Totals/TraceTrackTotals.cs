namespace TraceTrack.Totals;

/// <summary>Exact numbers of what is stored, kept in the transactions that change them; reading them counts nothing.</summary>
/// <param name="Bags">Bags of both kinds.</param>
/// <param name="Parents">Parent bags.</param>
/// <param name="Children">Child bags.</param>
/// <param name="Bills">Bills.</param>
/// <param name="Scans">Rows of the scan log, rejections among them.</param>
/// <param name="Users">Users of TraceTrack's own table.</param>
public readonly record struct TraceTrackTotals(long Bags, long Parents, long Children, long Bills, long Scans, long Users)
{
    /// <summary>The sum, part by part.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>The sum.</returns>
    public static TraceTrackTotals operator +(TraceTrackTotals left, TraceTrackTotals right) => Add(left, right);

    /// <summary>The sum, part by part.</summary>
    /// <param name="left">Left.</param>
    /// <param name="right">Right.</param>
    /// <returns>The sum.</returns>
    public static TraceTrackTotals Add(TraceTrackTotals left, TraceTrackTotals right) => new(
        left.Bags + right.Bags, left.Parents + right.Parents, left.Children + right.Children,
        left.Bills + right.Bills, left.Scans + right.Scans, left.Users + right.Users);
}

/// <summary>What a recount found.</summary>
/// <param name="Kept">The totals as they were kept.</param>
/// <param name="Counted">The totals counted under one snapshot; these stand now.</param>
public sealed record TotalsReconciliation(TraceTrackTotals Kept, TraceTrackTotals Counted)
{
    /// <summary>True when nothing had to be mended, as it must be.</summary>
    public bool IsExact => Kept == Counted;
}
