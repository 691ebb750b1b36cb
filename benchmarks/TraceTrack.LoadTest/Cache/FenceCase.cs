using System.Diagnostics;
using TraceTrack.Bags;
using TraceTrack.Benchmarks.Caching;
using TraceTrack.Scans;

namespace TraceTrack.LoadTest.Cache;

/// <summary>
/// Two nodes on one store and one redis-server, each with a connection of its own. One writes; from when its write has returned until the
/// other's memory no longer answers with the row of before. The other is asked in a tight loop, as no client could, so nothing is rounded up.
/// </summary>
internal static class FenceCase
{
    // Fewer than a parent takes.
    private const int Children = 20;
    private const int MostSeconds = 20;

    private static readonly QrCode[] Parents = [QrCode.Parse("SB1"), QrCode.Parse("SB2")];

    public static async Task RunAsync(ComparisonTable table, string redis, int writes, CancellationToken cancellation)
    {
        await using var store = await BenchStore.FillAsync(Children);
        await using var writer = await CacheNode.StartAsync(store, redis);
        await using var reader = await CacheNode.StartAsync(store, redis);
        var times = new List<double>(writes);
        // The first writes warm up connections, scripts and our compiler.
        for (var i = -Math.Min(200, writes / 2); i < writes; i++)
        {
            var milliseconds = await MeasureAsync(store.Codes[0], writer, reader, cancellation);
            if (i >= 0)
                times.Add(milliseconds);
        }

        times.Sort();
        table.Add("fence", "tracetrack", "p50 ms", times[times.Count / 2], "ms");
        table.Add("fence", "tracetrack", "p99 ms", times[(times.Count - 1) * 99 / 100], "ms");
        table.Add("fence", "tracetrack", "max ms", times[^1], "ms");
    }

    /// <summary>A child moves from one parent to the other, and back the next time: each scan makes a new version of its row.</summary>
    private static async Task<double> MeasureAsync(QrCode qr, CacheNode writer, CacheNode reader, CancellationToken cancellation)
    {
        var before = await reader.Bags.FindAsync(qr, cancellation) ?? throw new InvalidOperationException($"{qr} is not there.");
        // A load that the message of the write before has overtaken is not kept.
        for (var attempt = 0; !IsInMemory(reader.Bags.FindAsync(qr, cancellation)); attempt++)
        {
            if (attempt == 100)
                throw new InvalidOperationException("The other node's memory does not keep the bag.");
            await Task.Delay(1, cancellation);
        }

        var parent = before.ParentQr == Parents[0] ? Parents[1] : Parents[0];
        using var polling = new ManualResetEventSlim();
        var poll = Task.Factory.StartNew(() => Poll(reader.Bags, qr, before.Version, polling), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        polling.Wait(cancellation);
        var result = await writer.Tracker.Scans.RecordAsync(RecordScan.Relink(ScanId.New(), qr, parent), cancellation);
        var returned = Stopwatch.GetTimestamp();
        if (result.Outcome != ScanOutcome.Recorded)
            throw new InvalidOperationException($"{qr} was not moved: {result.Rejection}");
        var gone = await poll;
        var after = await reader.Bags.FindAsync(qr, cancellation);
        if (after?.Version <= before.Version || after?.ParentQr != parent)
            throw new InvalidOperationException("The other node does not answer with what was written.");
        return Math.Max(0, Stopwatch.GetElapsedTime(returned, gone).TotalMilliseconds);
    }

    private static bool IsInMemory(ValueTask<Bag?> answer) => answer.IsCompletedSuccessfully;

    /// <returns>When memory no longer answered with the version.</returns>
    private static long Poll(IBagStore bags, QrCode qr, long version, ManualResetEventSlim polling)
    {
        var limit = Stopwatch.GetTimestamp() + (MostSeconds * Stopwatch.Frequency);
        polling.Set();
        while (true)
        {
            var answer = bags.FindAsync(qr, CancellationToken.None);
            var now = Stopwatch.GetTimestamp();
            // One that does not come at once is on its way to Redis: memory has forgotten the row.
            if (!answer.IsCompletedSuccessfully)
            {
                _ = answer.AsTask();
                return now;
            }

            if (answer.GetAwaiter().GetResult()?.Version > version)
                return now;
            if (now > limit)
                throw new InvalidOperationException($"The other node still answered with the old row after {MostSeconds} s.");
        }
    }
}
