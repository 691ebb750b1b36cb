using System.Text;
using System.Text.Json;

namespace TraceTrack.LoadTest.Report;

/// <summary>Gathers what the benches have written: one page of tables, and the pictures of the documentation.</summary>
internal static class ReportBench
{
    public static readonly string[] Benches = ["bulk", "cache", "lookup", "scans", "host", "cost", "growth"];

    private static readonly string Folder = Path.Combine("artifacts", "bench");

    public static async Task<int> RunAsync(string pictures, CancellationToken cancellation)
    {
        var page = new StringBuilder("# Benchmarks, as they were measured last\n\n");
        var files = new Dictionary<string, BenchFile>(StringComparer.Ordinal);
        var failed = false;
        foreach (var name in Benches)
        {
            try
            {
                if (await BenchFile.ReadAsync(Folder, name, cancellation) is { } file)
                {
                    files.Add(name, file);
                    page.Append(MarkdownTables.Of(file));
                    continue;
                }

                page.Append("## ").Append(name).Append("\n\nNot measured yet: `./bench ").Append(name).Append("`.\n\n");
            }
            catch (JsonException error)
            {
                failed = true;
                Work.Say($"{Path.Combine(Folder, name + ".json")} cannot be read: {error.Message}");
            }
        }

        await DrawAsync(files, pictures, cancellation);
        Directory.CreateDirectory(Folder);
        var target = Path.Combine(Folder, "report.md");
        await File.WriteAllTextAsync(target, page.ToString(), cancellation);
        await Console.Out.WriteAsync(page, cancellation);
        Work.Say($"Written to {target}");
        var missing = Benches.Where(name => !files.ContainsKey(name)).ToArray();
        if (missing.Length > 0)
            Work.Say($"Not measured here: {string.Join(", ", missing.Select(name => $"./bench {name}"))}.");
        return failed ? 1 : 0;
    }

    private static async Task DrawAsync(Dictionary<string, BenchFile> files, string pictures, CancellationToken cancellation)
    {
        foreach (var (file, bench, draw) in Charts.All)
        {
            if (!files.TryGetValue(bench, out var figures))
                continue;
            if (draw(figures) is not { } picture)
            {
                Work.Say($"{file} is not drawn: {figures.Command} has not measured what it shows.");
                continue;
            }

            Directory.CreateDirectory(pictures);
            await File.WriteAllTextAsync(Path.Combine(pictures, file), picture, cancellation);
            Work.Say($"Drawn: {Path.Combine(pictures, file)}");
        }
    }
}
