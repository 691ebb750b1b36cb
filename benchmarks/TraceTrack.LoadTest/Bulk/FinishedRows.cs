using System.Globalization;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>Rows as the library stored them, in files for psql. Making them is nobody's time.</summary>
internal sealed class FinishedRows : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracetrack-bench-");

    public string BinaryFile => Path.Combine(_folder.FullName, "rows.bin");

    private string TextFile => Path.Combine(_folder.FullName, "rows.txt");

    /// <param name="psql">Copies.</param>
    /// <param name="database">Where they are.</param>
    /// <param name="rows">A table, or a query in parentheses.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task WriteBinaryAsync(Psql psql, BenchDatabase database, string rows, CancellationToken cancellation) =>
        psql.RunAsync(database.Name, [$@"\copy {rows} TO '{BinaryFile}' WITH (FORMAT binary)"], cancellation);

    /// <summary>In as many files, a share of the rows in each, one after the other.</summary>
    public async Task<IReadOnlyList<string>> WriteTextAsync(Psql psql, BenchDatabase database, string rows, int parts, CancellationToken cancellation)
    {
        await psql.RunAsync(database.Name, [$@"\copy {rows} TO '{TextFile}'"], cancellation);
        var lines = await File.ReadAllLinesAsync(TextFile, cancellation);
        var files = new List<string>();
        foreach (var chunk in lines.Chunk((lines.Length + parts - 1) / parts))
        {
            files.Add(Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"part{files.Count}.txt")));
            await File.WriteAllLinesAsync(files[^1], chunk, cancellation);
        }

        return files;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
