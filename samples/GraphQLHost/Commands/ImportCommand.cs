using System.Globalization;
using System.Text.Json;
using TraceTrack.Imports;
using TraceTrack.Users;

namespace GraphQLHost.Commands;

internal static class ImportCommand
{
    /// <summary>Rows not taken that are shown; a report file has all of them.</summary>
    private const int Shown = 20;

    public static async Task<int> RunAsync(
        StoreSession session, FileInfo file, FileInfo? reportFile, ImportOptions options, CancellationToken cancellationToken)
    {
        // Opened before the import, so that a report that cannot be written is known while nothing has happened yet.
        await using var refused = reportFile is null ? null : OutputFile.Create(reportFile.FullName);
        await using var stream = file.OpenRead();
        var imported = new ImportedFile(stream, BagFile.FormatOf(file.Name));
        var imports = session.TraceTrack.As(Actor.System).Imports;
        var report = await ProgressDisplay.OnErrorStream().ShowAsync(
            progress => imports.ImportAsync(
                imported.RowsAsync(cancellationToken), options, progress.As<ImportProgress>(done => Step(done, stream)), cancellationToken).AsTask());
        if (report.IsReplay)
            await imported.ReadIfUnreadAsync(cancellationToken);
        await PrintAsync(Console.Out, report, imported, imports, cancellationToken);
        if (refused is not null)
        {
            await WriteRefusedAsync(refused.Writer, report, imported, imports.ReadResultsAsync(report.ImportId, cancellationToken));
            await refused.CompleteAsync();
            await Console.Out.WriteLineAsync($"All of them are in {reportFile!.FullName}.");
        }

        return ExitCode(report);
    }

    /// <summary>An import that was asked to take all rows or none, and took none, did not do what was asked.</summary>
    public static int ExitCode(ImportReport report) => report.IsRolledBack ? Failures.Failed : Failures.Ok;

    public static async Task PrintAsync(
        TextWriter output, ImportReport report, ImportedFile file, IImports imports, CancellationToken cancellationToken)
    {
        foreach (var line in ImportSummary.Lines(report))
            await output.WriteLineAsync(line);
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
                $"{Place(file, report, result.Ordinal)}: {Code(result.Outcome)}, {Code(result.Reason)} '{OneLine(result.Qr)}'{(Detail(file, report, result) is { } detail ? $" ({OneLine(detail)})" : "")}"));
        }
    }

    public static async Task WriteRefusedAsync(TextWriter output, ImportReport report, ImportedFile file, IAsyncEnumerable<RowResult> results)
    {
        await output.WriteLineAsync("line,qr,outcome,reason,detail");
        await foreach (var result in results)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{file.LineOf(result.Ordinal, report)},{BagCsv.Quote(result.Qr)},{Code(result.Outcome)},{Code(result.Reason)},{BagCsv.Quote(Detail(file, report, result))}"));
        }
    }

    /// <summary>What a progress bar says of rows: how many, how fast, and how many are rejected so far.</summary>
    public static string Detail(ImportProgress progress)
    {
        var rate = StepProgress.Rate(progress.RowsRead, progress.Elapsed);
        return progress.Rejected == 0 ? rate : string.Create(CultureInfo.InvariantCulture, $"{rate}, {progress.Rejected:N0} rejected");
    }

    /// <summary>The name of a value as machines read it.</summary>
    public static string Code<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>How far the file is read is the only measure of a file whose rows nobody has counted.</summary>
    private static StepProgress.Step Step(ImportProgress progress, FileStream file) => progress.Phase switch
    {
        ImportPhase.Reading => new("Reading", file.Position, file.Length, Detail(progress)),
        ImportPhase.Checking => new("Checking", 0, 0),
        _ => new("Putting bags in place and building indexes", 0, 0),
    };

    /// <summary>Imports count rows; people look for lines.</summary>
    private static string? Detail(ImportedFile file, ImportReport report, RowResult result) =>
        result.Reason == RowReason.DuplicateInFile && long.TryParse(result.Detail, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? string.Create(CultureInfo.InvariantCulture, $"first on {Place(file, report, first)}")
            : result.Detail;

    private static string Place(ImportedFile file, ImportReport report, long row) => file.LineOf(row, report) is { } line
        ? string.Create(CultureInfo.InvariantCulture, $"line {line}")
        : string.Create(CultureInfo.InvariantCulture, $"row {row}");

    // A terminal obeys control characters, wherever they come from.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
