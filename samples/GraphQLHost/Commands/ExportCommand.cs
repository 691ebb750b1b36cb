using System.Globalization;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Paging;
using TraceTrack.Users;

namespace GraphQLHost.Commands;

internal static class ExportCommand
{
    public static async Task<int> RunAsync(StoreSession session, FileInfo file, CancellationToken cancellationToken)
    {
        await using var output = OutputFile.Create(file.FullName);
        var written = await ProgressDisplay.OnErrorStream().ShowAsync(
            progress => WriteAsync(session.TraceTrack.As(Actor.System), output.Writer, progress, cancellationToken));
        await output.CompleteAsync();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{written:N0} bags written to {file.FullName}."));
        return Failures.Ok;
    }

    /// <summary>Writes all bags, parents first. A bag that is scanned meanwhile appears as it was when its page was read.</summary>
    /// <returns>How many bags.</returns>
    public static async Task<long> WriteAsync(ITracker tracker, TextWriter output, StepProgress progress, CancellationToken cancellationToken)
    {
        var total = (await tracker.Totals.GetAsync(cancellationToken)).Bags;
        var written = 0L;
        await output.WriteLineAsync(BagCsv.Columns.AsMemory(), cancellationToken);
        foreach (var kind in new[] { BagKind.Parent, BagKind.Child })
        {
            var filter = new BagFilter { Kind = kind };
            string? cursor = null;
            for (var more = true; more;)
            {
                var page = await tracker.Bags.ListAsync(filter, PageRequest.First(PageRequest.MaxSize, cursor), cancellationToken);
                foreach (var bag in page.Items)
                    await output.WriteLineAsync(BagCsv.Line(bag).AsMemory(), cancellationToken);
                written += page.Items.Count;
                progress.Report("Writing bags", written, Math.Max(total, written));
                (cursor, more) = (page.EndCursor, page.HasNext);
            }
        }

        return written;
    }
}
