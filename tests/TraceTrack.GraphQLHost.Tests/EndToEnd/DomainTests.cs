using System.Text.Json;

namespace GraphQLHost.EndToEnd;

/// <summary>What the schema offers of the domain, with the same answers from either store.</summary>
public sealed class DomainTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly string[] Ids = [.. Enumerable.Range(1, 7).Select(i => $"0199c1de-0000-7000-8000-00000000000{i}")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batches_lists_and_histories_answer_alike_from_memory_and_from_PostgreSQL(bool inPostgres)
    {
        await using var host = await PostgresHost.StartAsync(inPostgres ? await server.NewDatabaseAsync() : null);
        await host.LogInAsync();
        await host.AskAsync("""mutation { a: createBill(input: {number: "B-1", capacity: 5}) { bill { number } } b: createBill(input: {number: "B-2", capacity: 5}) { bill { number } } }""");

        Assert.Equal(
            """{"recorded":3,"replayed":1,"rejected":1,"results":[{"outcome":"RECORDED","reason":null,"detail":null,"bag":{"qr":"CB2"},"parent":null},{"outcome":"RECORDED","reason":null,"detail":null,"bag":{"qr":"CB1"},"parent":{"qr":"SB1","childCount":1}},{"outcome":"REJECTED","reason":"PARENT_FULL","detail":"1/1","bag":{"qr":"CB2"},"parent":{"qr":"SB1","childCount":1}},{"outcome":"RECORDED","reason":null,"detail":null,"bag":{"qr":"CB3"},"parent":{"qr":"SB2","childCount":1}},{"outcome":"REPLAYED","reason":null,"detail":null,"bag":{"qr":"CB1"},"parent":{"qr":"SB1","childCount":1}}]}""",
            (await host.AskAsync($$"""
                mutation { recordScans(scans: [
                  {scanId: "{{Ids[0]}}", action: OBSERVE, qr: "cb2"}
                  {scanId: "{{Ids[1]}}", action: LINK, qr: "cb1", parent: "sb1"}
                  {scanId: "{{Ids[2]}}", action: LINK, qr: "CB2", parent: "SB1"}
                  {scanId: "{{Ids[3]}}", action: LINK, qr: "CB3", parent: "SB2"}
                  {scanId: "{{Ids[1]}}", action: LINK, qr: "CB1", parent: "SB1"}
                ]) { recorded replayed rejected results { outcome reason detail bag { qr } parent { qr childCount } } } }
                """)).GetProperty("recordScans").GetRawText());
        Assert.Equal(
            """{"results":[{"outcome":"RECORDED","reason":null,"detail":null,"bill":{"number":"B-1","parentCount":1}},{"outcome":"REJECTED","reason":"UNKNOWN_BILL","detail":"B-9","bill":null}]}""",
            (await host.AskAsync($$"""
                mutation { recordScans(scans: [
                  {scanId: "{{Ids[4]}}", action: LOAD, qr: "SB1", bill: "B-1"}
                  {scanId: "{{Ids[5]}}", action: LOAD, qr: "SB2", bill: "B-9"}
                ]) { results { outcome reason detail bill { number parentCount } } } }
                """)).GetProperty("recordScans").GetRawText());

        const string Change = "(numbers: [\"B-1\", \"B-2\", \"B-9\"]) { changed refused results { number outcome code bill { status } } }";
        Assert.Equal(
            """{"changed":1,"refused":2,"results":[{"number":"B-1","outcome":"CHANGED","code":null,"bill":{"status":"COMPLETED"}},{"number":"B-2","outcome":"REFUSED","code":"BILL_EMPTY","bill":{"status":"NEW"}},{"number":"B-9","outcome":"REFUSED","code":"BILL_NOT_FOUND","bill":null}]}""",
            (await host.AskAsync($"mutation {{ completeBills{Change} }}")).GetProperty("completeBills").GetRawText());
        Assert.Equal(
            """{"changed":1,"refused":2,"results":[{"number":"B-1","outcome":"CHANGED","code":null,"bill":{"status":"PROCESSING"}},{"number":"B-2","outcome":"REFUSED","code":"BILL_NOT_COMPLETED","bill":{"status":"NEW"}},{"number":"B-9","outcome":"REFUSED","code":"BILL_NOT_FOUND","bill":null}]}""",
            (await host.AskAsync($"mutation {{ reopenBills{Change} }}")).GetProperty("reopenBills").GetRawText());

        var moved = (await host.AskAsync($$"""mutation { recordScan(input: {scanId: "{{Ids[6]}}", action: RELINK, qr: "CB3", parent: "SB3"}) { scan { recordedAt } } }"""))
            .GetProperty("recordScan").GetProperty("scan").GetProperty("recordedAt").GetString();
        var linked = (await host.AskAsync("""{ scans(filter: { qr: "CB3" }, last: 1) { nodes { recordedAt } } }""")).GetProperty("scans").GetProperty("nodes")[0].GetProperty("recordedAt").GetString();
        Assert.Equal(
            """{"then":[{"childQr":"CB3","until":"MOVED","child":{"parent":{"qr":"SB3"}}}],"now":[],"nowhere":null,"was":{"parentQr":"SB2"},"is":{"parentQr":"SB3"}}""".Replace("MOVED", moved, StringComparison.Ordinal),
            (await host.AskAsync($$"""
                {
                  then: contentsAt(parent: "SB2", at: "{{linked}}") { childQr until child { parent { qr } } }
                  now: contentsAt(parent: "SB2", at: "{{moved}}") { childQr }
                  nowhere: contentsAt(parent: "SB77", at: "{{moved}}") { childQr }
                  was: parentAt(child: "CB3", at: "{{linked}}") { parentQr }
                  is: parentAt(child: "CB3", at: "{{moved}}") { parentQr }
                }
                """)).GetRawText());
        Assert.Equal(
            """{"bag":{"nodes":[{"action":"RELINK","otherQr":"SB3"},{"action":"LINK","otherQr":"SB2"}]},"never":null,"bill":{"nodes":[{"kind":"REOPENED","otherQr":null},{"kind":"COMPLETED","otherQr":null},{"kind":"SCANNED","otherQr":"SB1"},{"kind":"CREATED","otherQr":null}]}}""",
            (await host.AskAsync("""
                { bag: bagHistory(qr: "CB3") { nodes { action otherQr } } never: bagHistory(qr: "CB77") { nodes { at } } bill: billHistory(number: "B-1") { nodes { kind otherQr } } }
                """)).GetRawText());

        Assert.Equal(
            """{"deleted":2,"refused":3,"results":[{"qr":"SB2","reason":null,"detail":null,"bag":null},{"qr":"SB1","reason":"HAS_CHILDREN","detail":"1","bag":{"qr":"SB1"}},{"qr":"CB3","reason":"IN_PARENT","detail":"SB3","bag":{"qr":"CB3"}},{"qr":"CB2","reason":null,"detail":null,"bag":null},{"qr":"CB77","reason":"UNKNOWN_BAG","detail":null,"bag":null}]}""",
            (await host.AskAsync("""mutation { deleteBags(qrs: ["SB2", "SB1", "CB3", "CB2", "CB77"]) { deleted refused results { qr reason detail bag { qr } } } }""")).GetProperty("deleteBags").GetRawText());

        var list = (await host.AskAsync("{ scans(first: 200) { nodes { id user { userName } } } }")).GetProperty("scans").GetProperty("nodes");
        Assert.Equal(Ids, list.EnumerateArray().Select(Id).Order(StringComparer.Ordinal));
        Assert.All(list.EnumerateArray(), scan => Assert.Equal("admin", scan.GetProperty("user").GetProperty("userName").GetString()));
        Assert.Equal(Ids, await FeedAsync(host, Ids.Length));
    }

    // Each answer holds what nothing can be committed before any more; what is young may come a moment later.
    private static async Task<List<string?>> FeedAsync(PostgresHost host, int scans)
    {
        var ids = new List<string?>();
        var position = "";
        for (var patience = 600; ids.Count < scans && patience > 0; patience--)
        {
            var page = (await host.AskAsync($"{{ scansAfter({position} first: 4) {{ events {{ scan {{ id }} }} position hasMore }} }}".Replace("( ", "(", StringComparison.Ordinal))).GetProperty("scansAfter");
            ids.AddRange(page.GetProperty("events").EnumerateArray().Select(happened => Id(happened.GetProperty("scan"))));
            if (page.GetProperty("position").GetString() is { } next)
                position = $"position: \"{next}\",";
            if (!page.GetProperty("hasMore").GetBoolean())
                await Task.Delay(50);
        }

        return ids;
    }

    private static string? Id(JsonElement scan) => scan.GetProperty("id").GetString();
}
