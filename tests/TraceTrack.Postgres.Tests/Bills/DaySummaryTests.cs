using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Bills;

public sealed class DaySummaryTests(PostgresServer server)
{
    /// <summary>2026-10-25 has 25 hours in Berlin: from 22:00 UTC the evening before to 23:00 UTC.</summary>
    [Theory]
    [InlineData("2026-10-24 21:59:59.999999Z", "2026-10-24")]
    [InlineData("2026-10-24 22:00:00Z", "2026-10-25")]
    [InlineData("2026-10-25 22:59:59.999999Z", "2026-10-25")]
    [InlineData("2026-10-25 23:00:00Z", "2026-10-26")]
    public async Task A_bill_at_midnight_belongs_to_the_day_that_begins(string createdAt, string day)
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var warehouse = new Warehouse(store.Services);
        await warehouse.CreateBillAsync("B1");
        await store.ExecuteAsync($"UPDATE tracetrack.bill SET created_at = '{createdAt}'");
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        foreach (var date in new[] { "2026-10-24", "2026-10-25", "2026-10-26" })
        {
            var summary = await warehouse.Admin.Bills.SummarizeDayAsync(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), zone);
            Assert.Equal(date == day ? 1 : 0, summary.Total.Bills);
        }
    }
}
