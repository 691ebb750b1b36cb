using Microsoft.Extensions.Time.Testing;
using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class RecentListTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Random _random = new(1);

    [Fact]
    public void What_was_added_within_the_hour_is_drawn()
    {
        var list = new RecentList<int>(_clock);
        list.Add(1);
        _clock.Advance(TimeSpan.FromMinutes(59));
        list.Add(2);
        Assert.Equal([1, 2], Drawn(list));
    }

    [Fact]
    public void What_is_older_is_not()
    {
        var list = new RecentList<int>(_clock);
        for (var i = 0; i < 10; i++)
            list.Add(i);
        _clock.Advance(TimeSpan.FromMinutes(61));
        list.Add(10);
        list.Add(11);
        Assert.Equal([10, 11], Drawn(list));
    }

    private int[] Drawn(RecentList<int> list) => [.. Enumerable.Range(0, 200).Select(_ => list.Draw(_random)).Distinct().Order()];
}
