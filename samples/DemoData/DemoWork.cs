namespace TraceTrack.DemoData;

/// <summary>Many small calls, several under way at once.</summary>
internal static class DemoWork
{
    private const int ReportEvery = 100;

    public static async Task RunAsync<T>(
        IEnumerable<T> items, DemoPhase phase, int workers, IProgress<DemoProgress>? progress, Func<T, CancellationToken, Task> work,
        CancellationToken cancellationToken, int? total = null)
    {
        var count = total ?? items.Count();
        var done = 0L;
        progress?.Report(new(phase, 0, count));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(items, parallel, async (item, token) =>
        {
            await work(item, token);
            if (Interlocked.Increment(ref done) is var now && now % ReportEvery == 0)
                progress?.Report(new(phase, now, count));
        });
        progress?.Report(new(phase, count, count));
    }
}
