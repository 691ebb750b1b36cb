namespace TraceTrack.Core.Tests;

public sealed class TimeRangeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_beginning_belongs_to_it_and_the_end_does_not()
    {
        var range = new TimeRange(Noon, Noon.AddHours(1));
        Assert.Equal(
            (false, true, true, false),
            (range.Contains(Noon.AddTicks(-1)), range.Contains(Noon), range.Contains(Noon.AddHours(1).AddTicks(-1)), range.Contains(Noon.AddHours(1))));
        Assert.True(TimeRange.All.Contains(DateTimeOffset.MinValue) && TimeRange.All.Contains(DateTimeOffset.MaxValue) && TimeRange.All.IsAll);
        Assert.False(range.IsAll);
    }

    [Theory]
    [InlineData("Europe/Berlin", 2026, 3, 29, "2026-03-28T23:00Z", 23)]
    [InlineData("Europe/Berlin", 2026, 10, 25, "2026-10-24T22:00Z", 25)]
    [InlineData("Asia/Kolkata", 2026, 11, 25, "2026-11-24T18:30Z", 24)]
    // Clocks went from 23:59:59 to 01:00: the day has no midnight.
    [InlineData("America/Sao_Paulo", 2018, 11, 4, "2018-11-04T03:00Z", 23)]
    // Clocks went from 00:59:59 back to 00:00: it has two.
    [InlineData("America/Havana", 2026, 11, 1, "2026-11-01T04:00Z", 25)]
    public void A_day_has_the_hours_of_its_zone(string zone, int year, int month, int day, string begins, int hours)
    {
        var range = TimeRange.OfDay(new(year, month, day), TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(DateTimeOffset.Parse(begins, System.Globalization.CultureInfo.InvariantCulture), range.From);
        Assert.Equal(hours, (range.Before!.Value - range.From!.Value).TotalHours);
    }

    [Fact]
    public void The_first_and_the_last_day_of_the_calendar_are_days_too()
    {
        Assert.Null(TimeRange.OfDay(DateOnly.MaxValue, TimeZoneInfo.Utc).Before);
        Assert.Equal(DateTimeOffset.MinValue, TimeRange.OfDay(DateOnly.MinValue, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")).From);
    }

    [Fact]
    public void Among_stored_times_a_bound_between_two_is_the_later_one()
    {
        var range = new TimeRange(Noon.AddTicks(1), DateTimeOffset.MaxValue).InMicroseconds;
        Assert.Equal(Noon.AddTicks(10), range.From);
        Assert.Equal(Noon, new TimeRange(Noon, null).InMicroseconds.From);
        Assert.True(range.Before > Noon.AddYears(7000));
    }
}
