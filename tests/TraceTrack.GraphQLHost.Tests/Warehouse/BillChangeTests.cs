using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bills;

namespace TraceTrack.GraphQLHost.Tests.Warehouse;

public sealed class BillChangeTests : IAsyncLifetime
{
    private const string Figures = "number status capacity parentCount actualWeightKg expectedWeightKg varianceKg version";
    private const string Reopen = $"mutation($n: String!, $v: Long) {{ reopenBill(input: {{ number: $n, version: $v }}) {{ bill {{ {Figures} completedAt parents {{ qr status }} }} }} }}";
    private const string Resize = $"mutation($n: String!, $c: Int!, $v: Long) {{ resizeBill(input: {{ number: $n, capacity: $c, version: $v }}) {{ bill {{ {Figures} }} }} }}";
    private const string Delete = $"mutation($n: String!, $v: Long) {{ deleteBill(input: {{ number: $n, version: $v }}) {{ bill {{ {Figures} }} }} }}";
    private const string Recalculate = $"mutation($n: String!) {{ recalculateBill(input: {{ number: $n }}) {{ outcome differences {{ figure parent kept counted }} bill {{ {Figures} }} }} }}";

    private WarehouseHost _host = null!;
    private string _admin = null!;
    private string _bill = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WarehouseHost.StartAsync(options => options.ParentCapacity = 1);
        (_admin, _bill) = (await _host.LogInAsync("Ada"), await _host.LogInAsync("Bill"));
        await _host.AskAsync(_bill, "mutation { createBill(input: { number: \"B-1\", capacity: 2 }) { bill { number } } }");
        await _host.ScanAsync(_bill, "LINK", "C00001", "SB00001");
        await _host.ScanAsync(_bill, "LOAD", "SB00001", bill: "B-1");
    }

    [Fact]
    public async Task A_completed_bill_is_reopened_by_an_admin()
    {
        var completed = await _host.AskAsync(_bill, "mutation { completeBill(input: { number: \"B-1\" }) { bill { version } } }");
        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(_bill, Reopen, new { n = "B-1" })).Code);
        var reopened = await _host.AskAsync(_admin, Reopen, new { n = "b-1", v = Version(completed, "completeBill") });
        Assert.Equal(
            ("PROCESSING", null, "BILLED"),
            (reopened.Text("reopenBill.bill.status"), reopened.Text("reopenBill.bill.completedAt"), reopened.Text("reopenBill.bill.parents.0.status")));
        Assert.Equal("BILL_NOT_COMPLETED", (await _host.AskAsync(_admin, Reopen, new { n = "B-1" })).Code);
    }

    [Fact]
    public async Task A_bill_is_resized_down_to_the_parents_on_it()
    {
        var resized = await _host.AskAsync(_bill, Resize, new { n = "b-1", c = 500 });
        Assert.Equal(("B-1", "500", "1"), (resized.Text("resizeBill.bill.number"), resized.Text("resizeBill.bill.capacity"), resized.Text("resizeBill.bill.parentCount")));
        Assert.Equal("1", (await _host.AskAsync(_bill, Resize, new { n = "B-1", c = 1, v = Version(resized, "resizeBill") })).Text("resizeBill.bill.capacity"));
        Assert.Equal("INVALID_BILL_CAPACITY", (await _host.AskAsync(_bill, Resize, new { n = "B-1", c = 501 })).Code);
        await _host.AskAsync(_bill, Resize, new { n = "B-1", c = 2 });
        await _host.ScanAsync(_bill, "LOAD", "SB00002", bill: "B-1");
        Assert.Equal("BILL_CAPACITY_EXCEEDED", (await _host.AskAsync(_bill, Resize, new { n = "B-1", c = 1 })).Code);
        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(await _host.LogInAsync("Dora"), Resize, new { n = "B-1", c = 9 })).Code);
    }

    [Fact]
    public async Task A_stale_version_is_an_error_with_both_versions()
    {
        var seen = (await _host.AskAsync(_bill, "{ bill(number: \"B-1\") { version } }")).Data.GetProperty("bill").GetProperty("version").GetInt64();
        var current = Version(await _host.AskAsync(_bill, Resize, new { n = "B-1", c = 9 }), "resizeBill");
        foreach (var (query, token) in new[] { (Resize, _bill), (Delete, _bill), (Reopen, _admin) })
        {
            var reply = await _host.AskAsync(token, query, query == Resize ? new { n = "B-1", c = 8, v = seen } : new { n = "B-1", v = seen });
            Assert.Equal("STALE_VERSION", reply.Code);
            var extensions = reply.Json.GetProperty("errors")[0].GetProperty("extensions");
            Assert.Equal((seen, current), (extensions.GetProperty("expectedVersion").GetInt64(), extensions.GetProperty("actualVersion").GetInt64()));
        }
    }

    [Fact]
    public async Task A_bill_is_deleted_while_it_is_new()
    {
        Assert.Equal("BILL_NOT_NEW", (await _host.AskAsync(_bill, Delete, new { n = "B-1" })).Code);
        var unloaded = await _host.ScanAsync(_bill, "UNLOAD", "SB00001");
        Assert.Equal("NEW", unloaded.Text("recordScan.bill.status"));
        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(await _host.LogInAsync("Dora"), Delete, new { n = "B-1" })).Code);
        var deleted = await _host.AskAsync(_bill, Delete, new { n = "b-1" });
        Assert.Equal(("B-1", "NEW"), (deleted.Text("deleteBill.bill.number"), deleted.Text("deleteBill.bill.status")));
        Assert.Null((await _host.AskAsync(_bill, "{ bill(number: \"B-1\") { number } }")).Text("bill"));
        Assert.Equal("0", (await _host.AskAsync(_bill, "{ totals { bills } }")).Text("totals.bills"));
        Assert.Equal("BILL_NOT_FOUND", (await _host.AskAsync(_bill, Delete, new { n = "B-1" })).Code);
        Assert.Equal("INVALID_BILL_NUMBER", (await _host.AskAsync(_bill, Delete, new { n = "" })).Code);
        Assert.Empty(_host.Logs.Messages);
    }

    [Fact]
    public async Task A_bill_is_recalculated_and_each_difference_is_told()
    {
        var exact = await _host.AskAsync(_bill, Recalculate, new { n = "b-1" });
        Assert.Equal(("EXACT", "[]", "1.000"), (exact.Text("recalculateBill.outcome"), exact.Text("recalculateBill.differences"), exact.Text("recalculateBill.bill.actualWeightKg")));
        await _host.Services.GetRequiredService<IBillStore>().ChangeManyAsync(
            [BillNumber.Parse("B-1")],
            states =>
            [
                new(states[0].Bill with { ActualWeightKg = 7.5m, ChangedAt = states[0].Now }, null)
                {
                    Mended = [.. states[0].Parents.Select(parent => parent with { ChildCount = 4 })],
                },
            ],
            CancellationToken.None);
        var mended = await _host.AskAsync(_bill, Recalculate, new { n = "B-1" });
        Assert.Equal(("MENDED", "1.000", "0.000"), (mended.Text("recalculateBill.outcome"), mended.Text("recalculateBill.bill.actualWeightKg"), mended.Text("recalculateBill.bill.varianceKg")));
        Assert.Equal(
            ["ACTUAL_WEIGHT null 7.500 1.000", "VARIANCE null 6.500 0.000", "CHILD_COUNT SB00001 4.000 1.000"],
            mended.Data.GetProperty("recalculateBill").GetProperty("differences").EnumerateArray().Select(one =>
                $"{one.GetProperty("figure").GetString()} {one.GetProperty("parent").GetString() ?? "null"} {one.GetProperty("kept").GetRawText()} {one.GetProperty("counted").GetRawText()}"));
        Assert.Equal("EXACT", (await _host.AskAsync(_bill, Recalculate, new { n = "B-1" })).Text("recalculateBill.outcome"));
        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(await _host.LogInAsync("Dora"), Recalculate, new { n = "B-1" })).Code);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static long Version(Reply reply, string mutation) =>
        long.Parse(reply.Text($"{mutation}.bill.version")!, CultureInfo.InvariantCulture);
}
