namespace TraceTrack.Packages.Tests;

/// <summary>
/// An empty console application that knows of TraceTrack only what is packed. It lies outside the clone, bounded against settings in the folders
/// above it, and restores into a folder of its own: packages of the same version that this computer has seen before are not taken.
/// </summary>
internal sealed class Application
{
    private readonly string _folder;
    private readonly PackedPackages _packed;

    private Application(PackedPackages packed, string folder) => (_packed, _folder) = (packed, folder);

    private (string, string)[] Variables => [("NUGET_PACKAGES", _packed.Work.At("restored"))];

    public static Application Write(PackedPackages packed, string name, Example example, params string[] roots)
    {
        var application = new Application(packed, packed.Work.At("apps", name));
        var references = example.Packages.Union(roots)
            .Select(id => $"""    <PackageReference Include="{id}" Version="[{(PackageTable.Ids.Contains(id) ? PackedPackages.Version : Repository.MicrosoftExtensionsVersion)}]" />""");
        application.Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', references)}
            {string.Join('\n', roots.Select(id => $"""    <TrimmerRootAssembly Include="{id}" />"""))}
              </ItemGroup>
            </Project>
            """);
        application.Write("Program.cs", example.Code);
        foreach (var barrier in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            application.Write(barrier, "<Project />");
        // Added to the sources this computer has, whichever they are.
        application.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{packed.Feed}" />
              </packageSources>
            </configuration>
            """);
        return application;
    }

    /// <summary>Builds it; a warning, also one of NuGet, is a failure.</summary>
    public async Task BuildAsync()
    {
        var output = (await Tool.DotnetAsync(_folder, ["build", "-c", "Release", "-o", "out"], Variables)).Expect("dotnet build");
        Assert.DoesNotContain(": warning ", output, StringComparison.Ordinal);
    }

    /// <summary>The whole-program analysis of the native compiler is asked for every single warning.</summary>
    public Task<ToolResult> PublishNativeAsync() =>
        Tool.DotnetAsync(_folder, ["publish", "-c", "Release", "-p:PublishAot=true", "-p:TrimmerSingleWarn=false", "-p:NativeDebugSymbols=false", "--use-current-runtime", "-o", "native"], Variables);

    public async Task<string> RunAsync(params string[] arguments) =>
        (await Tool.DotnetAsync(_folder, [Path.Combine("out", "App.dll"), .. arguments])).Expect("The program");

    public async Task<string> RunNativeAsync(params string[] arguments)
    {
        var program = Path.Combine(_folder, "native", OperatingSystem.IsWindows() ? "App.exe" : "App");
        Assert.False(File.Exists(Path.ChangeExtension(program, ".dll")), "What was published is not native.");
        return (await Tool.RunAsync(program, _folder, arguments)).Expect("The native program");
    }

    private void Write(string file, string content)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, file), content);
    }
}
