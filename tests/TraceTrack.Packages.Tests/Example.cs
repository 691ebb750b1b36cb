using System.Text.RegularExpressions;

namespace TraceTrack.Packages.Tests;

/// <summary>The example of a README: the packages it adds, its program, and what it says the program answers.</summary>
internal sealed partial record Example(IReadOnlyList<string> Packages, string Code, string Answer)
{
    /// <summary>Reads the first C# block of the project's README under its heading for applications.</summary>
    public static Example OfTheProject() =>
        Read(File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Split("\n## In your own application\n")[1].Split("\n## ")[0]);

    public static Example OfThePackage(string id) => Read(File.ReadAllText(Path.Combine(Repository.Root, "src", id, "README.md")));

    /// <value>The lines that do something: no usings, comments or empty lines.</value>
    public IEnumerable<string> Statements => Code.Split('\n')
        .Where(line => !line.StartsWith("using ", StringComparison.Ordinal) || line.StartsWith("using var ", StringComparison.Ordinal))
        .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));

    private static Example Read(string text) => new(
        [.. Block(text, "bash").Split('\n').Select(line => AddPackage().Match(line)).Where(match => match.Success).Select(match => match.Groups["id"].Value)],
        Block(text, "csharp"),
        Block(text, "text"));

    private static string Block(string text, string language) =>
        Regex.Match(text, $"^```{language}\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)
            .Groups["code"].Value;

    [GeneratedRegex("^dotnet add package (?<id>[A-Za-z.]+)$")]
    private static partial Regex AddPackage();
}
