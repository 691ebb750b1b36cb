using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Scans;
using TraceTrack.Testing.Order;
using TraceTrack.Users;

namespace TraceTrack.InMemory;

/// <summary>The replay of a crowd's history itself: that it takes what happened, and refuses a history that was tampered with.</summary>
public class OrderReplayTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task What_many_clients_did_at_once_is_answered_as_in_the_order_of_its_times(int seed, bool allowIncomplete) =>
        Assert.Null(await ReplayAsync(await Crowd(seed, allowIncomplete).AtOnceAsync(30), allowIncomplete));

    [Fact]
    public async Task A_change_that_nobody_made_is_refused()
    {
        var history = await HistoryAsync();
        foreach (var change in Recorded(history, "Link").Take(10))
            await RefusedAsync([.. history.Where(call => call != change)]);
    }

    [Fact]
    public async Task Two_answers_exchanged_are_refused()
    {
        var history = await HistoryAsync();
        var links = Recorded(history, "Link").Take(2).ToArray();
        await RefusedAsync(Exchanged(history, links[0], links[1]));
    }

    [Fact]
    public async Task Two_reads_whose_answers_are_exchanged_are_refused()
    {
        var history = await HistoryAsync();
        var reads = history.Where(call => call.Work.Text.StartsWith("read", StringComparison.Ordinal) && call.Answer.Rows.Count > 0)
            .GroupBy(call => call.Work.Text).First(group => group.Select(call => call.Answer.Text).Distinct().Count() > 1).ToArray();
        await RefusedAsync(Exchanged(history, reads[0], reads.First(read => read.Answer.Text != reads[0].Answer.Text)));
    }

    [Fact]
    public async Task One_seat_given_to_two_is_refused()
    {
        // As when two find two children in a parent for three, and each puts in a third.
        var clock = new Ticking();
        Call[] one = await LinkedAsync(Store(clock), "C01", "C02", "C03"), other = await LinkedAsync(Store(clock), "C01", "C02", "C04");
        Assert.Null(await ReplayAsync(one));
        Assert.Contains("ParentFull '3/3'", await ReplayAsync([.. one, other[^1]]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_that_comes_too_late_for_what_it_shows_is_refused()
    {
        var history = await HistoryAsync();
        var read = Read(history);
        await RefusedAsync([.. history, read with { Invoked = 1_000_000, Returned = 1_000_001 }]);
    }

    [Fact]
    public async Task The_same_read_in_its_time_is_taken()
    {
        var history = await HistoryAsync();
        Assert.Null(await ReplayAsync([.. history, Read(history)]));
    }

    [Fact]
    public async Task A_time_before_the_call_was_sent_is_refused()
    {
        var history = await HistoryAsync();
        var early = Recorded(history, "Observe").First();
        Assert.Contains(
            "after it was answered",
            await ReplayAsync([.. history.Where(call => call != early), early with { Invoked = 1_000_000, Returned = 1_000_001 }]),
            StringComparison.Ordinal);
    }

    private static IEnumerable<Call> Recorded(IEnumerable<Call> history, string action) => history.Where(call =>
        call.Work.Text.StartsWith(action + " ", StringComparison.Ordinal) && call.Answer.Text.StartsWith("Recorded False", StringComparison.Ordinal));

    private static Call Read(IEnumerable<Call> history) =>
        history.First(call => call.Work.Text.StartsWith("look SB", StringComparison.Ordinal) && call.Answer.Rows.Count > 0);

    private static Call[] Exchanged(IEnumerable<Call> history, Call one, Call other) => [.. history.Select(call =>
        call == one ? one with { Answer = other.Answer } : call == other ? other with { Answer = one.Answer } : call)];

    private static Action<TraceTrackOptions> Rules(bool allowIncomplete) =>
        options => (options.ParentCapacity, options.AllowIncompleteParents) = (3, allowIncomplete);

    private static ITraceTrack Store(TimeProvider clock, bool allowIncomplete = true) =>
        new ServiceCollection().AddSingleton(clock).AddTraceTrack(Rules(allowIncomplete)).UseInMemory().Services
            .BuildServiceProvider().GetRequiredService<ITraceTrack>();

    private static CrowdHistory Crowd(int seed, bool allowIncomplete) => new(Store(new Ticking(), allowIncomplete), seed, round: 1, clients: 20);

    private static async Task<Call[]> LinkedAsync(ITraceTrack store, params string[] children)
    {
        var calls = new List<Call>();
        foreach (var child in children)
        {
            var work = RandomWork.Record(RecordScan.Link(ScanId.New(), QrCode.Parse(child), QrCode.Parse("SB1")));
            calls.Add(new(Actor.System, work, calls.Count * 2, 100, await work.DoAsync(store, Actor.System, null)));
        }

        return [.. calls];
    }

    private static Task<IReadOnlyList<Call>> HistoryAsync() => Crowd(seed: 1, allowIncomplete: true).InTurnAsync(30);

    private static Task<string?> ReplayAsync(IReadOnlyList<Call> history, bool allowIncomplete = true) =>
        new OrderReplay(history, Rules(allowIncomplete)).RunAsync();

    private static async Task RefusedAsync(Call[] history) =>
        Assert.Contains("is not answered as the model answers it", await ReplayAsync(history), StringComparison.Ordinal);

    /// <summary>A store in memory can do many things in one microsecond, which has no order.</summary>
    private sealed class Ticking : TimeProvider
    {
        private long _milliseconds;

        public override DateTimeOffset GetUtcNow() =>
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(Interlocked.Increment(ref _milliseconds));
    }
}
