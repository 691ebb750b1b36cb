using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack.GraphQLHost.Tests.Warehouse;

public sealed class DaySummaryTests : IAsyncLifetime
{
    private const string Day = """
        query($d: String!, $z: String!) {
          daySummary(date: $d, timeZone: $z) {
            date timeZone from before
            billers { createdBy summary { bills newBills processingBills completedBills parents actualWeightKg expectedWeightKg varianceKg } }
            total { bills newBills processingBills completedBills parents actualWeightKg expectedWeightKg varianceKg }
          }
        }
        """;

    private WarehouseHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await WarehouseHost.StartAsync(
        options => options.ParentCapacity = 2, services => services.AddSingleton<TimeProvider>(new LateEvening()));

    [Fact]
    public async Task The_day_of_a_time_zone_is_added_up_for_each_biller()
    {
        var (admin, bill) = (await _host.LogInAsync("Ada"), await _host.LogInAsync("Bill"));
        await _host.AskAsync(admin, "mutation { createBill(input: { number: \"A-1\", capacity: 5 }) { bill { number } } }");
        await _host.AskAsync(bill, "mutation { createBill(input: { number: \"B-1\", capacity: 5 }) { bill { number } } }");
        await _host.ScanAsync(bill, "LINK", "C00001", "SB00001");
        await _host.ScanAsync(bill, "LOAD", "SB00001", bill: "B-1");
        // Half past eleven in London, half past twelve of the next day in Berlin.
        var london = await _host.AskAsync(bill, Day, new { d = "2026-10-25", z = "Europe/London" });
        Assert.Equal(
            ("2026-10-25", "Europe/London", "2026-10-24T23:00:00.000000Z", "2026-10-26T00:00:00.000000Z"),
            (london.Text("daySummary.date"), london.Text("daySummary.timeZone"), london.Text("daySummary.from"), london.Text("daySummary.before")));
        Assert.Equal(
            ("2", "1", "1", "0", "1", "1.000", "2.000", "-1.000"),
            (london.Text("daySummary.total.bills"), london.Text("daySummary.total.newBills"), london.Text("daySummary.total.processingBills"),
                london.Text("daySummary.total.completedBills"), london.Text("daySummary.total.parents"), london.Text("daySummary.total.actualWeightKg"),
                london.Text("daySummary.total.expectedWeightKg"), london.Text("daySummary.total.varianceKg")));
        var me = (await _host.AskAsync(bill, "{ me { id } }")).Text("me.id");
        Assert.Equal((me, "1"), (london.Text("daySummary.billers.1.createdBy"), london.Text("daySummary.billers.1.summary.processingBills")));
        Assert.Equal("[]", (await _host.AskAsync(bill, Day, new { d = "2026-10-25", z = "Europe/Berlin" })).Text("daySummary.billers"));
        Assert.Equal("2", (await _host.AskAsync(admin, Day, new { d = "2026-10-26", z = "Europe/Berlin" })).Text("daySummary.total.bills"));
    }

    [Theory]
    [InlineData("2026-10-25", "Europe/Nowhere", "INVALID_TIME_ZONE")]
    [InlineData("2026-10-25", "", "INVALID_TIME_ZONE")]
    [InlineData("2026-10-25", "../../../etc/hostname", "INVALID_TIME_ZONE")]
    [InlineData("2026-10-25", "/etc/localtime", "INVALID_TIME_ZONE")]
    [InlineData("2026-02-29", "UTC", "INVALID_DATE")]
    [InlineData("25.10.2026", "UTC", "INVALID_DATE")]
    [InlineData("2026-10-25T00:00:00Z", "UTC", "INVALID_DATE")]
    public async Task What_is_no_day_or_no_time_zone_is_told(string date, string zone, string code)
    {
        var reply = await _host.AskAsync(await _host.LogInAsync("Bill"), Day, new { d = date, z = zone });
        Assert.Equal(code, reply.Code);
        Assert.Empty(_host.Logs.Messages);
    }

    [Fact]
    public async Task Dispatchers_see_no_summary()
    {
        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(await _host.LogInAsync("Dora"), Day, new { d = "2026-10-25", z = "UTC" })).Code);
        Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync(null, Day, new { d = "2026-10-25", z = "UTC" })).Code);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private sealed class LateEvening : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 10, 25, 23, 30, 0, TimeSpan.Zero);
    }
}
