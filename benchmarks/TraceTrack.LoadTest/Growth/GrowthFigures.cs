namespace TraceTrack.LoadTest.Growth;

/// <summary>One figure of a store of one size.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of it.</param>
/// <param name="Most">The most it may grow against the smallest store, or, of a rate, the least that may be left of it.</param>
/// <param name="IsRate">Whether more is better.</param>
/// <param name="IsCurve">Whether it is a time that is drawn.</param>
internal sealed record GrowthFigure(string Metric, double Value, string Unit, double? Most = null, bool IsRate = false, bool IsCurve = false)
{
    public bool? IsReached(double ratio) => Most is not { } most ? null : IsRate ? ratio >= most : ratio <= most;
}

/// <summary>All figures of a store of one size.</summary>
internal sealed record GrowthFigures(int Bags, IReadOnlyList<GrowthFigure> Figures)
{
    /// <summary>Each figure that the smallest store has too, and how many times that it is.</summary>
    public IEnumerable<(GrowthFigure Figure, double Ratio)> Against(GrowthFigures smallest) =>
        Figures.Join(
            smallest.Figures.Where(least => least.Value > 0), figure => figure.Metric, least => least.Metric,
            (figure, least) => (figure, figure.Value / least.Value), StringComparer.Ordinal);
}
