using System.Buffers.Binary;

namespace TraceTrack.Packages.Tests;

public sealed class ContentTests(PackedPackages packed)
{
    [Fact]
    public void Packing_says_no_warning()
    {
        Assert.DoesNotContain("warning", packed.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            PackageTable.Ids.SelectMany(id => new[] { $"{id}.{PackedPackages.Version}.nupkg", $"{id}.{PackedPackages.Version}.snupkg" }).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(packed.Feed).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(PackageTable.Rows), MemberType = typeof(PackageTable))]
    public void A_package_holds_assembly_docs_readme_and_icon_and_nothing_else(string id) =>
        Assert.Equal(
            new[] { "README.md", $"{id}.nuspec", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml" }.Order(StringComparer.Ordinal),
            packed.Package(id).Files);

    [Theory, MemberData(nameof(PackageTable.Rows), MemberType = typeof(PackageTable))]
    public void The_readme_is_the_package_s_own_and_has_no_link_into_the_clone(string id)
    {
        var text = packed.Package(id).Text("README.md");
        Assert.StartsWith($"# {id}\n", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\]\((?!https://)", text);
    }

    [Theory, MemberData(nameof(PackageTable.Rows), MemberType = typeof(PackageTable))]
    public void The_icon_is_a_png_of_128_by_128(string id)
    {
        var icon = packed.Package(id).Bytes("icon.png");
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], icon[..4]);
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20))));
    }

    [Theory, MemberData(nameof(PackageTable.Rows), MemberType = typeof(PackageTable))]
    public void The_metadata_say_version_licence_commit_and_purpose(string id)
    {
        var package = packed.Package(id);
        Assert.Equal(id, package.Element("id")!.Value);
        Assert.Equal(PackedPackages.Version, package.Element("version")!.Value);
        Assert.Equal(("expression", "MIT"), (package.Element("license")!.Attribute("type")!.Value, package.Element("license")!.Value));
        Assert.Equal(("icon.png", "README.md"), (package.Element("icon")!.Value, package.Element("readme")!.Value));
        var repository = package.Element("repository")!;
        Assert.Equal(SourceCopy.Remote + ".git", repository.Attribute("url")!.Value);
        Assert.Equal(packed.Commit, repository.Attribute("commit")!.Value);
        Assert.All(["authors", "copyright", "description", "tags"], name => Assert.NotEmpty(package.Element(name)!.Value));
        Assert.DoesNotContain("Package Description", package.Element("description")!.Value, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(PackageTable.Rows), MemberType = typeof(PackageTable))]
    public void A_package_depends_on_what_the_table_says_and_abstractions(string id)
    {
        var dependencies = packed.Package(id).Dependencies.ToArray();
        Assert.All(dependencies, dependency => Assert.Equal("net10.0", dependency.Framework));
        Assert.Equal(
            PackageTable.DependenciesOf(id).Order(StringComparer.Ordinal),
            dependencies.Select(dependency => dependency.Id).Where(name => !IsAbstraction(name)).Order(StringComparer.Ordinal));
        Assert.All(
            dependencies.Where(dependency => dependency.Id.StartsWith("TraceTrack.", StringComparison.Ordinal)),
            dependency => Assert.Equal(PackedPackages.Version, dependency.Version));
    }

    private static bool IsAbstraction(string id) =>
        id.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
        && (id.EndsWith(".Abstractions", StringComparison.Ordinal) || id == "Microsoft.Extensions.Options");
}
