using System.Security.Cryptography;
using System.Text;

namespace TraceTrack.LocalServices;

/// <summary>Decides in which folder a service keeps its files: BASE/NAME/SERVICE.</summary>
internal static class ServicePlaces
{
    public static string Folder(LocalServicesOptions options, string service) =>
        Path.Combine(Base(options), options.Name, service);

    /// <returns>A name for a container's volume, as much apart from others as the folder would be.</returns>
    public static string VolumeName(LocalServicesOptions options) =>
        $"tracetrack-{HashOf(Folder(options, "postgres"))}";

    private static string Base(LocalServicesOptions options)
    {
        if (options.DataDirectory is { } chosen)
        {
            return Path.GetFullPath(chosen);
        }

        var clone = HashOf(CloneRoot());
        if (ServiceUser.Needed)
        {
            return Path.Combine("/var/lib/tracetrack", clone);
        }

        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "tracetrack", clone);
        }

        // The XDG rules say that a relative path is to be ignored.
        var data = options.Variable("XDG_DATA_HOME") is { } folder && Path.IsPathRooted(folder)
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return Path.Combine(data, "tracetrack", clone);
    }

    /// <returns>The folder of TraceTrack.sln above the program or above the current folder, so that two clones never share data.</returns>
    private static string CloneRoot()
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "TraceTrack.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        return AppContext.BaseDirectory;
    }

    private static string HashOf(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path.TrimEnd(Path.DirectorySeparatorChar))))[..12];
}
