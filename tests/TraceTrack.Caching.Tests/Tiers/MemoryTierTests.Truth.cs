namespace TraceTrack.Caching.Tiers;

/// <summary>What memory believes, refreshes, and still answers when the store fails.</summary>
public sealed partial class MemoryTierTests
{
    [Fact]
    public void A_write_that_comes_late_is_not_kept_when_something_newer_is_known()
    {
        _memory.Fence("CB1", 6);
        Put("CB1", 5);
        Assert.Null(Kept("CB1"));
        Put("CB1", 6);
        Assert.Equal(6, Kept("CB1"));
    }

    [Fact]
    public void A_write_that_began_before_everything_was_forgotten_is_not_kept()
    {
        var before = _time.Generation;
        _time.Forget();
        _memory.Clear();
        _memory.Put("CB1", Rows.Bag("CB1", 5), 5, End(Long), before);
        Assert.Null(Kept("CB1"));
    }

    [Fact]
    public void What_the_second_tier_says_is_believed_unless_something_newer_is_known()
    {
        _memory.Fence("CB1", 6);
        var flight = _memory.Join("CB1", out _);
        Assert.False(Believes(flight, 5));
        Assert.True(Believes(flight, 6));
        _memory.Fence("CB1", 8);
        Assert.False(Believes(_memory.Join("CB1", out _), 7));
        Assert.True(Believes(_memory.Join("CB2", out _), 0));
    }

    [Fact]
    public void A_row_seen_beside_a_load_is_kept_unless_something_newer_is_known()
    {
        Offer("CB1", 5, _time.Generation);
        Assert.Equal(5, Kept("CB1"));
        Offer("CB1", 4, _time.Generation);
        Assert.Equal(5, Kept("CB1"));
        _memory.Fence("CB1", 7);
        Offer("CB1", 6, _time.Generation);
        Assert.Null(Kept("CB1"));
        var before = _time.Generation;
        _time.Forget();
        Offer("CB1", 8, before);
        Assert.Null(Kept("CB1"));
        Offer("CB1", 8, _time.Generation);
        Assert.Equal(8, Kept("CB1"));
    }

    [Fact]
    public void What_is_known_to_be_written_is_known_for_as_long_as_anything_older_may_be_somewhere()
    {
        _memory.Fence("CB1", 6);
        for (var minute = 0; minute < 10; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            _memory.Fence($"CB{minute + 2}", 7);
            Assert.False(Believes(_memory.Join("CB1", out _), 5));
        }

        for (var minute = 0; minute < 30; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            for (var i = 2; i < 500; i++)
                _memory.Fence($"CB{i}", 8 + minute);
        }

        Assert.True(Believes(_memory.Join("CB1", out _), 5));
    }

    [Fact]
    public void When_too_much_is_written_to_be_known_one_by_one_nothing_older_is_believed()
    {
        using var small = Open(100_000);
        for (var i = 0; i < 5_000; i++)
            small.Fence($"CB{i}", 1_000 + i);
        Assert.All(Enumerable.Range(0, 5_000), i => Assert.False(Believes(small, small.Join($"CB{i}", out _), 999 + i)));
        Assert.True(Believes(small, small.Join("OTHER", out _), 6_000));
    }

    [Fact]
    public void What_nobody_knows_the_outcome_of_is_forgotten_and_what_is_put_after_is_kept()
    {
        Put("CB1", 5);
        var flight = _memory.Join("CB2", out _);
        _memory.Fence("CB1", CacheFence.Unknown);
        _memory.Fence("CB2", CacheFence.Unknown);
        Assert.Null(Kept("CB1"));
        Assert.False(_memory.Land(flight, Rows.Bag("CB2", 9), 9, End(Long)));
        Put("CB1", 6);
        Assert.Equal(6, Kept("CB1"));
    }

    [Fact]
    public async Task What_has_ended_is_no_answer_but_for_a_store_that_fails()
    {
        Put("CB1", 5);
        _clock.Advance(Long);
        Assert.Null(Kept("CB1"));
        var flight = _memory.Join("CB1", out var begun);
        Assert.True(begun);
        Assert.True(_memory.TryLandStale(flight));
        Assert.Equal(5, (await flight.WhenDone())!.Version);
        Assert.Null(Kept("CB1"));

        var fenced = _memory.Join("CB1", out _);
        _memory.Fence("CB1", 6);
        Assert.False(_memory.TryLandStale(fenced));
        Put("CB2", 5);
        _clock.Advance(Long + TimeSpan.FromMinutes(2));
        Assert.False(_memory.TryLandStale(_memory.Join("CB2", out _)));
        Assert.False(_memory.TryLandStale(_memory.Join("CB3", out _)));
    }

    [Fact]
    public void Where_the_store_finds_nothing_there_is_nothing_whatever_was_known()
    {
        Put("CB1", 5);
        _clock.Advance(Long * 0.85);
        Assert.Equal(5, Kept("CB1"));
        var refreshed = Assert.Single(_memory.BeginRefresh(10));
        Assert.True(_memory.Land(refreshed, null, 0, End(Long)));
        Assert.True(_memory.TryGet("CB1", out var entry) && entry.Value is null);
    }

    [Fact]
    public void What_is_asked_for_near_its_end_is_refreshed_once_and_nothing_else_is()
    {
        Put("CB1", 5);
        Put("CB2", 5);
        Assert.Equal(5, Kept("CB1"));
        Assert.Empty(_memory.BeginRefresh(10));
        _clock.Advance(Long * 0.85);
        Assert.Equal(5, Kept("CB1"));
        Assert.Equal(5, Kept("CB1"));
        var flight = Assert.Single(_memory.BeginRefresh(10));
        Assert.Equal("CB1", flight.Key);
        Assert.Equal(5, Kept("CB1"));
        Assert.True(Land(flight, 5));
        _clock.Advance(Long * 0.5);
        Assert.Equal(5, Kept("CB1"));
        Assert.Null(Kept("CB2"));
    }

    [Fact]
    public void While_others_are_not_heard_nothing_is_kept_for_long()
    {
        _time.Limit(isDeaf: true);
        Put("CB1", 5);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(5, Kept("CB1"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Kept("CB1"));
        _time.Limit(isDeaf: false);
        Put("CB1", 5);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(5, Kept("CB1"));
    }

    [Fact]
    public void A_life_is_counted_from_its_beginning_and_not_from_when_it_is_kept()
    {
        var flight = _memory.Join("CB1", out _);
        var end = End(Long);
        _clock.Advance(Long);
        Assert.True(_memory.Land(flight, Rows.Bag("CB1", 1), 1, end));
        Assert.Null(Kept("CB1"));
    }
}
