namespace TraceTrack.LocalServices;

/// <summary>
/// Folders for servers that are deleted when disposed of. A process that was killed deletes nothing,
/// so each new one clears away the folders whose owner is gone.
/// </summary>
internal static class EphemeralFolders
{
    private const string Prefix = "e-";

    public static string NewPath(string folder) => Path.Combine(folder, Prefix + Guid.NewGuid().ToString("N")[..8]);

    public static async Task SweepAsync(string folder, Func<string, Task> stop)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var left in Directory.EnumerateDirectories(folder, Prefix + "*").ToList())
        {
            // A folder without a lock file is just being made by another process.
            using var owner = OwnerLock.TryTake(left, FileMode.Open);
            if (owner is not null)
            {
                await stop(left);
                Delete(left);
            }
        }
    }

    public static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (IOException)
        {
            // Another process is at work in it or cleared it away first: the next sweep sees to it.
        }
        catch (UnauthorizedAccessException)
        {
            // As above.
        }
    }
}
