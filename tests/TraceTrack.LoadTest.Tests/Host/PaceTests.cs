using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class PaceTests
{
    private static readonly Pace Pace = new(Users: 50, PerSecond: 200);

    [Fact]
    public void Users_take_turns_at_the_rate_of_all()
    {
        Assert.Equal(TimeSpan.Zero, Pace.Due(0, 0));
        Assert.Equal(TimeSpan.FromMilliseconds(5), Pace.Due(1, 0));
        Assert.Equal(TimeSpan.FromMilliseconds(250), Pace.Due(0, 1));
        Assert.Equal(TimeSpan.FromMilliseconds(250 + 245), Pace.Due(49, 1));
    }

    [Fact]
    public void What_is_due_does_not_wait_for_answers()
    {
        var due = Enumerable.Range(0, 400).Select(request => Pace.Due(request % 50, request / 50)).Order().ToList();
        Assert.All(due.Zip(due.Skip(1)), pair => Assert.Equal(5, (pair.Second - pair.First).TotalMilliseconds, 0.001));
    }

    [Fact]
    public void A_request_that_had_to_wait_is_as_late_as_its_answer_and_not_as_its_sending() =>
        Assert.Equal(TimeSpan.FromMilliseconds(30), Pace.Latency(due: Milliseconds(100), sent: Milliseconds(125), answered: Milliseconds(130)));

    [Fact]
    public void A_request_that_was_sent_early_gains_nothing() =>
        Assert.Equal(TimeSpan.FromMilliseconds(3), Pace.Latency(due: Milliseconds(100), sent: Milliseconds(99), answered: Milliseconds(102)));

    private static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(value);
}
