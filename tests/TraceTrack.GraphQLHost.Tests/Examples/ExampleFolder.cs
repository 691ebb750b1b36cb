using TraceTrack.GraphQLHost.Tests.Server;

namespace TraceTrack.GraphQLHost.Tests.Examples;

/// <summary>samples/GraphQLHost/examples, and the admin that the examples are run as.</summary>
internal static class ExampleFolder
{
    public const string Admin = "Ada";

    public const string Password = RunningHost.Password;

    public const string Common = "common";

    private static readonly string Folder = Find();

    public static string File(string name) => Path.Combine(Folder, name);

    /// <summary>Names without the extension, in order.</summary>
    public static string[] Names(string extension) =>
        [.. Directory.EnumerateFiles(Folder, "*" + extension).Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != Common).Order(StringComparer.Ordinal)];

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "TraceTrack.sln")))
                return Path.Combine(folder.FullName, "samples", "GraphQLHost", "examples");
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
