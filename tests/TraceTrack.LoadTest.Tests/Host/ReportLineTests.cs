using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class ReportLineTests
{
    [Theory]
    [InlineData(40, true, true)]
    [InlineData(300, true, false)]
    [InlineData(1000, false, false)]
    public void A_time_is_reached_below_its_target(double measured, bool reached, bool claim)
    {
        var line = new ReportLine("Average response", 1000, 200, measured, "ms", IsLess: true);
        Assert.Equal((reached, claim), (line.IsReached, line.IsClaimReached));
    }

    [Theory]
    [InlineData(810_000, true)]
    [InlineData(799_999, false)]
    public void A_number_without_a_target_is_reached_from_its_claim_on(double measured, bool reached) =>
        Assert.Equal(reached, new ReportLine("Bags", null, 800_000, measured, "bags", IsLess: false).IsReached);

    [Fact]
    public void What_was_not_measured_is_neither() => Assert.Null(new ReportLine("Bags", null, 1, null, "bags", IsLess: false).IsReached);
}
