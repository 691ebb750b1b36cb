using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Benchmarks.Caching;

namespace TraceTrack.LoadTest.Cache;

/// <summary>
/// Many callers at once who miss. The store answers nobody before all have asked, so that none is late and finds what another has loaded.
/// </summary>
internal static class StampedeCase
{
    private const int Callers = 1_000;
    private const int BatchSize = 100;

    public static async Task RunAsync(ComparisonTable table)
    {
        await using var store = await BenchStore.FillAsync(Callers);
        await using var node = await CacheNode.StartAsync(store);
        await using var services = Peers.Hybrid();
        var hybrid = services.GetRequiredService<HybridCache>();
        using var fusion = Peers.Fusion();
        var qr = store.Codes[0];

        var loads = await CountAsync(store, Callers, _ => Same(node.Bags.FindAsync(qr, CancellationToken.None)));
        table.Add("miss 1000", "tracetrack", "loads", loads, "loads", goal: "1", isReached: loads == 1);
        table.Add("miss 1000", "HybridCache", "loads", await CountAsync(store, Callers, _ => Same(Hybrid(qr))), "loads");
        table.Add("miss 1000", "FusionCache", "loads", await CountAsync(store, Callers, _ => Same(Fusion(qr))), "loads");

        // Other bags than the one that is known by now; ten callers for each batch.
        QrCode[][] batches = [.. store.Codes.Skip(1).Take(Callers - BatchSize).Chunk(BatchSize)];
        var callers = 10 * batches.Length;
        var statements = await CountAsync(store, callers, caller => SameAll(batches[caller % batches.Length]));
        var @case = $"miss {batches.Length} batches of 100";
        table.Add(@case, "tracetrack", "statements", statements, "statements", goal: $"{batches.Length}", isReached: statements == batches.Length);
        table.Add(@case, "HybridCache", "statements", await CountAsync(store, callers, caller => Each(batches[caller % batches.Length], Hybrid)), "statements");
        table.Add(@case, "FusionCache", "statements", await CountAsync(store, callers, caller => Each(batches[caller % batches.Length], Fusion)), "statements");

        async ValueTask<Bag?> Hybrid(QrCode code) =>
            (await hybrid.GetOrCreateAsync(code.Value, async cancellation => new Kept((await store.Bags.FindAsync(code, cancellation))!))).Bag;

        ValueTask<Bag?> Fusion(QrCode code) =>
            fusion.GetOrSetAsync<Bag?>(code.Value, async (_, cancellation) => await store.Bags.FindAsync(code, cancellation));

        async Task<bool> Same(ValueTask<Bag?> answer) => (await answer)?.Qr == qr;

        async Task<bool> SameAll(QrCode[] codes)
        {
            var bags = await node.Bags.FindManyAsync(codes, CancellationToken.None);
            return bags.Select(bag => bag?.Qr).SequenceEqual(codes.Select(code => (QrCode?)code));
        }

        static async Task<bool> Each(QrCode[] codes, Func<QrCode, ValueTask<Bag?>> find)
        {
            var bags = await Task.WhenAll(codes.Select(code => find(code).AsTask()));
            return bags.Select(bag => bag?.Qr).SequenceEqual(codes.Select(code => (QrCode?)code));
        }
    }

    /// <returns>Statements that reached the store.</returns>
    private static async Task<int> CountAsync(BenchStore store, int callers, Func<int, Task<bool>> ask)
    {
        store.Bags.Forget();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Bags.Gate = gate.Task;
        var asked = new CountdownEvent(callers);
        // From all threads of the pool at once, as requests come.
        var answers = Enumerable.Range(0, callers).Select(caller => Task.Run(() =>
        {
            var answer = ask(caller);
            asked.Signal();
            return answer;
        })).ToArray();
        await Task.Run(asked.Wait);
        gate.SetResult();
        Work.Check((await Task.WhenAll(answers)).Count(isRight => isRight), callers, "right answers");
        return store.Bags.Statements;
    }
}
