using System.Reflection;

namespace TraceTrack.Packages.Tests;

/// <summary>The clone these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <value>The version the libraries are built against, for the packages an application adds beside ours.</value>
    public static string MicrosoftExtensionsVersion { get; } = Metadata("MicrosoftExtensionsVersion");

    private static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
