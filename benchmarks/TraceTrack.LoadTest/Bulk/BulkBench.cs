using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using TraceTrack.LocalServices;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>Runs the cases of the bench one after the other; a quick run gives each a share of its time, and says what it leaves out.</summary>
internal static class BulkBench
{
    public static readonly string[] Cases = ["fresh", "append", "memory", "encode"];

    private const int MemoryRows = 8_000_000;
    private const int QuickMemoryRows = 500_000;

    /// <summary>When a quick run begins no more rounds of the case before.</summary>
    private static readonly TimeSpan QuickFresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuickAll = TimeSpan.FromSeconds(65);

    public static async Task<int> RunAsync(int rows, bool quick, IReadOnlySet<string> cases, CancellationToken cancellation)
    {
        await using var postgres = await LocalPostgres.FindOrStartAsync(new() { Name = "bench", Ephemeral = true }, NullLogger.Instance, cancellation);
        if (postgres is null)
        {
            await Console.Error.WriteLineAsync("No PostgreSQL to measure. " + LocalServicesAdvice.InstallPostgres);
            return 2;
        }

        var started = Stopwatch.GetTimestamp();
        var settings = new BenchSettings(postgres.ConnectionString, new(postgres), rows, quick);
        var report = new BenchReport(BenchReport.NameOf("bulk", cases, Cases), quick);
        var left = new List<string>();
        if (cases.Contains("fresh"))
        {
            var fresh = new FreshCase(settings);
            var figures = await RoundsAsync(settings, "fresh", quick ? 3 : 5, fresh.RunRoundAsync, HasTime(QuickFresh), cancellation);
            report.Add("fresh", "tracetrack", "rate", rows / figures.Median("tracetrack"), "bags/s");
            figures.AddTo(report);
            if (quick)
                left.Add("fresh: the report's technique, linq2db, EF Core, one by one, and rounds");
            else
                await fresh.RunSamplesAsync(report, cancellation);
        }

        if (cases.Contains("append") && !HasTime(QuickAll)())
        {
            left.Add("append");
        }
        else if (cases.Contains("append"))
        {
            await using var append = new AppendCase(settings);
            var figures = await RoundsAsync(settings, "append", quick ? 1 : 5, append.RunRoundAsync, HasTime(QuickAll), cancellation);
            figures.AddTo(report);
            if (quick)
                left.Add("append: the report's technique, linq2db, EF Core, one by one, and rounds");
            else
                await append.RunSamplesAsync(figures, report, cancellation);
        }

        var hasTimeForMemory = HasTime(QuickAll)();
        if (cases.Contains("memory") && hasTimeForMemory)
            await MemoryAsync(settings, report, cancellation);
        if (quick)
            left.Add(hasTimeForMemory ? $"memory: {MemoryRows:N0} rows" : "memory");
        if (cases.Contains("encode") && !quick)
            await EncodeCase.RunAsync(settings, report, cancellation);
        else if (quick)
            left.Add("encode");
        await report.WriteAsync($"bulk: {rows:N0} bags; medians of the rounds after a warm-up", TimeProvider.System);
        if (left.Count > 0)
            Work.Say($"Left out by --quick: {string.Join("; ", left)}.");
        return 0;

        Func<bool> HasTime(TimeSpan limit) => () => !quick || Stopwatch.GetElapsedTime(started) < limit;
    }

    /// <summary>The first round warms up the server's files and our compiler, and is left out, unless there is time for one only.</summary>
    private static async Task<Figures> RoundsAsync(
        BenchSettings settings, string @case, int rounds, Func<Figures, CancellationToken, Task> run, Func<bool> hasTime, CancellationToken cancellation)
    {
        var figures = new Figures(@case);
        for (var round = 0; round <= rounds && (figures.Rounds == 0 || hasTime()); round++)
        {
            var one = new Figures(@case);
            await run(one, cancellation);
            var isWarmUp = round == 0 && hasTime();
            Work.Say($"{@case}, round {round}: {one}{(isWarmUp ? " (warm-up)" : "")}");
            if (!isWarmUp)
                figures.AddAll(one);
        }

        return figures;
    }

    private static async Task MemoryAsync(BenchSettings settings, BenchReport report, CancellationToken cancellation)
    {
        var rows = settings.Quick ? QuickMemoryRows : MemoryRows;
        var (megabytes, seconds) = await MemoryCase.RunAsync(settings, rows, cancellation);
        var @case = settings.Quick ? $"memory, {rows:N0} rows only" : "memory";
        report.Add(@case, "tracetrack", "MB", megabytes, "MB");
        report.Add(@case, "tracetrack", "seconds", seconds, "s");
        Work.Say($"{@case}: {rows:N0} rows in {seconds:0.0} s, {megabytes:0} MB at most");
    }
}
