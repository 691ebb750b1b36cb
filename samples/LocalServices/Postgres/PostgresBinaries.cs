namespace TraceTrack.LocalServices;

/// <summary>A folder that holds initdb, pg_ctl and postgres.</summary>
internal sealed class PostgresBinaries(string folder)
{
    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    public string Folder { get; } = folder;

    public string InitDb => Path.Combine(Folder, Executables.FileName("initdb"));

    public string PgCtl => Path.Combine(Folder, Executables.FileName("pg_ctl"));

    /// <returns>Every folder with a whole set of binaries, in the order of preference. Lazy: most often the first one does.</returns>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(LocalServicesOptions options, CancellationToken cancellationToken)
    {
        if (options.SearchFolders is { } given)
        {
            return Whole(given);
        }

        var places = new List<string?>();
        if (Executables.In(Executables.PathFolders(options.ReadVariable), "pg_ctl") is { } linked)
        {
            // PATH often holds links to single programs; the set lies where they point to.
            places.Add(Path.GetDirectoryName(File.ResolveLinkTarget(linked, returnFinalTarget: true)?.FullName ?? linked));
        }

        if (Executables.In(Executables.PathFolders(options.ReadVariable), "pg_config") is { } config)
        {
            var result = await Command.RunAsync(config, ["--bindir"], Path.GetTempPath(), cancellationToken: cancellationToken);
            places.Add(result.ExitCode == 0 ? result.Output : null);
        }

        places.AddRange(UsualPlaces());
        return Whole(places.OfType<string>());
    }

    /// <returns>The major version, such as 17.</returns>
    public async Task<string> MajorVersionAsync(CancellationToken cancellationToken)
    {
        var result = await Command.RunAsync(PgCtl, ["--version"], Path.GetTempPath(), cancellationToken: cancellationToken);
        var version = decimal.ToInt32(decimal.Floor(Executables.VersionIn(result.Output)));
        return version > 0 ? version.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : throw new LocalServiceException($"{PgCtl} --version says '{result.Output}', which names no version.");
    }

    private static IEnumerable<string> UsualPlaces()
    {
        if (OperatingSystem.IsWindows())
        {
            var programs = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles);
            return Executables.NewestFirst(Path.Combine(programs, "PostgreSQL"), "*", "bin");
        }

        if (OperatingSystem.IsMacOS())
        {
            return
            [
                .. Executables.NewestFirst("/opt/homebrew/opt", "postgresql@*", "bin"),
                .. Executables.NewestFirst("/usr/local/opt", "postgresql@*", "bin"),
                .. Executables.NewestFirst("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
            ];
        }

        return
        [
            .. Executables.NewestFirst("/usr/lib/postgresql", "*", "bin"),
            .. Executables.NewestFirst("/usr", "pgsql-*", "bin"),
            .. Executables.NewestFirst("/home/linuxbrew/.linuxbrew/opt", "postgresql@*", "bin"),
        ];
    }

    // The client's package alone brings pg_config and names a folder without the server.
    private static PostgresBinaries[] Whole(IEnumerable<string> folders) =>
    [
        .. folders.Distinct(StringComparer.Ordinal)
            .Where(folder => Programs.All(name => Executables.In([folder], name) is not null))
            .Select(folder => new PostgresBinaries(folder)),
    ];
}
