using TraceTrack.Postgres.Tests.Imports.Crashes;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace TraceTrack.Postgres.Tests;

/// <summary>Runs the tests; or, started by one of them, an import that is to be killed.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        if (args is [ImportProcess.Verb, ..])
            return ImportProcess.RunAsync(args);
        return args.Any(argument => argument is "-automated" or "@@")
            ? ConsoleRunner.Run(args)
            : TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
    }
}
