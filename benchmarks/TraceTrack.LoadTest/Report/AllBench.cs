using System.Diagnostics;

namespace TraceTrack.LoadTest.Report;

/// <summary>Every bench in turn, each in a process of its own so that none inherits another's memory, and then the report.</summary>
internal static class AllBench
{
    public static async Task<int> RunAsync(IEnumerable<string> known, bool quick, string pictures, CancellationToken cancellation)
    {
        var failed = new List<string>();
        foreach (var name in ReportBench.Benches.Intersect(known, StringComparer.Ordinal))
        {
            Work.Say($"./bench {name}{(quick ? " --quick" : "")}");
            using var child = Process.Start(OwnProgram.With(quick ? [name, "--quick"] : [name]))!;
            // Ctrl-C reaches it as well; it stops the servers it started, which killing it would not.
            await child.WaitForExitAsync(CancellationToken.None);
            if (cancellation.IsCancellationRequested)
                return 130;
            if (child.ExitCode != 0)
                failed.Add(name);
        }

        var code = await ReportBench.RunAsync(pictures, cancellation);
        if (failed.Count > 0)
            Work.Say($"Failed: {string.Join(", ", failed)}. Of those the report shows what was measured before, if anything.");
        return failed.Count > 0 ? 1 : code;
    }
}
