namespace TraceTrack.GraphQLHost.Tests.Warehouse;

public sealed class BillTests : IAsyncLifetime
{
    private const string Create = "mutation($n: String!, $c: Int!) { createBill(input: { number: $n, capacity: $c }) { bill { number status capacity parentCount version createdBy completedAt } } }";
    private const string Complete = "mutation($n: String!, $v: Long) { completeBill(input: { number: $n, version: $v }) { bill { status completedAt parents { qr status } } } }";

    private WarehouseHost _host = null!;
    private string _bill = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WarehouseHost.StartAsync(options => options.ParentCapacity = 2);
        _bill = await _host.LogInAsync("Bill");
    }

    [Fact]
    public async Task A_bill_is_created_loaded_and_completed()
    {
        var created = await _host.AskAsync(_bill, Create, new { n = "b-1", c = 5 });
        Assert.Equal(("B-1", "NEW", "5", null), (created.Text("createBill.bill.number"), created.Text("createBill.bill.status"), created.Text("createBill.bill.capacity"), created.Text("createBill.bill.completedAt")));
        await _host.ScanAsync(_bill, "LINK", "C00001", "SB00001");
        await _host.ScanAsync(_bill, "LINK", "C00002", "SB00001");
        var loaded = await _host.ScanAsync(_bill, "LOAD", "SB00001", bill: "B-1");
        Assert.Equal(("RECORDED", "BILLED", "PROCESSING"), (loaded.Text("recordScan.outcome"), loaded.Text("recordScan.bag.status"), loaded.Text("recordScan.bill.status")));
        Assert.Equal(("2.000", "2.000", "0.000"), (loaded.Text("recordScan.bill.actualWeightKg"), loaded.Text("recordScan.bill.expectedWeightKg"), loaded.Text("recordScan.bill.varianceKg")));

        var stale = await _host.AskAsync(_bill, Complete, new { n = "B-1", v = long.Parse(created.Text("createBill.bill.version")!, System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal("STALE_VERSION", stale.Code);
        var completed = await _host.AskAsync(_bill, Complete, new { n = "B-1", v = (long?)null });
        Assert.Equal(("COMPLETED", "SB00001", "DISPATCHED"), (completed.Text("completeBill.bill.status"), completed.Text("completeBill.bill.parents.0.qr"), completed.Text("completeBill.bill.parents.0.status")));
        Assert.NotNull(completed.Text("completeBill.bill.completedAt"));

        var child = await _host.AskAsync(_bill, "{ bag(qr: \"C00001\") { status bill { number } parent { bill { number } } } }");
        Assert.Equal(("DISPATCHED", "B-1", "B-1"), (child.Text("bag.status"), child.Text("bag.bill.number"), child.Text("bag.parent.bill.number")));
    }

    [Fact]
    public async Task What_forbids_a_change_has_a_code()
    {
        Assert.Equal("INVALID_BILL_CAPACITY", (await _host.AskAsync(_bill, Create, new { n = "B-1", c = 0 })).Code);
        Assert.Equal("INVALID_BILL_NUMBER", (await _host.AskAsync(_bill, Create, new { n = " ", c = 1 })).Code);
        Assert.Null((await _host.AskAsync(_bill, Create, new { n = "B-1", c = 1 })).Code);
        Assert.Equal("BILL_EXISTS", (await _host.AskAsync(_bill, Create, new { n = "b-1", c = 1 })).Code);
        Assert.Equal("BILL_EMPTY", (await _host.AskAsync(_bill, Complete, new { n = "B-1" })).Code);
        Assert.Equal("BILL_NOT_FOUND", (await _host.AskAsync(_bill, Complete, new { n = "B-2" })).Code);
        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(await _host.LogInAsync("Dora"), Create, new { n = "B-3", c = 1 })).Code);
        Assert.Empty(_host.Logs.Messages);
    }

    [Fact]
    public async Task Bills_are_listed_newest_first_and_filtered()
    {
        foreach (var number in new[] { "B-1", "B-2", "B-3" })
            await _host.AskAsync(_bill, Create, new { n = number, c = 1 });
        var page = await _host.AskAsync(_bill, "{ bills(first: 2, filter: { status: NEW }) { edges { cursor node { number } } nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }");
        Assert.Equal(("B-3", "B-2", "true", "false"), (page.Text("bills.nodes.0.number"), page.Text("bills.edges.1.node.number"), page.Text("bills.pageInfo.hasNextPage"), page.Text("bills.pageInfo.hasPreviousPage")));
        Assert.Equal(page.Text("bills.edges.1.cursor"), page.Text("bills.pageInfo.endCursor"));
        var next = await _host.AskAsync(_bill, "query($c: String) { bills(first: 2, after: $c, filter: { status: NEW }) { nodes { number } pageInfo { hasNextPage } } }", new { c = page.Text("bills.pageInfo.endCursor") });
        Assert.Equal(("B-1", "false"), (next.Text("bills.nodes.0.number"), next.Text("bills.pageInfo.hasNextPage")));
        Assert.Equal("[]", (await _host.AskAsync(_bill, "{ bills(filter: { status: COMPLETED }) { nodes { number } } }")).Text("bills.nodes"));
        Assert.Equal("[]", (await _host.AskAsync(_bill, "{ bills(filter: { createdBy: \"somebody else\" }) { nodes { number } } }")).Text("bills.nodes"));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
