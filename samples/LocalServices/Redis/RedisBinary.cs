namespace TraceTrack.LocalServices;

/// <summary>Looks for redis-server, or for valkey-server, which takes the same settings and speaks the same words.</summary>
internal static class RedisBinary
{
    private static readonly string[] UsualPlaces =
    [
        "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin",
        "/opt/homebrew/opt/redis/bin", "/opt/homebrew/opt/valkey/bin", "/usr/local/opt/redis/bin", "/usr/local/opt/valkey/bin",
    ];

    public static string? Find(LocalServicesOptions options)
    {
        // There is no native server for Windows, and what goes by the name there cannot run in the background.
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        string[] folders = [.. options.SearchFolders ?? Executables.PathFolders(options.ReadVariable).Concat(UsualPlaces)];
        return Executables.In(folders, "redis-server") ?? Executables.In(folders, "valkey-server");
    }
}
