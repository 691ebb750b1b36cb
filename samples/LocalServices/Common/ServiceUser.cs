namespace TraceTrack.LocalServices;

/// <summary>
/// The ordinary user as which root runs a server: PostgreSQL refuses to run as root, and Redis should not.
/// </summary>
internal sealed class ServiceUser
{
    private readonly string _launcher;
    private readonly string _userId;
    private readonly string _groupId;

    private ServiceUser(string name, string launcher, string userId, string groupId)
    {
        Name = name;
        _launcher = launcher;
        _userId = userId;
        _groupId = groupId;
    }

    public string Name { get; }

    public static bool Needed => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <returns>Null when there is no such user or no way to become it.</returns>
    public static async Task<ServiceUser?> FindAsync(string name, CancellationToken cancellationToken)
    {
        // Both belong to util-linux. setpriv is the plainer one: it opens no log-in session.
        var launcher = Executables.OnPath("setpriv") ?? Executables.OnPath("runuser");
        if (launcher is null)
        {
            return null;
        }

        var user = await Command.RunAsync("id", ["-u", name], "/", cancellationToken: cancellationToken);
        var group = await Command.RunAsync("id", ["-g", name], "/", cancellationToken: cancellationToken);
        return user.ExitCode == 0 && group.ExitCode == 0 ? new ServiceUser(name, launcher, user.Output, group.Output) : null;
    }

    public string[] Line(string program, IEnumerable<string> arguments) =>
        string.Equals(Path.GetFileName(_launcher), "setpriv", StringComparison.Ordinal)
            ? [_launcher, $"--reuid={_userId}", $"--regid={_groupId}", "--init-groups", "--", program, .. arguments]
            : [_launcher, "-u", Name, "--", program, .. arguments];

    public async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        var result = await Command.RunAsync("chown", [$"{_userId}:{_groupId}", path], "/", cancellationToken: cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new LocalServiceException($"{path} cannot be given to the user {Name}: {result.Output}");
        }
    }

    /// <exception cref="LocalServiceException">The user cannot reach the folder, most often because it is under /root.</exception>
    public async Task MustReachAsync(string folder, CancellationToken cancellationToken)
    {
        var result = await Command.RunAsync("test", ["-w", folder], "/", this, cancellationToken: cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new LocalServiceException(
                $"The user {Name}, as whom the server runs, cannot write to {folder}. Choose a data folder that others may enter, for example under /var/lib.");
        }
    }
}
