using Microsoft.Extensions.Time.Testing;
using TraceTrack.Bags;

namespace TraceTrack.Caching.Tiers;

/// <summary>A second tier that fails, hangs, forgets, or is not heard; time is the test's.</summary>
public sealed class SharedTierTests : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new(Rows.Noon);
    private readonly RecordingTier _tier;
    private Node _node = null!;

    public SharedTierTests() => _tier = new(_clock);

    private SharedTier Shared => _node.Cache.Shared!;

    public async ValueTask InitializeAsync() => _node = await SharedTierNode.StartAsync(_clock, _tier, Timeout, RetryAfter, Unheard);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task After_a_failure_nobody_asks_until_one_has_tried()
    {
        _tier.Before = () => throw new TimeoutException("away");
        Assert.True((await AskAsync()).IsNothing);
        Assert.Equal(2, Shared.BreakerState);
        Assert.True((await AskAsync()).IsNothing);
        Assert.Single(_tier.Gets);

        var trying = new TaskCompletionSource();
        _tier.Before = () => trying.Task;
        _clock.Advance(RetryAfter);
        // The pulse tries; meanwhile all others go on without.
        Assert.Equal(1, Shared.BreakerState);
        Assert.True((await AskAsync()).IsNothing);
        Assert.Single(_tier.Gets);
        trying.SetResult();
        await Eventually.HoldsAsync(() => Shared.BreakerState == 0);
        Assert.False((await AskAsync()).IsNothing);
    }

    [Fact]
    public async Task Who_tries_and_fails_has_all_wait_again()
    {
        _tier.Before = () => throw new TimeoutException("away");
        await AskAsync();
        var pulses = _tier.Pulses;
        _clock.Advance(RetryAfter);
        Assert.Equal((2, pulses + 1), (Shared.BreakerState, _tier.Pulses));
        _clock.Advance(RetryAfter / 2);
        Assert.True((await AskAsync()).IsNothing);
        Assert.Single(_tier.Gets);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_time_limit()
    {
        _tier.Before = () => new TaskCompletionSource().Task;
        var asking = AskAsync();
        var writing = _node.Warehouse.ObserveAsync("CB1");
        Assert.False(asking.IsCompleted);
        _clock.Advance(Timeout);
        Assert.True((await asking).IsNothing);
        await writing;
        Assert.NotNull(await _node.Warehouse.FindBagAsync("CB1"));
    }

    [Fact]
    public async Task What_could_not_be_told_is_told_before_anything_is_read_again()
    {
        await using var other = await SharedTierNode.StartAsync(_clock, _tier, Timeout, RetryAfter, Unheard);
        await other.Warehouse.ObserveAsync("CB1");
        _tier.Before = () => throw new TimeoutException("away");
        await _node.Warehouse.ObserveAsync("CB2");
        _tier.Before = () => Task.CompletedTask;
        Assert.True(other.Cache.Bags.TryGet("CB1", out _));
        var gets = _tier.Gets.Count;
        Assert.True((await AskAsync()).IsNothing);
        Assert.Equal(gets, _tier.Gets.Count);
        _clock.Advance(RetryAfter);
        await Eventually.HoldsAsync(() => _tier.Commits.Any(commit => commit.Bumps.Any(bump => bump.Scope == CacheScopes.All)));
        Assert.False(other.Cache.Bags.TryGet("CB1", out _));
        Assert.False((await AskAsync()).IsNothing);
    }

    [Fact]
    public async Task A_tier_that_has_lost_an_epoch_is_not_believed_and_all_of_it_is_voided()
    {
        await _tier.CommitAsync(new(CacheScopes.All, 0, 1, [new(CacheScopes.All, 1L << 52)], [], CacheMessage.Everything.ToBytes()), default);
        Assert.False((await AskAsync()).IsNothing);
        await _tier.ResetAsync();
        Assert.True((await AskAsync()).IsNothing || Shared.EpochOf(CacheScopes.All) >= 1L << 52);
        _clock.Advance(RetryAfter);
        await Eventually.HoldsAsync(async () => (await AskAsync()) is { IsNothing: false } answer && answer.Epochs[0] >= 1L << 52);
    }

    [Fact]
    public async Task A_message_lost_is_noticed_by_the_next_one()
    {
        await _node.Warehouse.ObserveAsync("CB1");
        await SendAsync();
        Assert.True(_node.Cache.Bags.TryGet("CB1", out _));
        _tier.IsMute = true;
        await SendAsync();
        _tier.IsMute = false;
        Assert.True(_node.Cache.Bags.TryGet("CB1", out _));
        await SendAsync();
        Assert.False(_node.Cache.Bags.TryGet("CB1", out _));
    }

    [Fact]
    public async Task A_message_lost_is_noticed_without_a_next_one()
    {
        await _node.Warehouse.ObserveAsync("CB1");
        _tier.IsMute = true;
        await SendAsync();
        _clock.Advance(2 * Unheard / 5);
        await Eventually.HoldsAsync(() => !_node.Cache.Bags.TryGet("CB1", out _));
    }

    [Fact]
    public async Task A_counter_that_began_anew_means_that_messages_were_lost()
    {
        for (var i = 0; i < 5; i++)
            await SendAsync();
        await _node.Warehouse.ObserveAsync("CB1");
        await _tier.ResetAsync();
        _clock.Advance(Unheard / 5);
        await Eventually.HoldsAsync(() => !_node.Cache.Bags.TryGet("CB1", out _));
    }

    [Fact]
    public async Task Unheard_for_too_long_memory_is_emptied_and_keeps_everything_for_a_short_time_only()
    {
        await _node.Warehouse.ObserveAsync("CB1");
        _tier.Before = () => throw new TimeoutException("away");
        for (var i = 0; i < 6; i++)
            _clock.Advance(Unheard / 5);
        Assert.False(_node.Cache.Bags.TryGet("CB1", out _));
        await _node.Warehouse.FindBagAsync("CB1");
        Assert.True(_node.Cache.Bags.TryGet("CB1", out _));
        _clock.Advance(Unheard);
        Assert.False(_node.Cache.Bags.TryGet("CB1", out _));

        _tier.Before = () => Task.CompletedTask;
        for (var i = 0; i < 4; i++)
            _clock.Advance(Unheard / 5);
        await Eventually.HoldsAsync(() => _node.Cache.Time.Longest == TimeSpan.MaxValue);
        await _node.Warehouse.FindBagAsync("CB1");
        for (var i = 0; i < 10; i++)
            _clock.Advance(Unheard / 5);
        Assert.True(_node.Cache.Bags.TryGet("CB1", out _));
    }

    [Fact]
    public async Task A_channel_that_breaks_empties_memory()
    {
        await _node.Warehouse.ObserveAsync("CB1");
        Shared.Interrupted();
        Assert.False(_node.Cache.Bags.TryGet("CB1", out _));
        Assert.Equal(Unheard, _node.Cache.Time.Longest);
        _clock.Advance(Unheard / 5);
        await Eventually.HoldsAsync(() => _node.Cache.Time.Longest == TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_big_write_is_told_in_parts_that_together_say_all_of_it()
    {
        var scans = Enumerable.Range(0, 1_300).Select(i => Scans.RecordScan.Observe(Scans.ScanId.New(), QrCode.Parse($"CB{i}"))).ToArray();
        await _node.Warehouse.RecordManyAsync(null, scans);
        Assert.InRange(_tier.Commits.Count, 3, 5);
        Assert.All(_tier.Commits, commit => Assert.InRange(commit.Puts.Count, 0, 500));
        Assert.Equal(1_300, _tier.Commits.SelectMany(commit => commit.Puts).Select(put => put.Key).Distinct().Count());
        Assert.Equal(1_300, _tier.Commits.SelectMany(commit => CacheMessage.FromBytes(commit.Body.Span).Fences).Select(fence => fence.Key).Distinct().Count());
        Assert.Single(_tier.Commits, commit => commit.Bumps.Count > 0);
    }

    private Task<TierAnswer> AskAsync() => Shared.GetAsync(CacheScopes.Everything, ["b:NONE"]).AsTask();

    /// <summary>What another process says of a row that nobody here has.</summary>
    private async Task SendAsync() => await _tier.CommitAsync(
        new(CacheScopes.All, 0, 1, [], [], new CacheMessage(Guid.NewGuid(), [], [new(BagCodec.Letter, "ELSEWHERE", 9)]).ToBytes()), default);
}
