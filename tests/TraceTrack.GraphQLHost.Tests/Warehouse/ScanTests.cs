using System.Globalization;

namespace TraceTrack.GraphQLHost.Tests.Warehouse;

public sealed class ScanTests : IAsyncLifetime
{
    private WarehouseHost _host = null!;
    private string _dora = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WarehouseHost.StartAsync(options => options.ParentCapacity = 2);
        _dora = await _host.LogInAsync("Dora");
    }

    [Fact]
    public async Task A_link_shows_what_changed()
    {
        var reply = await _host.ScanAsync(_dora, "LINK", " c00001 ", "sb00001");
        Assert.Equal("RECORDED", reply.Text("recordScan.outcome"));
        Assert.Null(reply.Text("recordScan.reason"));
        Assert.Equal("C00001", reply.Text("recordScan.bag.qr"));
        Assert.Equal("LINKED", reply.Text("recordScan.bag.status"));
        Assert.Equal("SB00001", reply.Text("recordScan.bag.parent.qr"));
        Assert.Equal("1", reply.Text("recordScan.parent.childCount"));
        Assert.Equal("1.000", reply.Text("recordScan.parent.contentWeightKg"));
        Assert.Equal("C00001", reply.Text("recordScan.parent.children.0.qr"));
        Assert.Equal("LINK", reply.Text("recordScan.scan.action"));
        Assert.Equal("NORTH", reply.Text("recordScan.scan.area"));
        Assert.Null(reply.Text("recordScan.bill"));
    }

    [Fact]
    public async Task Sending_a_scan_again_changes_nothing()
    {
        var id = Guid.CreateVersion7();
        var first = await _host.ScanAsync(_dora, "LINK", "C00001", "SB00001", id: id);
        var again = await _host.ScanAsync(_dora, "LINK", "C00001", "SB00001", id: id);
        Assert.Equal(("REPLAYED", "true"), (again.Text("recordScan.outcome"), again.Text("recordScan.replay")));
        Assert.Equal(first.Text("recordScan.scan.recordedAt"), again.Text("recordScan.scan.recordedAt"));
        Assert.Equal(id.ToString(), again.Text("recordScan.scan.id"));
        Assert.Equal("1", (await _host.AskAsync(_dora, "{ totals { scans } }")).Text("totals.scans"));
        Assert.Equal("SCAN_ID_REUSED", (await _host.ScanAsync(_dora, "OBSERVE", "C00001", id: id)).Text("recordScan.reason"));
    }

    [Fact]
    public async Task A_refusal_is_an_answer_with_its_reason()
    {
        await _host.ScanAsync(_dora, "LINK", "C00001", "SB00001");
        await _host.ScanAsync(_dora, "LINK", "C00002", "SB00001");
        var reply = await _host.ScanAsync(_dora, "LINK", "C00003", "SB00001");
        Assert.Equal(("REJECTED", "PARENT_FULL", "2/2"), (reply.Text("recordScan.outcome"), reply.Text("recordScan.reason"), reply.Text("recordScan.detail")));
        Assert.Equal(("REJECTED", "PARENT_FULL"), (reply.Text("recordScan.scan.outcome"), reply.Text("recordScan.scan.reason")));
    }

    [Fact]
    public async Task Another_area_s_bag_is_not_found_and_not_scanned()
    {
        await _host.ScanAsync(_dora, "LINK", "C00001", "SB00001");
        var sam = await _host.LogInAsync("Sam");
        Assert.Null((await _host.AskAsync(sam, "{ bag(qr: \"SB00001\") { qr } }")).Text("bag"));
        var reply = await _host.ScanAsync(sam, "OBSERVE", "SB00001");
        Assert.Equal(("REJECTED", "OUT_OF_AREA"), (reply.Text("recordScan.outcome"), reply.Text("recordScan.reason")));
        Assert.Null(reply.Text("recordScan.bag"));
    }

    [Fact]
    public async Task A_relink_shows_both_parents()
    {
        await _host.ScanAsync(_dora, "LINK", "C00001", "SB00001");
        var reply = await _host.ScanAsync(_dora, "RELINK", "C00001", "SB00002");
        Assert.Equal(("RECORDED", "RELINK"), (reply.Text("recordScan.outcome"), reply.Text("recordScan.scan.action")));
        Assert.Equal(("SB00002", "1"), (reply.Text("recordScan.parent.qr"), reply.Text("recordScan.parent.childCount")));
        Assert.Equal(("SB00001", "0"), (reply.Text("recordScan.fromParent.qr"), reply.Text("recordScan.fromParent.childCount")));
        Assert.Equal(("SB00002", "SB00001", null), (reply.Text("recordScan.scan.parentQr"), reply.Text("recordScan.scan.fromParentQr"), reply.Text("recordScan.scan.undoes")));
        Assert.Equal("NOT_LINKED", (await _host.ScanAsync(_dora, "RELINK", "C00009", "SB00001")).Text("recordScan.reason"));
    }

    [Fact]
    public async Task An_undo_names_no_code_and_tells_what_it_took_back()
    {
        var id = Guid.CreateVersion7();
        await _host.ScanAsync(_dora, "LINK", "C00001", "SB00001", id: id);
        var reply = await _host.ScanAsync(_dora, "UNDO", null);
        Assert.Equal(("RECORDED", id.ToString()), (reply.Text("recordScan.outcome"), reply.Text("recordScan.scan.undoes")));
        Assert.Equal(("C00001", "PENDING"), (reply.Text("recordScan.bag.qr"), reply.Text("recordScan.bag.status")));
        Assert.Equal(("SB00001", "0"), (reply.Text("recordScan.parent.qr"), reply.Text("recordScan.parent.childCount")));
        var nothing = await _host.ScanAsync(_dora, "UNDO", null);
        Assert.Equal(("REJECTED", "NOTHING_TO_UNDO"), (nothing.Text("recordScan.outcome"), nothing.Text("recordScan.reason")));
        Assert.Null(nothing.Text("recordScan.scan.qr"));
        Assert.Null(nothing.Text("recordScan.bag"));
    }

    [Theory]
    [InlineData("UNDO", "C00001", null, null, "INVALID_SCAN")]
    [InlineData("UNDO", null, "SB00001", null, "INVALID_SCAN")]
    [InlineData("OBSERVE", null, null, null, "INVALID_SCAN")]
    [InlineData("RELINK", "C00001", null, null, "INVALID_SCAN")]
    [InlineData("LINK", "C00001", null, null, "INVALID_SCAN")]
    [InlineData("LOAD", "SB00001", null, null, "INVALID_SCAN")]
    [InlineData("OBSERVE", "C00001", "SB00001", null, "INVALID_SCAN")]
    [InlineData("OBSERVE", "C00001", null, "B1", "INVALID_SCAN")]
    [InlineData("OBSERVE", "?", null, null, "INVALID_QR_CODE")]
    [InlineData("LINK", "C00001", "", null, "INVALID_QR_CODE")]
    [InlineData("LOAD", "SB00001", null, "?", "INVALID_BILL_NUMBER")]
    public async Task Scans_that_make_no_sense_are_errors_and_leave_no_trace(string action, string? qr, string? parent, string? bill, string code)
    {
        Assert.Equal(code, (await _host.ScanAsync(_dora, action, qr, parent, bill)).Code);
        Assert.Equal("0", (await _host.AskAsync(_dora, "{ totals { scans } }")).Text("totals.scans"));
    }

    [Fact]
    public async Task A_scan_needs_a_UUID()
    {
        const string Query = "mutation($id: ID!) { recordScan(input: { scanId: $id, action: OBSERVE, qr: \"C00001\" }) { outcome } }";
        Assert.Equal("INVALID_SCAN_ID", (await _host.AskAsync(_dora, Query, new { id = "x" })).Code);
        Assert.Equal("INVALID_SCAN_ID", (await _host.AskAsync(_dora, Query, new { id = 7 })).Code);
        Assert.Equal("INVALID_SCAN_ID", (await _host.AskAsync(_dora, Query, new { id = Guid.Empty })).Code);
    }

    [Fact]
    public async Task The_device_s_time_is_kept_unless_it_is_far_ahead()
    {
        const string Query = "mutation($id: ID!, $at: DateTime!) { recordScan(input: { scanId: $id, action: OBSERVE, qr: \"C00001\", scannedAt: $at }) { scan { scannedAt recordedAt } } }";
        var at = new DateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(-3).Ticks / 10_000_000 * 10_000_000, TimeSpan.Zero);
        var reply = await _host.AskAsync(_dora, Query, new { id = Guid.CreateVersion7(), at = at.ToOffset(new(5, 30, 0)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) });
        Assert.Equal(at.ToString("yyyy-MM-dd'T'HH:mm:ss.000000'Z'", CultureInfo.InvariantCulture), reply.Text("recordScan.scan.scannedAt"));
        Assert.False(string.Equals(reply.Text("recordScan.scan.scannedAt"), reply.Text("recordScan.scan.recordedAt"), StringComparison.Ordinal));
        var ahead = TimeProvider.System.GetUtcNow().AddMinutes(10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Assert.Equal("INVALID_SCAN", (await _host.AskAsync(_dora, Query, new { id = Guid.CreateVersion7(), at = ahead })).Code);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
