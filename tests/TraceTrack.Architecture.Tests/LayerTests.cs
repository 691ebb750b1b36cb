using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TraceTrack.Architecture.Tests;

public sealed partial class LayerTests
{
    [Fact]
    public void Core_needs_nothing_but_the_framework_and_its_abstractions()
    {
        var packages = References("TraceTrack.Core", "PackageReference");
        Assert.Equal(
            [
                "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Diagnostics.Abstractions",
                "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
            ],
            packages.Order(StringComparer.Ordinal));
        Assert.Empty(References("TraceTrack.Core", "ProjectReference"));
    }

    [Theory]
    [InlineData("TraceTrack.Postgres")]
    [InlineData("TraceTrack.Caching")]
    public void The_other_packages_know_core_and_not_each_other(string project) =>
        Assert.Equal(["TraceTrack.Core"], References(project, "ProjectReference"));

    [Fact]
    public void Core_names_no_storage_technique()
    {
        var names = Repository.Core.GetExportedTypes()
            .SelectMany(type => type.GetMembers().Select(member => member.Name).Append(type.Name))
            .Where(name => Technique().IsMatch(name));
        Assert.Empty(names);
    }

    [Fact]
    public void There_are_nine_ports_each_beside_its_entity()
    {
        Assert.Equal(
            ["IBagExporter", "IBagImporter", "IBagStore", "IBillStore", "IHistoryStore", "ILoginSessionStore", "IScanStore", "ITotalsStore", "IUserStore"],
            Repository.Ports.Select(port => port.Name).Order(StringComparer.Ordinal));
        Assert.All(Repository.Ports, port => Assert.NotEqual("TraceTrack", port.Namespace));
    }

    [Fact]
    public void The_host_never_sees_a_storage_port()
    {
        var named = Repository.TypesNamedBy(Repository.Host);
        Assert.Contains("TraceTrack.ITraceTrack", named);
        Assert.DoesNotContain(Repository.Ports, port => named.Contains(port.FullName!));
    }

    [Fact]
    public void Implementations_of_ports_are_internal_and_sealed()
    {
        var implementations = new[] { Repository.Core, Repository.Postgres }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsClass && Repository.Ports.Any(port => port.IsAssignableFrom(type)))
            .ToArray();
        Assert.True(implementations.Length >= 2 * Repository.Ports.Count);
        Assert.All(implementations, type => Assert.True(type is { IsPublic: false, IsSealed: true }, $"{type} is not internal sealed"));
    }

    [Fact]
    public void Every_store_has_each_port()
    {
        foreach (var assembly in new[] { Repository.Core, Repository.Postgres })
        {
            var missing = Repository.Ports.Where(port => !assembly.GetTypes().Any(type => type.IsClass && port.IsAssignableFrom(type)));
            Assert.Empty(missing);
        }
    }

    private static string[] References(string project, string element) =>
    [
        .. XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
            .Descendants(element)
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')) is var name && element == "ProjectReference"
                ? name
                : reference.Attribute("Include")!.Value),
    ];

    [GeneratedRegex("cache|sql|graphql|redis", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Technique();
}
