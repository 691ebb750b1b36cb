namespace TraceTrack.Packages.Tests;

/// <summary>
/// The sources of the three packages in a folder of their own, with a history made for the test: what is packed then depends neither on the
/// clone's tags, depth and remote, nor on what its bin and obj hold.
/// </summary>
internal sealed class SourceCopy(string folder)
{
    public const string Remote = "https://github.com/example/tracetrack";

    /// <value>Three projects in one command.</value>
    private const string Solution = "Packages.slnx";

    // Unknown and given alike, so that two copies of the same files have the same commit.
    private static readonly (string, string)[] GitVariables =
    [
        ("GIT_CONFIG_GLOBAL", OperatingSystem.IsWindows() ? "NUL" : "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_AUTHOR_NAME", "test"), ("GIT_AUTHOR_EMAIL", "test@example.org"), ("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z"),
        ("GIT_COMMITTER_NAME", "test"), ("GIT_COMMITTER_EMAIL", "test@example.org"), ("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z"),
    ];

    public string Folder => folder;

    public static SourceCopy Make(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Repository.Root).Where(file => Path.GetFileName(file) != ".git"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        foreach (var part in new[] { "src", "eng" })
            CopyFolder(Path.Combine(Repository.Root, part), Path.Combine(folder, part));
        var projects = PackageTable.Ids.Select(id => $"""  <Project Path="src/{id}/{id}.csproj" />""");
        File.WriteAllText(Path.Combine(folder, Solution), $"<Solution>\n{string.Join('\n', projects)}\n</Solution>\n");
        return new(folder);
    }

    public async Task<string> GitAsync(params string[] arguments)
    {
        var result = await Tool.TryRunAsync("git", folder, arguments, GitVariables);
        Assert.True(result is not null, "git is not installed; these tests make a history with it.");
        return result.Expect("git " + arguments[0]).Trim();
    }

    public async Task CommitAsync()
    {
        await GitAsync("init", "--quiet");
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", "All of it");
        await GitAsync("remote", "add", "origin", Remote + ".git");
    }

    /// <returns>All that was said.</returns>
    public Task<string> PackAsync(string feed) => DotnetAsync("pack", "-o", feed);

    public Task BuildAsync() => DotnetAsync("build");

    public async Task<string> VersionAsync(params (string Name, string Value)[] variables) =>
        (await Tool.DotnetAsync(folder, ["build", $"src/{PackageTable.Ids[0]}", "-t:MinVer", "-getProperty:Version"], variables)).Expect("MinVer").Trim();

    public string Assembly(string id) => Path.Combine(folder, "src", id, "bin", "Release", "net10.0", id + ".dll");

    // The analyzers judge the same code when the clone itself is built; here they would only take half of the time.
    private async Task<string> DotnetAsync(string verb, params string[] more) =>
        (await Tool.DotnetAsync(folder, [verb, Solution, "-c", "Release", "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false", .. more])).Expect("dotnet " + verb);

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var part in Directory.EnumerateDirectories(from).Where(part => Path.GetFileName(part) is not ("bin" or "obj")))
            CopyFolder(part, Path.Combine(to, Path.GetFileName(part)));
    }
}
