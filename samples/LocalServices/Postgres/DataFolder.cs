using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace TraceTrack.LocalServices;

/// <summary>The files of one private server: data, password and log. Whoever changes them holds the folder's lock.</summary>
internal sealed class DataFolder(string root, ServiceUser? user)
{
    public const string SuperUser = "tracetrack";

    private const string Unfinished = "data.new-";

    public string Root { get; } = root;

    public ServiceUser? User { get; } = user;

    public string Data => Path.Combine(Root, "data");

    public string LogFile => Path.Combine(Root, "server.log");

    public string SettingsFile => Path.Combine(Data, PostgresSettings.FileName);

    private string PasswordFile => Path.Combine(Root, "password");

    // The whole folder appears at once, by a rename; so what is there is complete.
    private bool Initialized => File.Exists(SettingsFile);

    /// <returns>Null while another process is still setting the folder up.</returns>
    public string? Password() => Initialized ? File.ReadAllText(PasswordFile).Trim() : null;

    /// <summary>Makes the data when there are none, and chooses the binaries that can read them.</summary>
    public async Task<PostgresBinaries> PrepareAsync(
        IReadOnlyList<PostgresBinaries> candidates, bool ephemeral, ILogger logger, CancellationToken cancellationToken)
    {
        if (Initialized)
        {
            return await MatchingAsync(candidates, cancellationToken);
        }

        if (Directory.Exists(Data))
        {
            throw new LocalServiceException(
                $"{Data} was not made by TraceTrack, so it is left alone. Move it away or choose another data folder.");
        }

        var binaries = candidates[0];
        Log.Initializing(logger, await binaries.MajorVersionAsync(cancellationToken), Root);
        await InitializeAsync(binaries, ephemeral, cancellationToken);
        return binaries;
    }

    private async Task<PostgresBinaries> MatchingAsync(IReadOnlyList<PostgresBinaries> candidates, CancellationToken cancellationToken)
    {
        var wanted = (await File.ReadAllTextAsync(Path.Combine(Data, "PG_VERSION"), cancellationToken)).Trim();
        var found = new List<string>();
        foreach (var candidate in candidates)
        {
            var version = await candidate.MajorVersionAsync(cancellationToken);
            if (string.Equals(version, wanted, StringComparison.Ordinal))
            {
                return candidate;
            }

            found.Add($"{version} in {candidate.Folder}");
        }

        throw new LocalServiceException(
            $"The data in {Root} are of PostgreSQL {wanted}, and this computer has only {string.Join(", ", found)}. "
            + $"Install PostgreSQL {wanted}, or choose another data folder, or delete {Root} to begin with an empty store.");
    }

    private async Task InitializeAsync(PostgresBinaries binaries, bool ephemeral, CancellationToken cancellationToken)
    {
        await ServiceFolder.WriteSecretAsync(
            PasswordFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), User, cancellationToken);
        var output = "";
        foreach (var locale in await LocalesAsync(binaries, cancellationToken))
        {
            ClearUnfinished();

            // A new name each time: the initdb of a process that was killed may still be at work, and in the end deletes its folder.
            var unfinished = Path.Combine(Root, Unfinished + Guid.NewGuid().ToString("N")[..8]);
            string[] arguments =
            [
                "--pgdata", unfinished, "--username", SuperUser, "--pwfile", PasswordFile, "--auth", "scram-sha-256",
                "--encoding", "UTF8", .. locale, .. ephemeral ? (string[])["--no-sync"] : [],
            ];
            var result = await Command.RunAsync(binaries.InitDb, arguments, Root, User, cancellationToken: cancellationToken);
            if (result.ExitCode == 0)
            {
                await File.AppendAllTextAsync(
                    Path.Combine(unfinished, "postgresql.conf"), $"include '{PostgresSettings.FileName}'\n", cancellationToken);
                await File.WriteAllTextAsync(Path.Combine(unfinished, PostgresSettings.FileName), "", cancellationToken);
                Directory.Move(unfinished, Data);
                ClearUnfinished();
                return;
            }

            output = result.Output;
        }

        throw new LocalServiceException($"initdb could not set up {Root}: {output}");
    }

    private void ClearUnfinished()
    {
        foreach (var left in Directory.GetDirectories(Root, Unfinished + "*"))
        {
            EphemeralFolders.Delete(left);
        }
    }

    // Sorting by code point everywhere, and with it letters beyond ASCII where the system has a locale for that: trigram search
    // leaves out what it does not take for a letter.
    private static async Task<string[][]> LocalesAsync(PostgresBinaries binaries, CancellationToken cancellationToken)
    {
        var version = await binaries.MajorVersionAsync(cancellationToken);
        string[] plain = ["--locale", "C"];
        return int.Parse(version, System.Globalization.CultureInfo.InvariantCulture) >= 17
            ? [["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", .. plain], plain]
            : [["--locale", "C.UTF-8"], plain];
    }
}
