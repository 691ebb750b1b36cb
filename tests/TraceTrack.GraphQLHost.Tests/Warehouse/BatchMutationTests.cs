using System.Text.Json;

namespace TraceTrack.GraphQLHost.Tests.Warehouse;

/// <summary>Mutations that take many items and answer each.</summary>
public sealed class BatchMutationTests : IAsyncLifetime
{
    private const string Record = """
        mutation($scans: [RecordScanInput!]!) {
          recordScans(scans: $scans) {
            recorded replayed rejected
            results { outcome replay reason detail scan { id recordedAt } bag { qr status parent { qr } } parent { qr childCount children { qr } } bill { number parentCount } }
          }
        }
        """;

    private const string Delete = "mutation($qrs: [String!]!) { deleteBags(qrs: $qrs) { deleted refused results { qr outcome reason detail bag { qr status bill { number } } } } }";
    private const string SetBills = "mutation($n: [String!]!) { %(numbers: $n) { changed refused results { number outcome code bill { number status parents { status } } } } }";

    private WarehouseHost _host = null!;
    private string _ada = null!;
    private string _bill = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WarehouseHost.StartAsync(options => options.ParentCapacity = 2);
        (_ada, _bill) = (await _host.LogInAsync("Ada"), await _host.LogInAsync("Bill"));
    }

    [Fact]
    public async Task Scans_are_decided_in_order_and_a_refusal_stops_no_other()
    {
        var id = Guid.CreateVersion7();
        var reply = await RecordAsync(_bill, Scan("LINK", "c01", "sb1", id), Scan("LINK", "C02", "SB1"), Scan("LINK", "C03", "SB1"), Scan("LINK", "C01", "SB1", id), Scan("LOAD", "SB1", bill: "B-9"));
        Assert.Equal(("2", "1", "2"), (reply.Text("recordScans.recorded"), reply.Text("recordScans.replayed"), reply.Text("recordScans.rejected")));
        Assert.Equal(
            [("RECORDED", null, null), ("RECORDED", null, null), ("REJECTED", "PARENT_FULL", "2/2"), ("REPLAYED", null, null), ("REJECTED", "UNKNOWN_BILL", "B-9")],
            Results(reply, "recordScans").Select(result => (result.GetProperty("outcome").GetString()!, result.GetProperty("reason").GetString(), result.GetProperty("detail").GetString())));
        // The bags as they stand after the whole batch.
        Assert.Equal(("2", "C02", "SB1"), (reply.Text("recordScans.results.0.parent.childCount"), reply.Text("recordScans.results.0.parent.children.1.qr"), reply.Text("recordScans.results.0.bag.parent.qr")));
        var again = await RecordAsync(_bill, Scan("LINK", "C01", "SB1", id));
        Assert.Equal(("REPLAYED", "true"), (again.Text("recordScans.results.0.outcome"), again.Text("recordScans.results.0.replay")));
        Assert.Equal(reply.Text("recordScans.results.0.scan.recordedAt"), again.Text("recordScans.results.0.scan.recordedAt"));
    }

    [Fact]
    public async Task What_a_batch_shows_of_its_bags_is_one_read_a_level()
    {
        await RecordAsync(_bill, [.. Enumerable.Range(0, 40).Select(i => Scan("LINK", $"C{i:00}", $"SB{i}"))]);
        _host.StoreCalls.Clear();
        var reply = await RecordAsync(_bill, [.. Enumerable.Range(0, 40).Select(i => Scan("OBSERVE", $"C{i:00}"))]);
        Assert.Equal("SB39", reply.Text("recordScans.results.39.bag.parent.qr"));
        Assert.InRange(_host.StoreCalls.Count, 1, 3);
    }

    [Fact]
    public async Task A_dispatcher_s_batch_is_refused_scan_by_scan_outside_the_own_area()
    {
        await RecordAsync(await _host.LogInAsync("Sam"), Scan("OBSERVE", "SOUTH1"));
        var reply = await RecordAsync(await _host.LogInAsync("Dora"), Scan("OBSERVE", "NORTH1"), Scan("OBSERVE", "SOUTH1"), Scan("LOAD", "SB1", bill: "B-1"));
        Assert.Equal(["", "OUT_OF_AREA", "NOT_ALLOWED"], Results(reply, "recordScans").Select(result => result.GetProperty("reason").GetString() ?? ""));
        Assert.Null(reply.Text("recordScans.results.1.bag"));
    }

    [Fact]
    public async Task A_scan_that_makes_no_sense_is_named_and_nothing_is_recorded()
    {
        var reply = await RecordAsync(_bill, Scan("OBSERVE", "C01"), Scan("OBSERVE", "?"));
        Assert.Equal("INVALID_QR_CODE", reply.Code);
        Assert.Equal(1, reply.Json.GetProperty("errors")[0].GetProperty("extensions").GetProperty("item").GetInt32());
        Assert.Equal("INVALID_SCAN", (await RecordAsync(_bill, Scan("LINK", "C01"))).Code);
        Assert.Equal("INVALID_SCAN_ID", (await RecordAsync(_bill, new { scanId = "x", action = "OBSERVE", qr = "C01" })).Code);
        Assert.Equal("0", (await _host.AskAsync(_bill, "{ totals { scans } }")).Text("totals.scans"));
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(501, "INVALID_BATCH")]
    public async Task Five_hundred_items_go_at_once_and_no_more(int items, string? code)
    {
        var codes = Enumerable.Range(0, items).Select(i => $"C{i:000}").ToArray();
        Assert.Equal(code, (await _host.AskAsync(_bill, "mutation($s: [RecordScanInput!]!) { recordScans(scans: $s) { recorded } }", new { s = codes.Select(qr => Scan("OBSERVE", qr)) })).Code);
        Assert.Equal(code, (await _host.AskAsync(_ada, "mutation($q: [String!]!) { deleteBags(qrs: $q) { deleted } }", new { q = codes })).Code);
        Assert.Equal(code, (await _host.AskAsync(_ada, "mutation($n: [String!]!) { completeBills(numbers: $n) { refused } }", new { n = codes })).Code);
        Assert.Equal(code, (await _host.AskAsync(_ada, "mutation($n: [String!]!) { reopenBills(numbers: $n) { refused } }", new { n = codes })).Code);
    }

    [Fact]
    public async Task Nothing_to_do_is_done()
    {
        Assert.Equal("[]", (await RecordAsync(_bill)).Text("recordScans.results"));
        Assert.Equal("[]", (await _host.AskAsync(_ada, Delete, new { qrs = Array.Empty<string>() })).Text("deleteBags.results"));
        Assert.Equal("[]", (await _host.AskAsync(_ada, SetBills.Replace("%", "reopenBills", StringComparison.Ordinal), new { n = Array.Empty<string>() })).Text("reopenBills.results"));
    }

    [Fact]
    public async Task The_size_of_a_batch_s_answer_is_estimated_from_its_items()
    {
        const string Query = "mutation($s: [RecordScanInput!]!) { recordScans(scans: $s) { results { parent { children { qr kind status area weightKg version createdAt } } } } }";
        var scans = Enumerable.Range(0, 480).Select(i => Scan("OBSERVE", $"C{i:000}")).ToArray();
        Assert.Equal("QUERY_TOO_COMPLEX", (await _host.AskAsync(_bill, Query, new { s = scans })).Code);
        Assert.Null((await _host.AskAsync(_bill, Query, new { s = scans[..400] })).Code);
    }

    [Fact]
    public async Task Bags_are_deleted_or_refused_one_by_one()
    {
        await RecordAsync(_bill, Scan("LINK", "C01", "SB1"), Scan("OBSERVE", "C02"), Scan("OBSERVE", "SB2"));
        var reply = await _host.AskAsync(_ada, Delete, new { qrs = new[] { "c02", "SB1", "C01", "C02", "SB2" } });
        Assert.Equal(("2", "3"), (reply.Text("deleteBags.deleted"), reply.Text("deleteBags.refused")));
        Assert.Equal(
            [("C02", null, null), ("SB1", "HAS_CHILDREN", "1"), ("C01", "IN_PARENT", "SB1"), ("C02", "UNKNOWN_BAG", null), ("SB2", null, null)],
            Results(reply, "deleteBags").Select(result => (result.GetProperty("qr").GetString()!, result.GetProperty("reason").GetString(), result.GetProperty("detail").GetString())));
        Assert.Equal(("DELETED", null, "LINKED"), (reply.Text("deleteBags.results.0.outcome"), reply.Text("deleteBags.results.0.bag"), reply.Text("deleteBags.results.2.bag.status")));
        Assert.Null((await _host.AskAsync(_ada, "{ bag(qr: \"C02\") { qr } }")).Text("bag"));
        Assert.Equal("INVALID_QR_CODE", (await _host.AskAsync(_ada, Delete, new { qrs = new[] { "SB1", "!" } })).Code);
        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(_bill, Delete, new { qrs = new[] { "SB1" } })).Code);
    }

    [Fact]
    public async Task One_bag_is_deleted_or_refused_with_a_reason()
    {
        const string Query = "mutation($q: String!) { deleteBag(qr: $q) { qr outcome reason detail bag { qr } } }";
        await _host.AskAsync(_bill, "mutation { createBill(input: { number: \"B-1\", capacity: 1 }) { bill { number } } }");
        await RecordAsync(_bill, Scan("LINK", "C01", "SB1"), Scan("LINK", "C02", "SB1"), Scan("LOAD", "SB1", bill: "B-1"), Scan("OBSERVE", "C03"));
        Assert.Equal("""{"qr":"C03","outcome":"DELETED","reason":null,"detail":null,"bag":null}""", (await _host.AskAsync(_ada, Query, new { q = "c03" })).Text("deleteBag"));
        Assert.Equal("""{"qr":"C03","outcome":"REFUSED","reason":"UNKNOWN_BAG","detail":null,"bag":null}""", (await _host.AskAsync(_ada, Query, new { q = "C03" })).Text("deleteBag"));
        Assert.Equal("""{"qr":"C01","outcome":"REFUSED","reason":"IN_PARENT","detail":"SB1","bag":{"qr":"C01"}}""", (await _host.AskAsync(_ada, Query, new { q = "C01" })).Text("deleteBag"));
        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(_bill, Query, new { q = "C01" })).Code);
    }

    [Fact]
    public async Task Bills_are_completed_and_reopened_or_refused_one_by_one()
    {
        foreach (var number in new[] { "B-1", "B-2" })
            await _host.AskAsync(_bill, "mutation($n: String!) { createBill(input: { number: $n, capacity: 1 }) { bill { number } } }", new { n = number });
        await RecordAsync(_bill, Scan("LINK", "C01", "SB1"), Scan("LINK", "C02", "SB1"), Scan("LOAD", "SB1", bill: "B-1"));
        var numbers = new { n = new[] { "b-1", "B-2", "B-3", "B-1" } };
        var completed = await _host.AskAsync(_bill, SetBills.Replace("%", "completeBills", StringComparison.Ordinal), numbers);
        Assert.Equal(["", "BILL_EMPTY", "BILL_NOT_FOUND", "BILL_COMPLETED"], Results(completed, "completeBills").Select(result => result.GetProperty("code").GetString() ?? ""));
        Assert.Equal(("1", "3", "COMPLETED", "DISPATCHED"), (completed.Text("completeBills.changed"), completed.Text("completeBills.refused"), completed.Text("completeBills.results.0.bill.status"), completed.Text("completeBills.results.0.bill.parents.0.status")));
        Assert.Equal("NEW", completed.Text("completeBills.results.1.bill.status"));
        Assert.Null(completed.Text("completeBills.results.2.bill"));

        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(_bill, SetBills.Replace("%", "reopenBills", StringComparison.Ordinal), numbers)).Code);
        Assert.Equal("NOT_ALLOWED", (await _host.AskAsync(await _host.LogInAsync("Dora"), SetBills.Replace("%", "completeBills", StringComparison.Ordinal), numbers)).Code);
        var reopened = await _host.AskAsync(_ada, SetBills.Replace("%", "reopenBills", StringComparison.Ordinal), numbers);
        Assert.Equal(["CHANGED", "REFUSED", "REFUSED", "REFUSED"], Results(reopened, "reopenBills").Select(result => result.GetProperty("outcome").GetString()));
        Assert.Equal(("PROCESSING", "BILLED", "BILL_NOT_COMPLETED"), (reopened.Text("reopenBills.results.0.bill.status"), reopened.Text("reopenBills.results.0.bill.parents.0.status"), reopened.Text("reopenBills.results.3.code")));
        Assert.Equal("INVALID_BILL_NUMBER", (await _host.AskAsync(_ada, SetBills.Replace("%", "reopenBills", StringComparison.Ordinal), new { n = new[] { "?" } })).Code);
        Assert.Empty(_host.Logs.Messages);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static object Scan(string action, string qr, string? parent = null, Guid? id = null, string? bill = null) =>
        new { scanId = id ?? Guid.CreateVersion7(), action, qr, parent, bill };

    private static JsonElement[] Results(Reply reply, string mutation)
    {
        Assert.Null(reply.Code);
        return [.. reply.Data.GetProperty(mutation).GetProperty("results").EnumerateArray()];
    }

    private Task<Reply> RecordAsync(string token, params object[] scans) => _host.AskAsync(token, Record, new { scans });
}
