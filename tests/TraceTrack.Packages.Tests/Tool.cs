using System.ComponentModel;
using System.Diagnostics;

namespace TraceTrack.Packages.Tests;

internal sealed record ToolResult(int ExitCode, string Output)
{
    public string Expect(string what)
    {
        Assert.True(ExitCode == 0, $"{what} ended with {ExitCode}:\n{Output}");
        return Output;
    }
}

/// <summary>Runs dotnet, git and what was built with them, to the end.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static Task<ToolResult> DotnetAsync(string folder, string[] arguments, params (string Name, string Value)[] variables) =>
        RunAsync(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", folder, arguments, variables);

    public static async Task<ToolResult> RunAsync(string program, string folder, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What surrounds this test run must not reach into another build: an MSBuild that runs us, a git hook, the settings of CI.
        foreach (var name in start.Environment.Keys.Where(IsOfTheSurroundings).ToList())
            start.Environment.Remove(name);
        // A build server would outlive the command and hold the pipe we read from.
        (string, string)[] calm =
        [
            ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"), ("UseSharedCompilation", "false"),
            ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en"),
        ];
        foreach (var (name, value) in calm.Concat(variables))
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <returns>Null when there is no such program.</returns>
    public static async Task<ToolResult?> TryRunAsync(string program, string folder, string[] arguments, params (string Name, string Value)[] variables)
    {
        try
        {
            return await RunAsync(program, folder, arguments, variables);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static bool IsOfTheSurroundings(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("GIT_", StringComparison.Ordinal)
        || name.StartsWith("MinVer", StringComparison.OrdinalIgnoreCase)
        || name is "CI" or "GITHUB_ACTIONS" or "Version" or "GraphQLEngine";
}
