using System.Globalization;
using TraceTrack.Postgres;

namespace GraphQLHost.Commands;

internal static class OptimizeCommand
{
    public static async Task<int> RunAsync(StoreSession session, CancellationToken cancellationToken)
    {
        var indexes = session.Services.GetRequiredService<IndexBootstrapper>();
        var report = await ProgressDisplay.OnErrorStream().ShowAsync(
            progress => indexes.OptimizeAsync(progress.As<string>(text => new(text, 0, 0)), cancellationToken));
        await TextTable.WriteAsync(Console.Out, [["table", "index", "columns", "MB", "uses", "state"], .. report.Indexes.Select(Row)], 3, 4);
        await SayAsync("Built", report.Created);
        await SayAsync("Rebuilt or removed", report.Rebuilt);
        await SayAsync("Analysed", report.AnalyzedTables);
        var log = await session.Services.GetRequiredService<ScanLogKeeper>().MaintainAsync(cancellationToken);
        await SayAsync("Partitions made", log.CreatedPartitions);
        await SayAsync("Months detached", [.. log.DetachedMonths.Select(month => string.Create(CultureInfo.InvariantCulture, $"{month.Table} ({month.Rows:N0} rows)"))]);
        await SayAsync("Months due to be detached", [.. log.DueMonths.Select(month => month.ToString("yyyy-MM", CultureInfo.InvariantCulture))]);
        string[] problems = [.. report.Problems, .. log.Problems];
        foreach (var problem in problems)
            await Console.Error.WriteLineAsync(problem);
        return problems.Length == 0 ? Failures.Ok : Failures.Failed;
    }

    private static async Task SayAsync(string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
            await Console.Out.WriteLineAsync($"{what}: {string.Join(", ", names)}");
    }

    private static string[] Row(IndexInfo index) =>
    [
        index.Table,
        index.Name,
        index.Columns,
        string.Create(CultureInfo.InvariantCulture, $"{index.SizeBytes / 1048576.0:N1}"),
        string.Create(CultureInfo.InvariantCulture, $"{index.Scans:N0}"),
        (index.IsValid ? "valid" : "BROKEN") + (index.IsUnique ? ", unique" : ""),
    ];
}
