using System.Globalization;
using System.Text.Json;

namespace TraceTrack.GraphQLHost.Tests.Warehouse;

/// <summary>The scan log as a list and as a feed.</summary>
public sealed class ScanListTests : IAsyncLifetime
{
    private const string List = """
        query($filter: ScanFilter, $first: Int, $after: String, $last: Int, $before: String) {
          scans(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
            edges { cursor node { id } }
            nodes { id action outcome reason qr actorId area recordedAt bag { qr } parent { qr } fromParent { qr } bill { number } user { userName } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          }
        }
        """;

    private const string Feed = "query($p: String, $n: Int) { scansAfter(position: $p, first: $n) { events { position scan { qr outcome user { id } } } position hasMore } }";

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
    public async Task Scans_are_listed_newest_first_with_what_they_name()
    {
        await _host.ScanAsync(_dora, "LINK", "C01", "SB1");
        await _host.ScanAsync(_dora, "LINK", "C02", "SB1");
        await _host.ScanAsync(_dora, "RELINK", "C01", "SB2");
        await _host.ScanAsync(_ada, "LOAD", "SB2", bill: "NONE");
        var reply = await _host.AskAsync(_ada, List);
        Assert.Equal(["LOAD REJECTED", "RELINK RECORDED", "LINK REJECTED", "LINK RECORDED"], Nodes(reply).Select(node => $"{node.GetProperty("action")} {node.GetProperty("outcome")}"));
        Assert.Equal(("C01", "SB2", "SB1", "Dora"), (reply.Text("scans.nodes.1.bag.qr"), reply.Text("scans.nodes.1.parent.qr"), reply.Text("scans.nodes.1.fromParent.qr"), reply.Text("scans.nodes.1.user.userName")));
        Assert.Null(reply.Text("scans.nodes.0.bill"));
    }

    [Fact]
    public async Task Scans_are_filtered_by_user_bag_area_and_time()
    {
        var early = (await _host.ScanAsync(_dora, "OBSERVE", "C01")).Text("recordScan.scan.recordedAt")!;
        await _host.ScanAsync(_sam, "OBSERVE", "C02");
        await Task.Delay(2);
        var late = (await _host.ScanAsync(_sam, "OBSERVE", "C03")).Text("recordScan.scan.recordedAt")!;
        var sam = (await _host.AskAsync(_sam, "{ me { id } }")).Text("me.id")!;
        Assert.Equal("C03,C02", await CodesAsync(new { actorId = sam }));
        Assert.Equal("C01", await CodesAsync(new { qr = "c01" }));
        Assert.Equal("C03,C02", await CodesAsync(new { area = "south" }));
        Assert.Equal("C03", await CodesAsync(new { actorId = sam, recordedFrom = late }));
        Assert.Equal("C02,C01", await CodesAsync(new { recordedBefore = late }));
        Assert.Equal("", await CodesAsync(new { recordedBefore = early }));
        Assert.Equal("", await CodesAsync(new { actorId = "a\0b" }));
        Assert.Equal("INVALID_AREA", (await _host.AskAsync(_ada, List, new { filter = new { area = "?" } })).Code);
        Assert.Equal("INVALID_QR_CODE", (await _host.AskAsync(_ada, List, new { filter = new { qr = "?" } })).Code);

        async Task<string> CodesAsync(object filter) => string.Join(',', Nodes(await _host.AskAsync(_ada, List, new { filter })).Select(node => node.GetProperty("qr").GetString()));
    }

    [Fact]
    public async Task Pages_stay_right_while_scans_are_added_and_lead_back()
    {
        for (var i = 1; i <= 5; i++)
            await _host.ScanAsync(_dora, "OBSERVE", $"C0{i}");
        var first = await _host.AskAsync(_dora, List, new { first = 2 });
        await _host.ScanAsync(_dora, "OBSERVE", "C06");
        var second = await _host.AskAsync(_dora, List, new { first = 2, after = first.Text("scans.pageInfo.endCursor") });
        Assert.Equal(("C03", "C02", "true", "true"), (second.Text("scans.nodes.0.qr"), second.Text("scans.nodes.1.qr"), second.Text("scans.pageInfo.hasNextPage"), second.Text("scans.pageInfo.hasPreviousPage")));
        var back = await _host.AskAsync(_dora, List, new { last = 2, before = second.Text("scans.pageInfo.startCursor") });
        Assert.Equal(first.Text("scans.edges"), back.Text("scans.edges"));
        Assert.Equal("INVALID_CURSOR", (await _host.AskAsync(_dora, List, new { after = first.Text("scans.pageInfo.endCursor"), filter = new { qr = "C01" } })).Code);
        Assert.Equal("INVALID_PAGE", (await _host.AskAsync(_dora, List, new { first = 1, last = 1 })).Code);
    }

