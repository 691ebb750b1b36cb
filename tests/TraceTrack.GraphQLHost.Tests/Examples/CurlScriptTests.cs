using System.Diagnostics;
using TraceTrack.GraphQLHost.Tests.Server;

namespace TraceTrack.GraphQLHost.Tests.Examples;

/// <summary>Every script runs against a host with a server of its own, and says itself what it expects.</summary>
public sealed class CurlScriptTests
{
    public static TheoryData<string> Scripts => [.. ExampleFolder.Names(".sh")];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_gets_the_answers_it_expects(string name)
    {
        await using var host = await RunningHost.StartAsync();
        var (code, output) = await RunAsync(host, ExampleFolder.File(name + ".sh"));
        Assert.True(code == 0, output);
        Assert.DoesNotContain(ExampleFolder.Password, output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"token\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_workflow_has_a_script_and_a_file_of_requests()
    {
        Assert.Equal(ExampleFolder.Names(".sh"), ExampleFolder.Names(".http"));
        var page = await File.ReadAllTextAsync(ExampleFolder.File("../../../docs/graphql.md"), TestContext.Current.CancellationToken);
        Assert.All(ExampleFolder.Names(".sh"), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ask '{ me { userName } }'", "An error was not expected.")]
    [InlineData("log_in; refused BILL_EMPTY '{ me { userName } }'", "Expected in the answer: \"code\":\"BILL_EMPTY\"")]
    [InlineData("log_in; ask '{ me { role } }'; expect '\"role\":\"BILLER\"'", "Expected in the answer: \"role\":\"BILLER\"")]
    [InlineData("log_in; ask '{ me { role } }'; expect_not ADMIN", "Not expected in the answer: ADMIN")]
    public async Task A_script_fails_at_an_answer_it_does_not_expect(string step, string message)
    {
        await using var host = await RunningHost.StartAsync();
        var (code, output) = await RunAsync(host, "-c", $"set -euo pipefail; . '{ExampleFolder.File(ExampleFolder.Common + ".sh")}'; {step}; echo went on");
        Assert.Equal(1, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("went on", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(RunningHost host, params string[] arguments)
    {
        if (OperatingSystem.IsWindows() || !InPath("curl") || !InPath("bash"))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true" && !OperatingSystem.IsWindows(), "There is no bash or no curl on this computer.");
            Assert.Skip("The scripts need bash and curl.");
        }

        var start = new ProcessStartInfo("bash", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TRACETRACK_URL"] = host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        start.Environment["TRACETRACK_ADMIN"] = ExampleFolder.Admin;
        start.Environment["TRACETRACK_ADMIN_PASSWORD"] = ExampleFolder.Password;
        // The host is this computer's.
        start.Environment["no_proxy"] = "*";
        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync();
        var errors = script.StandardError.ReadToEndAsync();
        try
        {
            await script.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        }
        finally
        {
            if (!script.HasExited)
                script.Kill(entireProcessTree: true);
        }

        return (script.ExitCode, await output + await errors);
    }

    private static bool InPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
