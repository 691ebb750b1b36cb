using TraceTrack.Bags;

namespace TraceTrack.Caching.Tiers;

/// <summary>Between a second tier's answer and its being kept, anything may happen.</summary>
public sealed partial class MemoryTierTests
{
    [Fact]
    public async Task What_is_answered_and_not_yet_kept_answers_who_asks_meanwhile()
    {
        var answered = Answer("CB1", 1);
        Assert.Null(Kept("CB1"));
        var joined = _memory.Join("CB1", out var begun);
        Assert.False(begun);
        Assert.Equal(1, (await joined.WhenDone())!.Version);
        Assert.True(_memory.TryGetAnswered("CB1", out var bag) && bag!.Version == 1);
        _memory.KeepAnswered(answered);
        Assert.Equal(1, Kept("CB1"));
        Assert.False(_memory.TryGetAnswered("CB1", out _));
    }

    [Fact]
    public void What_is_written_between_the_answer_and_its_being_kept_stays()
    {
        var answered = Answer("CB1", 1);
        Put("CB1", 2);
        _memory.KeepAnswered(answered);
        Assert.Equal(2, Kept("CB1"));
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(1, 1L)]
    public void What_is_fenced_between_the_answer_and_its_being_kept_is_kept_when_it_is_as_new(long fence, long? kept)
    {
        var answered = Answer("CB1", 1);
        _memory.Fence("CB1", fence);
        Assert.False(_memory.TryGetAnswered("CB1", out _));
        _memory.Join("CB1", out var begun);
        Assert.True(begun);
        _memory.KeepAnswered(answered);
        Assert.Null(Kept("CB1"));

        var other = Answer("CB2", 1);
        _memory.Fence("CB2", fence);
        _memory.KeepAnswered(other);
        Assert.Equal(kept, Kept("CB2"));
    }

    [Fact]
    public void What_is_forgotten_between_the_answer_and_its_being_kept_is_not_kept()
    {
        var answered = Answer("CB1", 1);
        _memory.Clear();
        _memory.Join("CB1", out var begun);
        Assert.True(begun);
        _memory.KeepAnswered(answered);
        Assert.Null(Kept("CB1"));
    }

    [Fact]
    public void What_has_come_to_its_end_before_it_is_kept_answers_nobody_any_more()
    {
        var answered = Answer("CB1", 1);
        _clock.Advance(Long);
        Assert.False(_memory.TryGetAnswered("CB1", out _));
        _memory.Join("CB1", out var begun);
        Assert.True(begun);
        _memory.KeepAnswered(answered);
        Assert.Null(Kept("CB1"));
    }

    [Fact]
    public void A_load_without_an_answer_goes_on()
    {
        var flight = _memory.Join("CB1", out _);
        _memory.KeepAnswered(flight);
        Assert.False(_memory.TryGetAnswered("CB1", out _));
        Assert.Same(flight, _memory.Join("CB1", out var begun));
        Assert.False(begun);
    }

    private Flight<Bag> Answer(string qr, long version)
    {
        var flight = _memory.Join(qr, out _);
        Assert.True(flight.TryAnswer(Rows.Bag(qr, version), version, End(Long)));
        return flight;
    }
}
