using System.Globalization;

namespace TraceTrack.GraphQLHost.Tests.Live;

/// <summary>Subscriptions to what stands, not to what happens.</summary>
public sealed class StateTests
{
    private const string Bill = "subscription($n: String!) { billChanged(number: $n) { eventId bill { number status parentCount actualWeightKg parents { qr } } } }";

    [Fact]
    public async Task A_bill_is_told_as_it_stands_and_whenever_it_has_changed_by_a_scan_or_otherwise()
    {
        await using var host = await LiveHost.StartAsync();
        var token = await host.Host.LogInAsync("Ada");
        await host.Host.AskAsync(token, "mutation { createBill(input: { number: \"B-1\", capacity: 3 }) { bill { number } } }");
        await using var live = await host.OpenAsync(token, Bill, new { n = " b-1 " });
        var told = await live.ReadAsync();
        Assert.Equal("""{"number":"B-1","status":"NEW","parentCount":0,"actualWeightKg":0.000,"parents":[]}""", BillOf(told));
        Assert.Matches("^[0-9]+\\.[0-9]+$", told.EventId);
        await host.Host.ScanAsync(token, "LOAD", "SB1", bill: "B-1");
        Assert.Contains("""PROCESSING","parentCount":1,"actualWeightKg":0.000,"parents":[{"qr":"SB1"}]""", BillOf(await live.ReadAsync()), StringComparison.Ordinal);
        await host.Host.AskAsync(token, "mutation { resizeBill(input: { number: \"B-1\", capacity: 9 }) { bill { number } } }");
        Assert.Contains("PROCESSING", BillOf(await live.ReadAsync()), StringComparison.Ordinal);
        await host.Host.ScanAsync(token, "UNLOAD", "SB1");
        Assert.Contains("NEW", BillOf(await live.ReadAsync()), StringComparison.Ordinal);
        await host.Host.AskAsync(token, "mutation { deleteBill(input: { number: \"B-1\" }) { bill { number } } }");
        Assert.Equal("null", BillOf(await live.ReadAsync()));
    }

    [Fact]
    public async Task A_bill_that_is_not_there_yet_is_told_when_it_is_and_others_are_not_told()
    {
        await using var host = await LiveHost.StartAsync();
        var token = await host.Host.LogInAsync("Ada");
        await using var live = await host.OpenAsync(token, Bill, new { n = "B-2" });
        Assert.Equal("null", BillOf(await live.ReadAsync()));
        foreach (var number in new[] { "B-1", "B-2" })
            await host.Host.AskAsync(token, $"mutation {{ createBill(input: {{ number: \"{number}\", capacity: 3 }}) {{ bill {{ number }} }} }}");
        Assert.Contains("B-2", BillOf(await live.ReadAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_totals_are_told_as_they_stand_and_not_once_for_each_scan()
    {
        await using var host = await LiveHost.StartAsync(live => live.TotalsInterval = TimeSpan.FromMilliseconds(200));
        await host.ObserveAsync("C001");
        await using var live = await host.OpenAsAsync("Dora", "subscription { totalsChanged { eventId totals { bags scans } } }");
        Assert.Equal("""{"bags":1,"scans":1}""", TotalsOf(await live.ReadAsync()));
        for (var i = 2; i <= 200; i++)
            await host.ObserveAsync(string.Create(CultureInfo.InvariantCulture, $"C{i:000}"));
        var count = 0;
        string totals;
        do
        {
            totals = TotalsOf(await live.ReadAsync());
            count++;
        }
        while (totals != """{"bags":200,"scans":200}""");
        Assert.InRange(count, 1, 100);
    }

    private static string BillOf(Told told) => told.Data.GetProperty("billChanged").GetProperty("bill").GetRawText();

    private static string TotalsOf(Told told) => told.Data.GetProperty("totalsChanged").GetProperty("totals").GetRawText();
}
