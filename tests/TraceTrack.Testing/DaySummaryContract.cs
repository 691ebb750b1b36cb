using TraceTrack.Bills;

namespace TraceTrack.Testing;

/// <summary>A day's summary. Days are chosen by the rows' own times, since a store's clock is not the test's.</summary>
public abstract class DaySummaryContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Each_billers_bills_are_added_up_by_status_with_parents_and_weights()
    {
        var warehouse = await OpenSmallAsync(o => o.AllowIncompleteParents = true);
        foreach (var (number, by) in new[] { ("B1", warehouse.Biller), ("B2", warehouse.Biller), ("B3", warehouse.Biller), ("A1", warehouse.Admin), ("A2", warehouse.Admin) })
            await warehouse.CreateBillAsync(number, by: by);
        await warehouse.ImportAsync(
            new("SB100"), new("SB200"), new("SB300"), new("SB400"), new("C100", "SB100", null, 0.125m), new("C200", "SB200", null, 2.5m), new("C300", "SB300"));
        foreach (var (parent, bill) in new[] { ("SB100", "B1"), ("SB200", "B1"), ("SB300", "B2"), ("SB400", "A1") })
            await warehouse.LoadAsync(parent, bill, warehouse.Admin);
        await warehouse.CompleteAsync("B2", by: warehouse.Admin);
        await warehouse.CompleteAsync("A1", by: warehouse.Biller);
        var day = await TodayAsync(warehouse, warehouse.Biller);
        Assert.Equal(
            [
                new("admin-1", new() { NewBills = 1, CompletedBills = 1, Parents = 1, ExpectedWeightKg = 3m }),
                new("biller-1", new() { NewBills = 1, ProcessingBills = 1, CompletedBills = 1, Parents = 3, ActualWeightKg = 3.625m, ExpectedWeightKg = 9m }),
            ],
            day.Billers);
        Assert.Equal(
            new() { NewBills = 2, ProcessingBills = 1, CompletedBills = 2, Parents = 4, ActualWeightKg = 3.625m, ExpectedWeightKg = 12m }, day.Total);
        Assert.Equal((5, -8.375m), (day.Total.Bills, day.Total.VarianceKg));
        var bills = await warehouse.AllBillsAsync();
        Assert.Equal(bills.Sum(bill => bill.VarianceKg), day.Total.VarianceKg);
        Assert.Equal(bills.Sum(bill => bill.ParentCount), day.Total.Parents);
    }

    [Fact]
    public async Task A_bill_belongs_to_the_day_of_its_creation_in_the_zone_asked_for()
    {
        var warehouse = await OpenAsync();
        var bill = await warehouse.CreateBillAsync("B1");
        foreach (var hours in new[] { -12, -5, 0, 5.5, 14 })
        {
            var zone = TimeZoneInfo.CreateCustomTimeZone($"test {hours}", TimeSpan.FromHours(hours), null, null);
            var date = DateOnly.FromDateTime(bill.CreatedAt.ToOffset(zone.BaseUtcOffset).Date);
            for (var off = -2; off <= 2; off++)
            {
                var day = await warehouse.Admin.Bills.SummarizeDayAsync(date.AddDays(off), zone);
                Assert.Equal((date.AddDays(off), zone.Id, off == 0 ? 1 : 0), (day.Date, day.TimeZone, day.Total.Bills));
                Assert.Equal(off == 0, day.Range.Contains(bill.CreatedAt));
            }
        }
    }

    [Fact]
    public async Task A_deleted_bill_is_in_no_day_and_a_day_without_bills_is_empty()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        Assert.Equal(1, (await TodayAsync(warehouse, warehouse.Admin)).Total.NewBills);
        await warehouse.DeleteBillAsync("B1");
        var day = await TodayAsync(warehouse, warehouse.Admin);
        Assert.Empty(day.Billers);
        Assert.Equal(new(), day.Total);
        foreach (var date in new[] { DateOnly.MinValue, DateOnly.MaxValue })
            Assert.Empty((await warehouse.Admin.Bills.SummarizeDayAsync(date, TimeZoneInfo.Utc)).Billers);
    }

    [Fact]
    public async Task Dispatchers_see_no_summary()
    {
        var warehouse = await OpenAsync();
        foreach (var by in new[] { warehouse.Dispatcher("NORTH"), warehouse.Dispatcher(null) })
            await Warehouse.FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => TodayAsync(warehouse, by));
    }

    /// <summary>The day of the newest bill, or of now.</summary>
    private static async Task<DaySummary> TodayAsync(Warehouse warehouse, ITracker by)
    {
        var newest = await warehouse.AllBillsAsync() is [var bill, ..] ? bill.CreatedAt : TimeProvider.System.GetUtcNow();
        // Noon is in the middle of this zone's day, whatever the time is, so that a test at midnight is about one day.
        var zone = TimeZoneInfo.CreateCustomTimeZone("noon", TimeSpan.FromHours(12 - newest.UtcDateTime.Hour), null, null);
        return await by.Bills.SummarizeDayAsync(DateOnly.FromDateTime(newest.ToOffset(zone.BaseUtcOffset).Date), zone);
    }
}