    [Fact]
    public async Task A_dispatcher_sees_the_own_area_s_scans_and_no_other_user()
    {
        await _host.ScanAsync(_ada, "OBSERVE", "C00");
        await _host.ScanAsync(_dora, "OBSERVE", "C01");
        await _host.ScanAsync(_sam, "OBSERVE", "C02");
        var reply = await _host.AskAsync(_dora, List);
        Assert.Equal("C01", Assert.Single(Nodes(reply)).GetProperty("qr").GetString());
        Assert.Equal("Dora", reply.Text("scans.nodes.0.user.userName"));
        Assert.Equal("[]", (await _host.AskAsync(_dora, List, new { filter = new { area = "SOUTH" } })).Text("scans.nodes"));
        Assert.Equal("C01", Assert.Single(Events(await _host.AskAsync(_dora, Feed))).GetProperty("scan").GetProperty("qr").GetString());
        await _host.ScanAsync(_ada, "OBSERVE", "C01");
        Assert.Null((await _host.AskAsync(_dora, List, new { first = 1 })).Text("scans.nodes.0.user"));
    }

    [Fact]
    public async Task The_feed_gives_each_scan_once_in_order_and_goes_on_from_its_position()
    {
        for (var i = 1; i <= 5; i++)
            await _host.ScanAsync(_dora, "OBSERVE", $"C0{i}");
        var codes = new List<string?>();
        string? position = null;
        for (var more = true; more;)
        {
            var page = await _host.AskAsync(_ada, Feed, new { p = position, n = 2 });
            codes.AddRange(Events(page).Select(happened => happened.GetProperty("scan").GetProperty("qr").GetString()));
            position = page.Text("scansAfter.position");
            more = page.Text("scansAfter.hasMore") == "true";
        }

        Assert.Equal(["C01", "C02", "C03", "C04", "C05"], codes);
        var nothing = await _host.AskAsync(_ada, Feed, new { p = position });
        Assert.Equal(("[]", position, "false"), (nothing.Text("scansAfter.events"), nothing.Text("scansAfter.position"), nothing.Text("scansAfter.hasMore")));
        await _host.ScanAsync(_dora, "OBSERVE", "C06");
        Assert.Equal("C06", (await _host.AskAsync(_ada, Feed, new { p = position })).Text("scansAfter.events.0.scan.qr"));
    }

    [Theory]
    [InlineData("nonsense", 1, "INVALID_CURSOR")]
    [InlineData("999999999.999999999", 1, "INVALID_CURSOR")]
    [InlineData(null, 0, "INVALID_PAGE")]
    [InlineData(null, 201, "INVALID_PAGE")]
    public async Task The_feed_refuses_positions_and_sizes_that_make_no_sense(string? p, int n, string code) =>
        Assert.Equal(code, (await _host.AskAsync(_ada, Feed, new { p, n })).Code);

    [Fact]
    public async Task However_many_scans_a_level_is_one_read()
    {
        for (var i = 0; i < 20; i++)
            await _host.ScanAsync(i % 2 == 0 ? _dora : _sam, "LINK", string.Create(CultureInfo.InvariantCulture, $"C{i:00}"), string.Create(CultureInfo.InvariantCulture, $"SB{i}"));
        _host.StoreCalls.Clear();
        Assert.Equal("SB19", (await _host.AskAsync(_ada, List)).Text("scans.nodes.0.parent.qr"));
        // All bags of the level together, and among them the parents that a child's status follows.
        Assert.Equal(["IBagStore.FindManyAsync"], _host.StoreCalls);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static JsonElement[] Nodes(Reply reply)
    {
        Assert.Null(reply.Code);
        return [.. reply.Data.GetProperty("scans").GetProperty("nodes").EnumerateArray()];
    }

    private static JsonElement[] Events(Reply reply)
    {
        Assert.Null(reply.Code);
        return [.. reply.Data.GetProperty("scansAfter").GetProperty("events").EnumerateArray()];
    }
}
