using System.Diagnostics;
using System.Globalization;

namespace TraceTrack.LocalServices;

/// <summary>
/// What a running server says about itself in postmaster.pid. After a crash the file is still there, and its process number may
/// by then belong to any other program.
/// </summary>
internal sealed record PostmasterFile(int ProcessId, int Port, bool Ready)
{
    private const int PortLine = 3;
    private const int StatusLine = 7;

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "postmaster.pid");

    /// <returns>Null when there is no file, or when it is only half written.</returns>
    public static PostmasterFile? Read(string dataFolder)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathIn(dataFolder));
        }
        catch (IOException)
        {
            return null;
        }

        if (lines.Length <= PortLine
            || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId)
            || !int.TryParse(lines[PortLine], CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        return new PostmasterFile(processId, port, lines.Length > StatusLine && lines[StatusLine].Trim() is "ready");
    }

    /// <summary>True when the process lives and is the server of that folder.</summary>
    public bool IsAlive(string dataFolder)
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            if (process.HasExited || !process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }

        // Where the command line can be read, it settles whether this is our server or one of another folder.
        var commandLine = $"/proc/{ProcessId.ToString(CultureInfo.InvariantCulture)}/cmdline";
        try
        {
            return !File.Exists(commandLine) || File.ReadAllText(commandLine).Split('\0').Contains(dataFolder, StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
