using System.Diagnostics;
using System.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Cache;

/// <summary>The cache against the bare pieces under it and against other caches, all in one run.</summary>
/// <remarks>
/// It runs with the garbage collector that a web application has by default. A cache is what that collector has to carry along, so with
/// another one the ratios are others.
/// </remarks>
internal static class CacheBench
{
    private const string ServerCollector = "DOTNET_gcServer";
    private const string MemoryHit = "memory-hit";
    private const string SecondTierHit = "second-tier-hit";
    private const string Batch = "batch-100";
    private const string Authentication = "authentication";
    private const string Miss = "miss-1000";
    private const string Fence = "fence";

    public static readonly string[] Cases = [MemoryHit, SecondTierHit, Batch, Authentication, Miss, Fence];

    public static Task<int> RunAsync(bool quick, IReadOnlySet<string> cases, CancellationToken cancellation) =>
        GCSettings.IsServerGC || Environment.GetEnvironmentVariable(ServerCollector) is not null
            ? MeasureAsync(quick, cases, cancellation)
            : RunChildAsync(quick, cases, cancellation);

    /// <summary>The collector is chosen when a process starts.</summary>
    private static async Task<int> RunChildAsync(bool quick, IReadOnlySet<string> cases, CancellationToken cancellation)
    {
        var start = OwnProgram.With(["cache", "--case", .. cases, .. quick ? ["--quick"] : Array.Empty<string>()]);
        start.Environment[ServerCollector] = "1";
        using var child = Process.Start(start)!;
        // Ctrl-C reaches it as well; it stops the servers it started, which killing it would not.
        await child.WaitForExitAsync(CancellationToken.None);
        return cancellation.IsCancellationRequested ? 130 : child.ExitCode;
    }

    private static async Task<int> MeasureAsync(bool quick, IReadOnlySet<string> cases, CancellationToken cancellation)
    {
        await using var redis = await LocalRedis.FindOrStartAsync(new() { Name = "bench", Ephemeral = true }, NullLogger.Instance, cancellation);
        if (redis is null)
        {
            await Console.Error.WriteLineAsync("No Redis to measure. " + LocalServicesAdvice.InstallRedis);
            return 2;
        }

        var table = new ComparisonTable(new(BenchReport.NameOf("cache", cases, Cases), quick));
        var hits = new HitCases(table, quick);
        if (cases.Contains(MemoryHit))
            hits.RunMemory();
        if (cases.Contains(SecondTierHit))
            hits.RunSecondTierHit();
        if (cases.Contains(Batch))
            hits.RunBatch();
        if (cases.Contains(Authentication))
            hits.RunAuthentication();
        if (cases.Contains(Miss))
        {
            Work.Say("miss 1000");
            await StampedeCase.RunAsync(table);
        }

        if (cases.Contains(Fence))
        {
            Work.Say("fence");
            await FenceCase.RunAsync(table, redis.ConnectionString, quick ? 300 : 2_000, cancellation);
        }

        await table.WriteAsync("cache: medians of the rounds (in memory and for authentication, of each round's fastest iteration)", TimeProvider.System);
        if (quick)
            Work.Say("Left out by --quick: most rounds, longer ones, and most writes of fence.");
        return 0;
    }
}
