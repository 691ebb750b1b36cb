using System.Text;

namespace TraceTrack.LocalServices;

/// <summary>The file a server writes its messages to.</summary>
internal static class ServerLog
{
    private const int TailLines = 12;
    private const long KeepBelow = 1 << 20;

    public static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>Keeps one old log, so that years of starts do not fill the disk.</summary>
    public static void Rotate(string path)
    {
        if (Length(path) > KeepBelow)
        {
            File.Move(path, path + ".old", overwrite: true);
        }
    }

    /// <returns>The last lines written after <paramref name="offset"/>, each indented; empty when there are none.</returns>
    public static string Tail(string path, long offset = 0)
    {
        if (Length(path) <= offset)
        {
            return "";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(Math.Max(offset, file.Length - (16 * 1024)), SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(lines.TakeLast(TailLines).Select(line => Environment.NewLine + "  " + line.TrimEnd()));
    }
}
