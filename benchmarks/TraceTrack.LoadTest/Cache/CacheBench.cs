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

    public static Task<int> RunAsync(bool quick, CancellationToken cancellation) =>
        GCSettings.IsServerGC || Environment.GetEnvironmentVariable(ServerCollector) is not null ? MeasureAsync(quick, cancellation) : RunChildAsync(quick, cancellation);

    /// <summary>The collector is chosen when a process starts.</summary>
    private static async Task<int> RunChildAsync(bool quick, CancellationToken cancellation)
    {
        var start = OwnProgram.With(quick ? ["cache", "--quick"] : ["cache"]);
        start.Environment[ServerCollector] = "1";
        using var child = Process.Start(start)!;
        // Ctrl-C reaches it as well; it stops the servers it started, which killing it would not.
        await child.WaitForExitAsync(CancellationToken.None);
        return cancellation.IsCancellationRequested ? 130 : child.ExitCode;
    }

    private static async Task<int> MeasureAsync(bool quick, CancellationToken cancellation)
    {
        await using var redis = await LocalRedis.FindOrStartAsync(new() { Name = "bench", Ephemeral = true }, NullLogger.Instance, cancellation);
        if (redis is null)
        {
            await Console.Error.WriteLineAsync("No Redis to measure. " + LocalServicesAdvice.InstallRedis);
            return 2;
        }

        var table = new ComparisonTable(new("cache", quick));
        var hits = new HitCases(table, quick);
        hits.RunMemory();
        hits.RunSecondTier();
        hits.RunAuthentication();
        Work.Say("miss 1000");
        await StampedeCase.RunAsync(table);
        Work.Say("fence");
        await FenceCase.RunAsync(table, redis.ConnectionString, quick ? 300 : 2_000, cancellation);
        await table.WriteAsync("cache: medians of the rounds (in memory and for authentication, of each round's fastest iteration)", TimeProvider.System);
        if (quick)
            Work.Say("Left out by --quick: most rounds, longer ones, and most writes of fence.");
        return 0;
    }
}
