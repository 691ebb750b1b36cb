namespace TraceTrack.Packages.Tests;

/// <summary>The three packages, packed once from a copy of the sources that is tagged as a release.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    public const string Version = "0.7.3";

    private readonly WorkFolder _work = new();

    internal WorkFolder Work => _work;

    internal SourceCopy Sources { get; private set; } = null!;

    public string Feed => _work.At("feed");

    /// <value>What <c>dotnet pack</c> said.</value>
    public string Output { get; private set; } = "";

    public string Commit { get; private set; } = "";

    internal Package Package(string id) => Tests.Package.Read(Path.Combine(Feed, $"{id}.{Version}.nupkg"));

    internal Package Symbols(string id) => Tests.Package.Read(Path.Combine(Feed, $"{id}.{Version}.snupkg"));

    public async ValueTask InitializeAsync()
    {
        Sources = SourceCopy.Make(_work.At("sources"));
        await Sources.CommitAsync();
        await Sources.GitAsync("tag", "v" + Version);
        Commit = await Sources.GitAsync("rev-parse", "HEAD");
        Output = await Sources.PackAsync(Feed);
    }

    public ValueTask DisposeAsync()
    {
        _work.Dispose();
        return ValueTask.CompletedTask;
    }
}
