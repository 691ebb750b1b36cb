using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace TraceTrack.Packages.Tests;

public sealed class SymbolTests(PackedPackages packed)
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Theory, MemberData(nameof(PackageTable.Rows), MemberType = typeof(PackageTable))]
    public void The_symbols_are_those_of_the_assembly(string id)
    {
        Assert.Equal([$"{id}.nuspec", $"lib/net10.0/{id}.pdb"], packed.Symbols(id).Files.Order(StringComparer.Ordinal));
        using var provider = Open(id);
        var pdb = new BlobContentId(provider.GetMetadataReader().DebugMetadataHeader!.Id);
        using var assembly = new PEReader(new MemoryStream(packed.Package(id).Bytes($"lib/net10.0/{id}.dll")));
        var entry = assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        Assert.Equal(assembly.ReadCodeViewDebugDirectoryData(entry).Guid, pdb.Guid);
    }

    [Theory, MemberData(nameof(PackageTable.Rows), MemberType = typeof(PackageTable))]
    public void A_debugger_finds_every_source_at_its_commit_or_in_the_symbols(string id)
    {
        using var provider = Open(id);
        var reader = provider.GetMetadataReader();
        var link = reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition).Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == SourceLink);
        using var json = JsonDocument.Parse(reader.GetBlobBytes(link.Value));
        var map = json.RootElement.GetProperty("documents").EnumerateObject().Single();
        Assert.Equal(("/_/*", $"https://raw.githubusercontent.com/example/tracetrack/{packed.Commit}/*"), (map.Name, map.Value.GetString()));

        Assert.NotEmpty(reader.Documents);
        foreach (var document in reader.Documents)
        {
            var name = reader.GetString(reader.GetDocument(document).Name);
            var tracked = name.StartsWith("/_/src/", StringComparison.Ordinal) && File.Exists(Path.Combine(Repository.Root, name["/_/".Length..]))
                && !name.Contains("/obj/", StringComparison.Ordinal);
            var embedded = reader.GetCustomDebugInformation(document).Select(reader.GetCustomDebugInformation)
                .Any(information => reader.GetGuid(information.Kind) == EmbeddedSource);
            Assert.True(tracked || embedded, $"{name} is neither in the repository nor in the symbols");
        }
    }

    [Fact]
    public async Task The_same_sources_in_another_folder_give_the_same_assemblies()
    {
        var elsewhere = SourceCopy.Make(packed.Work.At("another", "folder"));
        await elsewhere.CommitAsync();
        await elsewhere.GitAsync("tag", "v" + PackedPackages.Version);
        await elsewhere.BuildAsync();
        Assert.All(PackageTable.Ids, id => Assert.Equal(
            Hash(packed.Package(id).Bytes($"lib/net10.0/{id}.dll")), Hash(File.ReadAllBytes(elsewhere.Assembly(id)))));
    }

    private MetadataReaderProvider Open(string id) =>
        MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(packed.Symbols(id).Bytes($"lib/net10.0/{id}.pdb")));

    private static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content));
}
