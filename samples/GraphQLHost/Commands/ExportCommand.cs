using System.Globalization;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Exports;
using TraceTrack.Users;

namespace GraphQLHost.Commands;

internal static class ExportCommand
{
    /// <summary>In the place of a file: standard output, which then holds nothing else.</summary>
    public const string StandardOutput = "-";

    public static async Task<int> RunAsync(StoreSession session, string file, BagFilter filter, CancellationToken cancellationToken)
    {
        var tracker = session.TraceTrack.As(Actor.System);
        if (file == StandardOutput)
        {
            await using var output = Console.OpenStandardOutput();
            await SayAsync(Console.Error, await ShowAsync(tracker, filter, ExportFormat.Csv, output, cancellationToken), "standard output");
            return Failures.Ok;
        }

        var path = Path.GetFullPath(file);
        await using var whole = OutputFile.Create(path);
        var written = await ShowAsync(tracker, filter, BagFile.FormatOf(path), whole.Writer.BaseStream, cancellationToken);
        await whole.CompleteAsync();
        await SayAsync(Console.Out, written, path);
        return Failures.Ok;
    }

    /// <summary>Writes the bags and tells how far it is: of all when it is known how many there are.</summary>
    public static async Task<long> WriteAsync(
        ITracker tracker, BagFilter filter, ExportFormat format, Stream output, StepProgress progress, CancellationToken cancellationToken)
    {
        var total = await CountAsync(tracker, filter, cancellationToken);
        return await tracker.Exports.ExportAsync(filter, format, output, progress.As<ExportProgress>(done => Step(done, total)), cancellationToken);
    }

    private static Task<long> ShowAsync(ITracker tracker, BagFilter filter, ExportFormat format, Stream output, CancellationToken cancellationToken) =>
        ProgressDisplay.OnErrorStream().ShowAsync(progress => WriteAsync(tracker, filter, format, output, progress, cancellationToken));

    private static async ValueTask<long> CountAsync(ITracker tracker, BagFilter filter, CancellationToken cancellationToken)
    {
        var totals = await tracker.Totals.GetAsync(cancellationToken);
        if (filter with { Kind = null } != BagFilter.All)
            return 0;
        return filter.Kind switch
        {
            BagKind.Parent => totals.Parents,
            BagKind.Child => totals.Children,
            _ => totals.Bags,
        };
    }

    // Bags may have come since they were counted.
    private static StepProgress.Step Step(ExportProgress done, long total) =>
        new("Writing bags", done.RowsWritten, total == 0 ? 0 : Math.Max(total, done.RowsWritten), StepProgress.Rate(done.RowsWritten, done.Elapsed));

    private static Task SayAsync(TextWriter output, long written, string where) =>
        output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{written:N0} bags written to {where}."));
}
