namespace TraceTrack.GraphQLHost.Tests.Warehouse;

public sealed class HistoryTests : IAsyncLifetime
{
    private const string Contents = "query($q: String!, $at: DateTime!) { contentsAt(parent: $q, at: $at) { childQr parentQr since until scanId importKey child { qr status } parent { qr childCount } } }";
    private const string Parent = "query($q: String!, $at: DateTime!) { parentAt(child: $q, at: $at) { parentQr until parent { qr } } }";
    private const string OfBag = """
        query($q: String!, $first: Int, $after: String, $last: Int, $before: String) {
          bagHistory(qr: $q, first: $first, after: $after, last: $last, before: $before) {
            edges { cursor node { kind action } }
            nodes { at kind action reason detail otherQr billNumber actorId scanId importKey other { qr } bill { number } user { userName } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          }
        }
        """;

    private const string OfBill = "query($n: String!) { billHistory(number: $n) { nodes { kind action otherQr other { qr } user { userName } } } }";

    private WarehouseHost _host = null!;
    private string _ada = null!;
    private string _dora = null!;
    private string _sam = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WarehouseHost.StartAsync(options => options.ParentCapacity = 1);
        (_ada, _dora, _sam) = (await _host.LogInAsync("Ada"), await _host.LogInAsync("Dora"), await _host.LogInAsync("Sam"));
    }

    [Fact]
    public async Task Contents_and_parents_are_those_of_the_moment()
    {
        var linked = (await _host.ScanAsync(_dora, "LINK", "C01", "SB1")).Text("recordScan.scan.recordedAt")!;
        var moved = (await _host.ScanAsync(_dora, "RELINK", "C01", "SB2")).Text("recordScan.scan.recordedAt")!;
        var then = await _host.AskAsync(_dora, Contents, new { q = "sb1", at = linked });
        Assert.Equal(("C01", "SB1", linked, moved), (then.Text("contentsAt.0.childQr"), then.Text("contentsAt.0.parentQr"), then.Text("contentsAt.0.since"), then.Text("contentsAt.0.until")));
        Assert.Equal(("LINKED", "0", null), (then.Text("contentsAt.0.child.status"), then.Text("contentsAt.0.parent.childCount"), then.Text("contentsAt.0.importKey")));
        Assert.NotNull(then.Text("contentsAt.0.scanId"));
        Assert.Equal("[]", (await _host.AskAsync(_dora, Contents, new { q = "SB1", at = moved })).Text("contentsAt"));
        Assert.Null((await _host.AskAsync(_dora, Contents, new { q = "SB9", at = moved })).Text("contentsAt"));

        Assert.Equal(("SB1", moved), (await ParentAsync(linked), (await _host.AskAsync(_dora, Parent, new { q = "c01", at = linked })).Text("parentAt.until")));
        Assert.Equal("SB2", await ParentAsync(moved));
        Assert.Null((await _host.AskAsync(_dora, Parent, new { q = "C01", at = "2000-01-01T00:00:00Z" })).Text("parentAt"));

        async Task<string?> ParentAsync(string at) => (await _host.AskAsync(_dora, Parent, new { q = "C01", at })).Text("parentAt.parent.qr");
    }

    [Fact]
    public async Task A_bag_s_history_is_newest_first_with_refusals_and_pages_both_ways()
    {
        await _host.ScanAsync(_dora, "LINK", "C01", "SB1");
        await _host.ScanAsync(_dora, "LINK", "C01", "SB1");
        await _host.ScanAsync(_dora, "RELINK", "C01", "SB2");
        await _host.ScanAsync(_dora, "UNLINK", "C01");
        var all = await _host.AskAsync(_dora, OfBag, new { q = "C01" });
        Assert.Equal(["UNLINK", "RELINK", "LINK", "LINK"], all.Data.GetProperty("bagHistory").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("action").GetString()));
        Assert.Equal(("ALREADY_LINKED_HERE", "SB1", "SB1"), (all.Text("bagHistory.nodes.2.reason"), all.Text("bagHistory.nodes.2.detail"), all.Text("bagHistory.nodes.2.other.qr")));
        Assert.Equal(("SCANNED", "SB2", "Dora", null), (all.Text("bagHistory.nodes.1.kind"), all.Text("bagHistory.nodes.1.otherQr"), all.Text("bagHistory.nodes.1.user.userName"), all.Text("bagHistory.nodes.1.bill")));

        var first = await _host.AskAsync(_dora, OfBag, new { q = "C01", first = 2 });
        var second = await _host.AskAsync(_dora, OfBag, new { q = "C01", first = 2, after = first.Text("bagHistory.pageInfo.endCursor") });
        Assert.Equal(("LINK", "true", "false"), (second.Text("bagHistory.nodes.0.action"), second.Text("bagHistory.pageInfo.hasPreviousPage"), second.Text("bagHistory.pageInfo.hasNextPage")));
        var back = await _host.AskAsync(_dora, OfBag, new { q = "C01", last = 2, before = second.Text("bagHistory.pageInfo.startCursor") });
        Assert.Equal(first.Text("bagHistory.nodes"), back.Text("bagHistory.nodes"));
        Assert.Equal(first.Text("bagHistory.edges"), back.Text("bagHistory.edges"));
        Assert.Equal("INVALID_CURSOR", (await _host.AskAsync(_dora, OfBag, new { q = "SB1", after = first.Text("bagHistory.pageInfo.endCursor") })).Code);
        Assert.Equal("INVALID_PAGE", (await _host.AskAsync(_dora, OfBag, new { q = "SB1", first = 201 })).Code);
        Assert.Equal("INVALID_QR_CODE", (await _host.AskAsync(_dora, OfBag, new { q = "!" })).Code);
    }

    [Fact]
    public async Task A_page_beyond_the_end_is_empty_and_not_null()
    {
        await _host.ScanAsync(_dora, "OBSERVE", "C01");
        var page = await _host.AskAsync(_dora, OfBag, new { q = "C01" });
        var beyond = await _host.AskAsync(_dora, OfBag, new { q = "C01", after = page.Text("bagHistory.pageInfo.endCursor") });
        Assert.Equal(("[]", "false"), (beyond.Text("bagHistory.nodes"), beyond.Text("bagHistory.pageInfo.hasNextPage")));
    }

    [Fact]
    public async Task Another_area_s_bag_has_no_history_contents_or_parents()
    {
        var at = (await _host.ScanAsync(_dora, "LINK", "C01", "SB1")).Text("recordScan.scan.recordedAt")!;
        foreach (var qr in new[] { "C01", "SB1", "NEVER-SEEN" })
        {
            Assert.Null((await _host.AskAsync(_sam, OfBag, new { q = qr })).Text("bagHistory"));
            Assert.Null((await _host.AskAsync(_sam, Contents, new { q = qr, at })).Text("contentsAt"));
            Assert.Null((await _host.AskAsync(_sam, Parent, new { q = qr, at })).Text("parentAt"));
        }

        Assert.NotNull((await _host.AskAsync(_ada, OfBag, new { q = "C01" })).Text("bagHistory"));
        Assert.NotNull((await _host.AskAsync(_ada, Parent, new { q = "C01", at })).Text("parentAt"));
        Assert.Equal("UNAUTHENTICATED", (await _host.AskAsync(null, OfBag, new { q = "C01" })).Code);
    }

    [Fact]
    public async Task A_bill_s_history_has_its_changes_and_hides_other_areas_codes()
    {
        var bill = await _host.LogInAsync("Bill");
        await _host.AskAsync(bill, "mutation { createBill(input: { number: \"B-1\", capacity: 2 }) { bill { number } } }");
        await _host.ScanAsync(_dora, "LINK", "C01", "SB1");
        await _host.ScanAsync(_sam, "LINK", "C02", "SB2");
        await _host.ScanAsync(bill, "LOAD", "SB1", bill: "B-1");
        await _host.ScanAsync(bill, "LOAD", "SB2", bill: "B-1");
        await _host.AskAsync(bill, "mutation { completeBill(input: { number: \"B-1\" }) { bill { number } } }");
        var all = await _host.AskAsync(_ada, OfBill, new { n = "b-1" });
        Assert.Equal(
            ["COMPLETED  ", "SCANNED LOAD SB2", "SCANNED LOAD SB1", "CREATED  "],
            all.Data.GetProperty("billHistory").GetProperty("nodes").EnumerateArray().Select(node => $"{node.GetProperty("kind")} {node.GetProperty("action")} {node.GetProperty("otherQr")}"));
        Assert.Equal(("Bill", "SB2"), (all.Text("billHistory.nodes.0.user.userName"), all.Text("billHistory.nodes.1.other.qr")));
        var seen = await _host.AskAsync(_dora, OfBill, new { n = "B-1" });
        Assert.Equal(("SB1", null, null, null), (seen.Text("billHistory.nodes.2.otherQr"), seen.Text("billHistory.nodes.1.otherQr"), seen.Text("billHistory.nodes.1.other"), seen.Text("billHistory.nodes.1.user")));
        Assert.Null((await _host.AskAsync(_ada, OfBill, new { n = "B-2" })).Text("billHistory"));
        Assert.Equal("INVALID_BILL_NUMBER", (await _host.AskAsync(_ada, OfBill, new { n = "?" })).Code);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
