using System.ComponentModel;
using System.Diagnostics;

namespace TraceTrack.LocalServices;

internal sealed record CommandResult(int ExitCode, string Output);

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <param name="program">A full path, or a name that PATH finds.</param>
    /// <param name="arguments">Passed one by one, never through a shell.</param>
    /// <param name="folder">Must be one that the program's user may enter.</param>
    /// <param name="user">Whom to run as; null for ourselves.</param>
    /// <param name="leavesServer">
    /// True for a program that leaves a server running. That one is not killed with the program, and on Windows nothing is read,
    /// because the server would hold our pipe open for ever.
    /// </param>
    /// <param name="cancellationToken">Ends the program and all it started.</param>
    public static async Task<CommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        ServiceUser? user = null,
        bool leavesServer = false,
        CancellationToken cancellationToken = default)
    {
        var capture = !leavesServer || !OperatingSystem.IsWindows();
        using var process = new Process { StartInfo = StartInfo(program, arguments, folder, user, capture) };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new LocalServiceException($"{program} cannot be run: {exception.Message}", exception);
        }

        try
        {
            var output = capture ? process.StandardOutput.ReadToEndAsync(cancellationToken) : Task.FromResult("");
            var errors = capture ? process.StandardError.ReadToEndAsync(cancellationToken) : Task.FromResult("");
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: !leavesServer);
            throw;
        }
    }

    private static ProcessStartInfo StartInfo(
        string program, IEnumerable<string> arguments, string folder, ServiceUser? user, bool capture)
    {
        var line = user is null ? [program, .. arguments] : user.Line(program, arguments);
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardOutput = capture,
            RedirectStandardError = capture,
        };

        // PGDATA, PGPORT, PGOPTIONS and the like are meant for other servers. Messages in English are searched by people and by us.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment.Remove("LANGUAGE");
        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
