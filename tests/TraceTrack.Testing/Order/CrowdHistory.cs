using System.Collections.Concurrent;
using System.Diagnostics;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Testing.Order;

/// <summary>Clients at random work at the same time, and the history of their calls.</summary>
public static class CrowdHistory
{
    /// <summary>Runs one round on bags and bills of its own, and ends with a client that looks at all that is left.</summary>
    /// <param name="door">The store.</param>
    /// <param name="seed">Makes the same work again, though not the same meetings.</param>
    /// <param name="round">Names the round's bags, bills and actors.</param>
    /// <param name="clients">How many.</param>
    /// <param name="calls">How many calls each makes.</param>
    public static async Task<IReadOnlyList<Call>> RecordAsync(ITraceTrack door, int seed, int round, int clients, int calls)
    {
        var history = new ConcurrentQueue<Call>();
        var sent = new List<RecordScan>();
        var (began, watch) = (TimeProvider.System.GetUtcNow(), Stopwatch.StartNew());
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var work = new RandomWork(round, client, new Random((seed * 1_000_003) + (round * 1_009) + client), sent);
            await signal.Task;
            for (var i = 0; i < calls; i++)
                work.Saw(await DoAsync(client, work.Actor, work.Next()));
        })).ToArray();
        signal.SetResult();
        await Task.WhenAll(all);
        var names = new RandomWork(round, clients, new Random(0), []);
        await DoAsync(clients, Actor.System, Everything(names.Codes, names.Numbers));
        return [.. history];

        async Task<Answer> DoAsync(int client, Actor actor, Work work)
        {
            var invoked = began + watch.Elapsed;
            var answer = await work.DoAsync(door, actor, work.Expected?.Version);
            history.Enqueue(new(client, actor, work, invoked, began + watch.Elapsed, answer));
            return answer;
        }
    }

    private static Work Everything(IReadOnlyList<string> codes, IReadOnlyList<string> numbers) =>
        new("look at everything", [.. codes, .. numbers], 1, null, async (tracker, _, answer) =>
        {
            foreach (var bag in await tracker.Bags.FindManyAsync([.. codes.Select(QrCode.Parse)]))
                answer.Show("bag", bag);
            foreach (var bill in await tracker.Bills.FindManyAsync([.. numbers.Select(BillNumber.Parse)]))
                answer.Show("bill", bill);
        });
}
