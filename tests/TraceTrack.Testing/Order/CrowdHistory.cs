using System.Collections.Concurrent;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Testing.Order;

/// <summary>
/// A round of clients at random work on bags and bills of its own, and the history of their calls. It begins with what makes the bags and bills, and
/// ends with a look at all that is left.
/// </summary>
/// <param name="door">The store.</param>
/// <param name="seed">Makes the same work again, though not the same meetings.</param>
/// <param name="round">Names the round's bags, bills and actors.</param>
/// <param name="clients">How many.</param>
/// <param name="deletes">Whether bags are deleted too, and registered again by scans.</param>
public sealed class CrowdHistory(ITraceTrack door, int seed, int round, int clients, bool deletes = false)
{
    private readonly ConcurrentQueue<Call> _history = new();
    private readonly List<RecordScan> _sent = [];
    private long _place;

    /// <summary>All clients at once.</summary>
    /// <param name="calls">How many calls each makes.</param>
    public Task<IReadOnlyList<Call>> AtOnceAsync(int calls) => RecordAsync(async all =>
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var working = all.Select(work => Task.Run(async () =>
        {
            await signal.Task;
            for (var i = 0; i < calls; i++)
                await StepAsync(work);
        })).ToArray();
        signal.SetResult();
        await Task.WhenAll(working);
    });

    /// <summary>One call after the other, so that a seed gives the same history each time.</summary>
    /// <param name="calls">How many calls each makes.</param>
    public Task<IReadOnlyList<Call>> InTurnAsync(int calls) => RecordAsync(async all =>
    {
        for (var i = 0; i < calls; i++)
        {
            foreach (var work in all)
                await StepAsync(work);
        }
    });

    private async Task<IReadOnlyList<Call>> RecordAsync(Func<RandomWork[], Task> run)
    {
        RandomWork[] all = [.. Enumerable.Range(0, clients)
            .Select(client => new RandomWork(round, client, new Random((seed * 1_000_003) + (round * 1_009) + client), _sent, deletes))];
        foreach (var work in all[0].Beginning())
            await DoAsync(Actor.System, work);
        await run(all);
        await DoAsync(Actor.System, Everything(all[0].Codes, all[0].Numbers));
        return [.. _history];
    }

    private async Task StepAsync(RandomWork work) => work.Saw(await DoAsync(work.Actor, work.Next()));

    private async Task<Answer> DoAsync(Actor actor, Work work)
    {
        var invoked = Interlocked.Increment(ref _place);
        var answer = await work.DoAsync(door, actor, work.Expected?.Version);
        _history.Enqueue(new(actor, work, invoked, Interlocked.Increment(ref _place), answer));
        return answer;
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
