using System.Globalization;
using TraceTrack.DemoData;
using TraceTrack.Exports;

namespace GraphQLHost.Commands;

internal static class GenerateCommand
{
    private const int ReportEvery = 50_000;

    /// <summary>The demo warehouse's bags, from another number on, and dirt among them.</summary>
    public static BagGenerator Generator(int bags, double dirt, int seed, int offset = 0, int shuffle = 1)
    {
        var plain = new DemoWarehouse(bags, seed).Generator.Options;
        return new(plain with { Offset = offset, ShuffleWindow = shuffle, Untidy = dirt, Dirt = BagDirt.Even(dirt, plain.Fill.FullParents > 0) });
    }

    public static async Task<int> RunAsync(string file, BagGenerator generator, CancellationToken cancellationToken)
    {
        if (file == ExportCommand.StandardOutput)
        {
            await using var output = new StreamWriter(Console.OpenStandardOutput()) { NewLine = "\n" };
            await WriteAsync(output, generator, new(), cancellationToken);
            await Console.Error.WriteLineAsync(Summary(generator, "standard output"));
            return Failures.Ok;
        }

        var path = Path.GetFullPath(file);
        if (BagFile.FormatOf(path) != ExportFormat.Csv)
            throw new CommandFailedException($"Only CSV is generated, and {Path.GetFileName(path)} is no name for it.");
        await using var whole = OutputFile.Create(path);
        await ProgressDisplay.OnErrorStream().ShowAsync(async progress =>
        {
            await WriteAsync(whole.Writer, generator, progress, cancellationToken);
            return true;
        });
        await whole.CompleteAsync();
        await Console.Out.WriteLineAsync(Summary(generator, path));
        return Failures.Ok;
    }

    public static async Task WriteAsync(TextWriter output, BagGenerator generator, StepProgress progress, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(BagCsv.Columns);
        var done = 0L;
        foreach (var row in generator.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Two fields more make a row that no reader can make out.
            var more = row.Problem is null ? "" : ",,";
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{BagCsv.Quote(row.Qr)},{BagCsv.Quote(row.ParentQr)},{BagCsv.Quote(row.Area)},{row.WeightKg}{more}"));
            if (++done % ReportEvery == 0)
                progress.Report("Writing rows", done, generator.RowCount);
        }

        await output.FlushAsync(cancellationToken);
    }

    /// <summary>What an import must tell, so that people can compare.</summary>
    public static string Summary(BagGenerator generator, string where)
    {
        var counts = generator.Counts!;
        var refused = counts.RejectedRows == 0
            ? ""
            : $" ({string.Join(", ", counts.Rejected.OrderBy(pair => pair.Key).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{ImportCommand.Code(pair.Key)} {pair.Value:N0}")))})";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.RowCount:N0} rows written to {where}. An import into a store without these bags takes {counts.Parents:N0} parents and {counts.Children:N0} children, {counts.Linked:N0} of them in parents, and refuses {counts.RejectedRows:N0} rows{refused}.");
    }
}
