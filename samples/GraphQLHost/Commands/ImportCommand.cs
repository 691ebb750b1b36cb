using System.Globalization;
using System.Text.Json;
using TraceTrack.Imports;
using TraceTrack.Users;

namespace GraphQLHost.Commands;

internal static class ImportCommand
{
    /// <summary>Refused rows that are shown; a report file has all of them.</summary>
    private const int Shown = 20;

    public static async Task<int> RunAsync(StoreSession session, FileInfo file, FileInfo? reportFile, CancellationToken cancellationToken)
    {
        // Opened before the import, so that a report that cannot be written is known while nothing has happened yet.
        await using var refused = reportFile is null ? null : OutputFile.Create(reportFile.FullName);
        using var text = new StreamReader(file.FullName);
        var reader = new BagCsvReader(text);
        var imports = session.TraceTrack.As(Actor.System).Imports;
        var report = await ProgressDisplay.OnErrorStream().ShowAsync(
            progress => imports.ImportAsync(reader.RowsAsync(cancellationToken), new(), progress.As<ImportProgress>(Step), cancellationToken).AsTask());
        await PrintAsync(Console.Out, report, reader, imports, cancellationToken);
        if (refused is not null)
        {
            await WriteRefusedAsync(refused.Writer, reader, imports.ReadResultsAsync(report.ImportId, cancellationToken));
            await refused.CompleteAsync();
            await Console.Out.WriteLineAsync($"All of them are in {reportFile!.FullName}.");
        }

        return Failures.Ok;
    }

    public static async Task PrintAsync(
        TextWriter output, ImportReport report, BagCsvReader reader, IImports imports, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.RowsRead:N0} rows read in {report.Elapsed.TotalSeconds:F1} s: {report.Parents:N0} parents and {report.Children:N0} children taken, {report.Linked:N0} of them in parents; {report.RejectedRows:N0} rows refused."));
        foreach (var (reason, count) in report.Rejected.OrderByDescending(pair => pair.Value))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {Code(reason)}: {count:N0}"));
        var shown = 0;
        await foreach (var result in imports.ReadResultsAsync(report.ImportId, cancellationToken))
        {
            if (++shown > Shown)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"… and {report.RejectedRows + report.Kept - Shown:N0} more; --report FILE writes them all."));
                break;
            }

            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"line {reader.LineOf(result.Ordinal)}: {Code(result.Reason)} '{OneLine(result.Qr)}'{(Detail(reader, result) is { } detail ? $" ({OneLine(detail)})" : "")}"));
        }
    }

    public static async Task WriteRefusedAsync(TextWriter output, BagCsvReader reader, IAsyncEnumerable<RowResult> results)
    {
        await output.WriteLineAsync("line,qr,reason,detail");
        await foreach (var result in results)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{reader.LineOf(result.Ordinal)},{BagCsv.Quote(result.Qr)},{Code(result.Reason)},{BagCsv.Quote(Detail(reader, result))}"));
        }
    }

    private static StepProgress.Step Step(ImportProgress progress) => progress.Phase == ImportPhase.Reading
        ? new(string.Create(CultureInfo.InvariantCulture, $"Reading, {progress.RowsRead:N0} rows so far"), 0, 0)
        : new(progress.Phase == ImportPhase.Checking ? "Checking" : "Building indexes", 0, 0);

    private static string Code(RowReason reason) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(reason.ToString());

    /// <summary>Imports count rows; people look for lines.</summary>
    private static string? Detail(BagCsvReader reader, RowResult result) =>
        result.Reason == RowReason.DuplicateInFile && long.TryParse(result.Detail, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? string.Create(CultureInfo.InvariantCulture, $"first on line {reader.LineOf(first)}")
            : result.Detail;

    // A terminal obeys control characters, wherever they come from.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
