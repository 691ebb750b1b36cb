namespace TraceTrack.LocalServices;

/// <summary>A folder that only the server's user and root may read: it holds a password.</summary>
internal static class ServiceFolder
{
    private const UnixFileMode OthersMayPass =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode OursAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static async Task PrepareAsync(string path, ServiceUser? user, CancellationToken cancellationToken)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                CreateParents(path, user);
                Directory.CreateDirectory(path);
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(path, OursAlone);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocalServiceException($"The data folder {path} cannot be made: {exception.Message}", exception);
        }

        // Given each time: a process that was killed between making the folder and giving it away is healed by this.
        if (user is not null)
        {
            await user.GiveAsync(path, cancellationToken);
            await user.MustReachAsync(path, cancellationToken);
        }
    }

    // Root's umask may forbid what the server's user needs, to pass through the folders above its own.
    private static void CreateParents(string path, ServiceUser? user)
    {
        var missing = new Stack<string>();
        for (var parent = Path.GetDirectoryName(path); parent is not null && !Directory.Exists(parent); parent = Path.GetDirectoryName(parent))
        {
            missing.Push(parent);
        }

        foreach (var parent in missing)
        {
            Directory.CreateDirectory(parent);
            if (user is not null && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(parent, OthersMayPass);
            }
        }
    }

    /// <summary>Writes a file that its owner alone may read, and gives it to the server's user.</summary>
    public static async Task WriteSecretAsync(string path, string text, ServiceUser? user, CancellationToken cancellationToken)
    {
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var writer = new StreamWriter(path, create))
        {
            await writer.WriteAsync(text.AsMemory(), cancellationToken);
        }

        if (user is not null)
        {
            await user.GiveAsync(path, cancellationToken);
        }
    }
}
