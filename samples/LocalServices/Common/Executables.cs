namespace TraceTrack.LocalServices;

/// <summary>Looks for programs in PATH and in the places where packages put them.</summary>
internal static class Executables
{
    public static string? OnPath(string name) => In(PathFolders(Environment.GetEnvironmentVariable), name);

    public static string? In(IEnumerable<string> folders, string name) =>
        folders.Select(folder => Path.Combine(folder, FileName(name))).FirstOrDefault(File.Exists);

    public static string FileName(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    public static IEnumerable<string> PathFolders(Func<string, string?> readVariable) =>
        (readVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <returns>The sub folders that match, the highest version first: 17 before 9.6.</returns>
    public static IEnumerable<string> NewestFirst(string parent, string pattern, string inner)
    {
        if (!Directory.Exists(parent))
        {
            return [];
        }

        return Directory.EnumerateDirectories(parent, pattern)
            .OrderByDescending(folder => VersionIn(Path.GetFileName(folder)))
            .Select(folder => Path.Combine(folder, inner));
    }

    internal static decimal VersionIn(string name)
    {
        var digits = new string([.. name.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]);
        return decimal.TryParse(digits.TrimEnd('.'), System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0;
    }
}
