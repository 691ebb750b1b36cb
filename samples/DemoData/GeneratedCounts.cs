using System.Globalization;
using TraceTrack.Imports;

namespace TraceTrack.DemoData;

/// <summary>What an import of generated rows reports, with <see cref="OnExisting.Keep"/> and <see cref="OnError.Continue"/>.</summary>
/// <param name="RowCount">Rows in the file.</param>
/// <param name="Parents">New parents.</param>
/// <param name="Children">New children.</param>
/// <param name="Linked">Of these, children in a parent.</param>
/// <param name="Kept">Rows of bags that the store holds already.</param>
/// <param name="Rejected">Rows refused, by reason; reasons without rows are left out.</param>
public sealed record GeneratedCounts(
    long RowCount, long Parents, long Children, long Linked, long Kept, IReadOnlyDictionary<RowReason, long> Rejected)
{
    public long RejectedRows => Rejected.Values.Sum();

    /// <summary>Rows that have a result: all that were not taken.</summary>
    public long Results => Kept + RejectedRows;

    /// <summary>Null when a report says just this; else both, to be read by a person.</summary>
    public string? DifferenceFrom(ImportReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var told = new GeneratedCounts(report.RowsRead, report.Parents, report.Children, report.Linked, report.Kept, report.Rejected);
        return told.ToString() == ToString() ? null : $"The report says {told}; it should be {this}.";
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{RowCount} rows: {Parents} parents, {Children} children, {Linked} linked, {Kept} kept, rejected [{string.Join(", ", Rejected.OrderBy(pair => pair.Key).Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")))}]");
}
