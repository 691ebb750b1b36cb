using System.Globalization;
using TraceTrack.Imports;

namespace GraphQLHost.Commands;

/// <summary>What an import did, in a few lines for people.</summary>
internal static class ImportSummary
{
    public static IEnumerable<string> Lines(ImportReport report)
    {
        if (report.IsReplay)
            yield return $"Import {report.ImportId} was done before, and nothing was changed now. It did this:";
        if (report.IsDryRun)
            yield return "A dry run: no bag was changed. An import would do this:";
        if (report.IsRolledBack)
            yield return "Rolled back, since rows were refused: no bag was changed.";
        yield return Text(
            $"{report.RowsRead:N0} rows read in {report.Elapsed.TotalSeconds:F1} s: {report.Parents:N0} parents and {report.Children:N0} children taken, {report.Linked:N0} of them in parents; {report.RejectedRows:N0} rows refused.");
        if (report.Kept > 0)
            yield return Text($"{report.Kept:N0} rows name bags that are known; they were kept as they are.");
        if (report.Updated > 0)
            yield return Text($"{report.Updated:N0} known bags took what their rows say.");
        yield return $"Import {report.ImportId}; path: {report.Path}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
