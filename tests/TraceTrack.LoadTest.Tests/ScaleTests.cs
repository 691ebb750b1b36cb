using TraceTrack.LoadTest.Report;

namespace TraceTrack.LoadTest.Tests;

public sealed class ScaleTests
{
    [Theory]
    [InlineData(7, 7)]
    [InlineData(73, 80)]
    [InlineData(100, 100)]
    [InlineData(191_846, 200_000)]
    [InlineData(0.0032, 0.0035)]
    [InlineData(0, 1)]
    public void A_linear_scale_begins_at_nothing_and_ends_at_a_round_number(double greatest, double end)
    {
        var scale = Scale.Linear(greatest, 0, 100);
        Assert.Equal(0, scale.Low);
        Assert.Equal(end, scale.High, 1e-9);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(47)]
    [InlineData(191_846)]
    public void There_are_neither_too_few_ticks_nor_too_many(double greatest)
    {
        var ticks = Scale.Linear(greatest, 0, 100).Ticks();
        Assert.InRange(ticks.Count, 4, 12);
        Assert.Equal(0, ticks[0]);
        Assert.True(ticks[^1] >= greatest);
    }

    [Fact]
    public void A_logarithmic_scale_has_equal_steps_for_equal_ratios()
    {
        var scale = Scale.Logarithmic(1, 100, 0, 200);
        Assert.Equal([0, 100, 200], [scale.Place(1), scale.Place(10), scale.Place(100)]);
        Assert.Equal([1, 2, 5, 10, 20, 50, 100], scale.Ticks());
    }

    [Fact]
    public void A_logarithmic_scale_ends_at_round_numbers_that_hold_all_values()
    {
        var scale = Scale.Logarithmic(0.34, 1_700, 0, 1);
        Assert.Equal((0.2, 2_000), (scale.Low, scale.High));
        Assert.Equal([1, 10, 100, 1_000], scale.Ticks());
    }

    [Fact]
    public void One_value_alone_has_room_too()
    {
        var scale = Scale.Logarithmic(50, 50, 0, 1);
        Assert.True(scale.High > scale.Low);
        Assert.InRange(scale.Place(50), 0, 1);
    }

    [Fact]
    public void A_place_upwards_is_a_smaller_number()
    {
        var scale = new Scale(0, 10, From: 300, To: 20);
        Assert.Equal((300, 160, 20), (scale.Place(0), scale.Place(5), scale.Place(10)));
    }

    [Fact]
    public void Names_that_would_lie_on_each_other_are_moved_apart_and_stay_in_order()
    {
        var spread = LineChart.Spread([100, 101, 102, 300], 17);
        Assert.True(spread.Zip(spread.Skip(1)).All(pair => pair.Second - pair.First >= 17));
        Assert.Equal(new[] { 100.0, 101, 102, 300 }.Average(), spread.Average(), 1e-9);
        Assert.Empty(LineChart.Spread([], 17));
    }
}
