using System.Text;

namespace GraphQLHost.Commands;

/// <summary>A file that appears under its name only when it is whole; until then the one that had the name stays as it was.</summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string? _partial;

    private OutputFile(string path, string? partial)
    {
        (_path, _partial) = (path, partial);
        Writer = new StreamWriter(partial ?? path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }

    public StreamWriter Writer { get; }

    public static OutputFile Create(string path)
    {
        // Devices and links are written to as they are: nothing may ever be moved to their place.
        var isDevice = path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);
        var isLink = new FileInfo(path).LinkTarget is not null;
        return new(path, isDevice || isLink ? null : path + ".part");
    }

    public async Task CompleteAsync()
    {
        await Writer.DisposeAsync();
        if (_partial is not null)
            File.Move(_partial, _path, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        if (_partial is not null)
            File.Delete(_partial);
    }
}
