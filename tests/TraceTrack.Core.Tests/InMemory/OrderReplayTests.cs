using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Testing.Order;

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
    public async Task One_seat_given_to_two_is_refused() =>
        Assert.Contains("ParentFull", await ReplayAsync(await HistoryAsync(capacity: 4)), StringComparison.Ordinal);

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

    private static Action<TraceTrackOptions> Rules(bool allowIncomplete, int capacity) =>
        options => (options.ParentCapacity, options.AllowIncompleteParents) = (capacity, allowIncomplete);

    private static CrowdHistory Crowd(int seed, bool allowIncomplete, int capacity = 3)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new Ticking()).AddTraceTrack(Rules(allowIncomplete, capacity)).UseInMemory().Services;
        return new(services.BuildServiceProvider().GetRequiredService<ITraceTrack>(), seed, round: 1, clients: 20);
    }

    private static Task<IReadOnlyList<Call>> HistoryAsync(int capacity = 3) => Crowd(seed: 1, allowIncomplete: true, capacity).InTurnAsync(30);

    private static Task<string?> ReplayAsync(IReadOnlyList<Call> history, bool allowIncomplete = true) =>
        new OrderReplay(history, Rules(allowIncomplete, 3)).RunAsync();

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
