using System.Text.RegularExpressions;

namespace TraceTrack.Packages.Tests;

public sealed partial class NativeTests(PackedPackages packed, PostgresServer postgres)
{
    [Fact]
    public async Task The_readme_s_ten_lines_publish_with_NativeAOT_without_a_warning_of_ours_and_run_both_ways()
    {
        // As roots, so that all of the packages is compiled and analysed, and not only what ten lines reach.
        var application = Application.Write(packed, "native", Example.OfTheProject(), [.. PackageTable.Ids]);
        var published = await application.PublishNativeAsync();
        SkipWhenItCannotBeTried(published);
        published.Expect("dotnet publish");
        Assert.DoesNotContain(published.Output.Split('\n'), line => AnalysisWarning().IsMatch(line) && line.Contains("TraceTrack", StringComparison.Ordinal));
        await ExampleTests.RunBothWaysAsync(application.RunNativeAsync, postgres);
    }

    /// <summary>Only a missing compiler or linker stands in the way; whatever the compiler says of our code does not.</summary>
    private static void SkipWhenItCannotBeTried(ToolResult published)
    {
        if (published.ExitCode == 0)
            return;
        var missing = published.Output.Split('\n').Where(line => MissingCompiler().IsMatch(line)).Distinct(StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
            Assert.Skip("The package feed does not have the native compiler: " + string.Join('\n', missing));
        if (published.Output.Contains("Platform linker", StringComparison.Ordinal))
        {
            const string Advice = "There is no linker on this computer; on Debian: apt-get install gcc libc6-dev";
            // ./test installs one where it may, so CI has one.
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(Advice);
            Assert.Skip(Advice);
        }
    }

    [GeneratedRegex(@"\bIL[23]\d{3}\b")]
    private static partial Regex AnalysisWarning();

    [GeneratedRegex(@"error NU(1101|1102|1103|1301).*(ilcompiler|\.App\.Runtime)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex MissingCompiler();
}
