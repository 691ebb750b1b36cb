using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TraceTrack.Architecture.Tests;

/// <summary>The source tree and the assemblies built from it.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static Assembly Core { get; } = typeof(ITraceTrack).Assembly;

    public static Assembly Postgres { get; } = Assembly.Load("TraceTrack.Postgres");

    public static Assembly Host { get; } = Assembly.Load("GraphQLHost");

    /// <summary>The storage ports, which applications never see.</summary>
    public static IReadOnlyList<Type> Ports { get; } =
        [.. Core.GetExportedTypes().Where(type => type.IsInterface && (type.Name.EndsWith("Store", StringComparison.Ordinal) || type.Name is "IBagImporter" or "IBagExporter"))];

    public static IEnumerable<string> SourceFiles(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("\\obj\\", StringComparison.Ordinal));

    /// <summary>Every type of other assemblies that an assembly's code names, also inside method bodies.</summary>
    public static IReadOnlySet<string> TypesNamedBy(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return metadata.TypeReferences
            .Select(metadata.GetTypeReference)
            .Select(type => metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name))
            .ToHashSet(StringComparer.Ordinal);
    }
}
