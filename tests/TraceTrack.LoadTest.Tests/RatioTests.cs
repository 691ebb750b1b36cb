using TraceTrack.LoadTest.Cost;
using TraceTrack.LoadTest.Growth;

namespace TraceTrack.LoadTest.Tests;

public sealed class RatioTests
{
    [Theory]
    [InlineData(200, 20, 90)]
    [InlineData(10, 10, 0)]
    [InlineData(10, 15, -50)]
    [InlineData(0, 5, 0)]
    public void What_is_saved_is_a_share_of_what_it_cost_without(double off, double on, double percent) =>
        Assert.Equal(percent, Saving.SavedPercent(off, on), 1e-9);

    [Fact]
    public void A_time_may_grow_up_to_its_limit_and_a_rate_may_fall_down_to_its_own()
    {
        var time = new GrowthFigure("look-up", 0.2, "ms", Most: 1.3);
        var rate = new GrowthFigure("import rate", 150_000, "bags/s", Most: 0.75, IsRate: true);
        Assert.True(time.IsReached(1.3));
        Assert.False(time.IsReached(1.31));
        Assert.True(rate.IsReached(0.75));
        Assert.False(rate.IsReached(0.74));
        Assert.Null(new GrowthFigure("size", 1, "MB").IsReached(100));
    }

    [Fact]
    public void A_store_is_compared_with_the_smallest_by_what_both_have()
    {
        var smallest = new GrowthFigures(10, [new("look-up", 2, "ms"), new("pages read", 0, "pages"), new("gone", 1, "ms")]);
        var larger = new GrowthFigures(100, [new("look-up", 3, "ms"), new("pages read", 5, "pages"), new("new", 1, "ms")]);
        Assert.Equal([("look-up", 1.5)], larger.Against(smallest).Select(one => (one.Figure.Metric, one.Ratio)));
    }
}
