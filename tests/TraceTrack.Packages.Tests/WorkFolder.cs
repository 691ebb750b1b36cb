namespace TraceTrack.Packages.Tests;

/// <summary>A folder outside the clone, so that none of its settings reach what is built there. Deleted at the end.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tracetrack-packages-").FullName;

    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        // Git makes its objects read-only, which on Windows would keep them.
        foreach (var file in new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.IsReadOnly))
            file.IsReadOnly = false;
        Directory.Delete(Path, recursive: true);
    }
}
