using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace TraceTrack.Packages.Tests;

/// <summary>What is in a .nupkg or .snupkg.</summary>
internal sealed class Package
{
    private readonly Dictionary<string, byte[]> _files;

    private Package(Dictionary<string, byte[]> files) => _files = files;

    /// <value>Without what every package has by the format: relations, content types, core properties.</value>
    public IEnumerable<string> Files => _files.Keys
        .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
        .Order(StringComparer.Ordinal);

    /// <value>The metadata element of the nuspec.</value>
    public XElement Metadata => XDocument.Parse(Text(_files.Keys.Single(name => name.EndsWith(".nuspec", StringComparison.Ordinal)))).Root!.Elements().Single();

    public IEnumerable<(string Framework, string Id, string Version)> Dependencies =>
        from dependency in Metadata.Descendants()
        where dependency.Name.LocalName == "dependency"
        select (dependency.Parent!.Attribute("targetFramework")!.Value, dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value);

    public static Package Read(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            files.Add(entry.FullName, content.ToArray());
        }

        return new(files);
    }

    public byte[] Bytes(string file) => _files[file];

    // Through a reader, because the nuspec begins with a byte order mark.
    public string Text(string file) => new StreamReader(new MemoryStream(Bytes(file)), Encoding.UTF8).ReadToEnd();

    public XElement? Element(string name) => Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);
}
