using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class RecentListTests
{
    private readonly Random _random = new(1);

    [Fact]
    public void As_many_as_an_hour_has_are_drawn()
    {
        var list = Filled(3, [1, 2, 3]);
        Assert.Equal([1, 2, 3], Drawn(list));
    }

    [Theory]
    [InlineData(4, new[] { 2, 3, 4 })]
    [InlineData(8, new[] { 6, 7, 8 })]
    public void What_is_older_is_not(int added, int[] left)
    {
        var list = Filled(3, Enumerable.Range(1, added));
        Assert.Equal(left, Drawn(list));
    }

    [Fact]
    public void An_hour_at_the_fixed_rate_has_its_share_of_each_operation()
    {
        Assert.Equal(108_000, Mix.AnHour(Operation.Scan));
        Assert.Equal(14_400, Mix.AnHour(Operation.BillChange));
    }

    private static RecentList<int> Filled(int most, IEnumerable<int> items)
    {
        var list = new RecentList<int>(most);
        foreach (var item in items)
            list.Add(item);
        return list;
    }

    private int[] Drawn(RecentList<int> list) => [.. Enumerable.Range(0, 200).Select(_ => list.Draw(_random)).Distinct().Order()];
}
