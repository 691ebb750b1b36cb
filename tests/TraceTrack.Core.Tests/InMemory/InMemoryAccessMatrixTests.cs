using System.Reflection;
using TraceTrack.Testing;

namespace TraceTrack.InMemory;

/// <summary>The matrix of docs/domain.md is the one that was tried here. TRACETRACK_WRITE_DOCS=1 writes it there.</summary>
public sealed class InMemoryAccessMatrixTests(InMemoryFixture fixture) : AccessMatrixContract(fixture)
{
    private const string Begin = "<!-- The access matrix: written by a test (TRACETRACK_WRITE_DOCS=1), not by hand. -->\n";
    private const string End = "\n<!-- End of the access matrix. -->";

    protected override async Task AgreedAsync(string matrix)
    {
        var root = typeof(InMemoryAccessMatrixTests).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;
        var file = Path.Combine(root, "docs", "domain.md");
        var text = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n");
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(from >= Begin.Length && to >= from, "docs/domain.md has no place for the matrix.");
        if (Environment.GetEnvironmentVariable("TRACETRACK_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, text[..from] + matrix + text[to..]);
        else
            Assert.Equal(matrix, text[from..to]);
    }
}
