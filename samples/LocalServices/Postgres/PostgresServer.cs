using System.Globalization;
using Microsoft.Extensions.Logging;

namespace TraceTrack.LocalServices;

/// <summary>Starts and stops the server of one data folder with pg_ctl.</summary>
internal sealed class PostgresServer(DataFolder folder, PostgresBinaries binaries, LocalServicesOptions options, ILogger logger)
{
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    public string BinaryFolder => binaries.Folder;

    private bool Runs => PostmasterFile.Read(folder.Data)?.IsAlive(folder.Data) ?? false;

    /// <returns>The port.</returns>
    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        ServerLog.Rotate(folder.LogFile);
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort.Find(attempt == 1 ? PostgresSettings.ReadPort(folder.SettingsFile) : null);
            await WriteSettingsAsync(port, cancellationToken);
            var before = ServerLog.Length(folder.LogFile);
            var result = await StartOnceAsync(cancellationToken);
            if (result.ExitCode == 0)
            {
                return port;
            }

            var tail = ServerLog.Tail(folder.LogFile, before);
            if (attempt == Attempts || !Passes(tail))
            {
                throw new LocalServiceException($"PostgreSQL did not start in {folder.Root}: {result.Output}{tail}");
            }

            Log.StartFailed(logger, "PostgreSQL", attempt, tail);
            await Task.Delay(Pause, options.TimeProvider, cancellationToken);
        }
    }

    public async Task StopAsync()
    {
        // Asked first, because pg_ctl would signal any process that has the number of a server that crashed.
        if (!Runs)
        {
            return;
        }

        var result = await PgCtlAsync(["stop", "-m", "fast", .. Wait()], CancellationToken.None);
        if (result.ExitCode != 0 && Runs)
        {
            // Nothing committed is lost by this: the next start recovers from the log of changes.
            result = await PgCtlAsync(["stop", "-m", "immediate", .. Wait()], CancellationToken.None);
            if (result.ExitCode != 0)
            {
                Log.StopFailed(logger, "PostgreSQL", result.Output);
            }
        }
    }

    private async Task<CommandResult> StartOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await PgCtlAsync(["start", "-s", "-l", folder.LogFile, .. Wait()], cancellationToken, leavesServer: true);
        }
        catch (OperationCanceledException)
        {
            // The command is gone, but the server it started would go on. It needs a moment to say which process it is.
            await Task.Delay(Moment, options.TimeProvider, CancellationToken.None);
            await StopAsync();
            throw;
        }
    }

    private Task<CommandResult> PgCtlAsync(string[] arguments, CancellationToken cancellationToken, bool leavesServer = false) =>
        Command.RunAsync(binaries.PgCtl, [.. arguments, "-D", folder.Data], folder.Root, folder.User, leavesServer, cancellationToken);

    private string[] Wait() => ["-w", "-t", Math.Ceiling(options.Timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture)];

    private async Task WriteSettingsAsync(int port, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(folder.SettingsFile, PostgresSettings.Text(port), cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            // Root writes it, the server's user reads it; the folder around it is closed to all others.
            File.SetUnixFileMode(folder.SettingsFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    // Two causes go away by themselves: another program took the port in between, and the children of a server that was killed
    // hold its memory until they notice.
    private static bool Passes(string tail) =>
        tail.Contains("Address already in use", StringComparison.OrdinalIgnoreCase)
        || tail.Contains("could not bind", StringComparison.OrdinalIgnoreCase)
        || tail.Contains("shared memory block", StringComparison.OrdinalIgnoreCase);
}
