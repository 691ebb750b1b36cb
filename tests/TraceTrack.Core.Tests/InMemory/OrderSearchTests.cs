using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Testing.Order;

namespace TraceTrack.InMemory;

/// <summary>The search for a legal order itself: that it finds one where there is one, and refuses a history that was tampered with.</summary>
public class OrderSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_many_clients_did_at_once_has_an_order(int seed) =>
        Assert.Null(await new OrderSearch(await HistoryAsync(seed), Rules).RunAsync());

    [Fact]
    public async Task A_change_that_nobody_made_is_refused()
    {
        var history = await HistoryAsync(1);
        var changes = history.Where(call => call.Answer.Text.StartsWith("Recorded False Link", StringComparison.Ordinal)).ToArray();
        Assert.True(changes.Length > 3);
        foreach (var change in changes[..3])
            await RefusedAsync([.. history.Where(call => call != change)]);
    }

    [Fact]
    public async Task One_seat_given_to_two_is_refused()
    {
        var history = await HistoryAsync(1);
        var filled = history.First(call => call.Work.Text.StartsWith("Link", StringComparison.Ordinal) && call.Answer.Text.Contains(" 3 3.000 in ", StringComparison.Ordinal));
        await RefusedAsync([.. history, Again(filled, 99, filled.Invoked, filled.Returned)]);
    }

    [Fact]
    public async Task A_read_that_comes_too_late_for_what_it_shows_is_refused()
    {
        var history = await HistoryAsync(1);
        var read = history.First(call => call.Work.Text.StartsWith("look", StringComparison.Ordinal) && call.Answer.Rows.Count > 0);
        var end = history.Max(call => call.Returned);
        await RefusedAsync([.. history, Again(read, 99, end + TimeSpan.FromSeconds(1), end + TimeSpan.FromSeconds(2))]);
    }

    [Fact]
    public async Task The_same_read_in_its_time_is_taken()
    {
        var history = await HistoryAsync(1);
        var read = history.First(call => call.Work.Text.StartsWith("look", StringComparison.Ordinal) && call.Answer.Rows.Count > 0);
        Assert.Null(await new OrderSearch([.. history, Again(read, 99, read.Invoked, read.Returned)], Rules).RunAsync());
    }

    [Fact]
    public async Task Answers_by_other_rules_are_refused() => await RefusedAsync(await HistoryAsync(1), options => options.ParentCapacity = 4);

    private static void Rules(TraceTrackOptions options)
    {
        options.ParentCapacity = 3;
        options.AllowIncompleteParents = true;
    }

    private static async Task<IReadOnlyList<Call>> HistoryAsync(int seed)
    {
        await using var services = new ServiceCollection().AddTraceTrack(Rules).UseInMemory().Services.BuildServiceProvider();
        return await CrowdHistory.RecordAsync(services.GetRequiredService<ITraceTrack>(), seed, round: 1, clients: 20, calls: 30);
    }

    private static Call Again(Call call, int client, DateTimeOffset invoked, DateTimeOffset returned) =>
        new(client, call.Actor, call.Work, invoked, returned, call.Answer);

    private static async Task RefusedAsync(Call[] history, Action<TraceTrackOptions>? rules = null)
    {
        var report = await new OrderSearch(history, rules is null ? Rules : Rules + rules, budget: 200).RunAsync();
        Assert.NotNull(report);
        Assert.Contains("calls can be ordered", report, StringComparison.Ordinal);
    }

    private static Task RefusedAsync(IReadOnlyList<Call> history, Action<TraceTrackOptions> rules) => RefusedAsync([.. history], rules);
}
