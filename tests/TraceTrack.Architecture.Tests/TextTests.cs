using System.Reflection;

namespace TraceTrack.Architecture.Tests;

public sealed class TextTests
{
    [Fact]
    public void No_source_file_is_longer_than_300_lines()
    {
        var files = Repository.SourceFiles("src", "samples", "benchmarks").ToArray();
        Assert.True(files.Length > 100);
        Assert.DoesNotContain(files, file => File.ReadLines(file).Count() > 300);
    }

    [Fact]
    public void Every_error_code_is_listed_in_the_docs_and_none_that_does_not_exist()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md"));
        var documented = page.Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .ToHashSet(StringComparer.Ordinal);
        var codes = Constants(typeof(ErrorCodes)).Concat(Constants(Repository.Host.GetTypes().Single(type => type.Name == "HostErrorCodes"))).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(codes.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
        Assert.All(codes, code => Assert.Matches("^[A-Z]+(_[A-Z]+)*$", code));
    }

    [Fact]
    public void Every_reason_and_action_of_a_scan_is_explained_in_the_docs()
    {
        var first = File.ReadLines(Path.Combine(Repository.Root, "docs", "domain.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .Where(cells => cells.Length >= 5 && cells[3].Trim().Length > 0 || cells.Length == 6)
            .Select(cells => cells[1].Trim().Split(' ')[0])
            .ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Enum.GetNames<Scans.ScanRejection>().Concat(Enum.GetNames<Scans.ScanAction>()).Except(first, StringComparer.Ordinal));
    }

    [Fact]
    public void Links_in_the_docs_lead_to_files()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"));
        var broken = from page in pages
                     from link in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(page), @"\]\((?<to>[^)#:]+)(#[^)]*)?\)")
                     let target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups["to"].Value)
                     where !File.Exists(target) && !Directory.Exists(target)
                     select $"{Path.GetFileName(page)}: {link.Groups["to"].Value}";
        Assert.Empty(broken);
    }

    private static IEnumerable<string> Constants(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!);
}
