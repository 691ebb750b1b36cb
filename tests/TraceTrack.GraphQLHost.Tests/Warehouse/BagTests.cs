namespace TraceTrack.GraphQLHost.Tests.Warehouse;

public sealed class BagTests : IAsyncLifetime
{
    private WarehouseHost _host = null!;
    private string _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WarehouseHost.StartAsync();
        _ada = await _host.LogInAsync("Ada");
        for (var parent = 1; parent <= 7; parent++)
        {
            for (var child = 1; child <= 3; child++)
                await _host.ScanAsync(_ada, "LINK", $"C{parent}{child:00}", $"SB{parent:00000}");
        }

        _host.StoreCalls.Clear();
    }

    [Fact]
    public async Task The_first_query_of_the_documents_works_in_one_read_a_level()
    {
        var reply = await _host.AskAsync(_ada, """
            { totals { bags parents children } bags(first: 5, filter: { kind: PARENT }) { nodes { qr childCount children { qr } } pageInfo { endCursor hasNextPage } } }
            """);
        Assert.Equal(("28", "7", "21"), (reply.Text("totals.bags"), reply.Text("totals.parents"), reply.Text("totals.children")));
        Assert.Equal(("SB00001", "3", "C103"), (reply.Text("bags.nodes.0.qr"), reply.Text("bags.nodes.0.childCount"), reply.Text("bags.nodes.0.children.2.qr")));
        Assert.Equal("true", reply.Text("bags.pageInfo.hasNextPage"));
        // The last one is the domain's: a child's status follows its parent's.
        Assert.Equal(["IBagStore.ListAsync", "IBagStore.ChildrenOfAsync", "IBagStore.FindManyAsync"], _host.StoreCalls);
    }

    [Fact]
    public async Task Pages_lead_through_the_list_both_ways()
    {
        const string Forward = "query($c: String) { bags(first: 3, after: $c, filter: { kind: PARENT }) { nodes { qr } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
        const string Backward = "query($c: String) { bags(last: 3, before: $c, filter: { kind: PARENT }) { nodes { qr } pageInfo { hasNextPage hasPreviousPage } } }";
        var first = await _host.AskAsync(_ada, Forward);
        var second = await _host.AskAsync(_ada, Forward, new { c = first.Text("bags.pageInfo.endCursor") });
        var third = await _host.AskAsync(_ada, Forward, new { c = second.Text("bags.pageInfo.endCursor") });
        Assert.Equal(("SB00001", "SB00004", "SB00007"), (first.Text("bags.nodes.0.qr"), second.Text("bags.nodes.0.qr"), third.Text("bags.nodes.0.qr")));
        Assert.Equal(("true", "false"), (second.Text("bags.pageInfo.hasPreviousPage"), third.Text("bags.pageInfo.hasNextPage")));
        var back = await _host.AskAsync(_ada, Backward, new { c = second.Text("bags.pageInfo.startCursor") });
        Assert.Equal(first.Text("bags.nodes"), back.Text("bags.nodes"));
        var last = await _host.AskAsync(_ada, Backward);
        Assert.Equal("SB00005", last.Text("bags.nodes.0.qr"));
    }

    [Theory]
    [InlineData("first: 0", "INVALID_PAGE")]
    [InlineData("first: 201", "INVALID_PAGE")]
    [InlineData("first: -1", "INVALID_PAGE")]
    [InlineData("first: 1, last: 1", "INVALID_PAGE")]
    [InlineData("after: \"nonsense\"", "INVALID_CURSOR")]
    [InlineData("filter: { area: \"?\" }", "INVALID_AREA")]
    [InlineData("filter: { parent: \"?\" }", "INVALID_QR_CODE")]
    [InlineData("filter: { bill: \"?\" }", "INVALID_BILL_NUMBER")]
    [InlineData("filter: { kind: HUGE }", "VALIDATION_FAILED")]
    public async Task Lists_refuse_what_they_do_not_understand(string arguments, string code) =>
        Assert.Equal(code, (await _host.AskAsync(_ada, $"{{ bags({arguments}) {{ nodes {{ qr }} }} }}")).Code);

    [Fact]
    public async Task Filters_combine()
    {
        var reply = await _host.AskAsync(_ada, "{ bags(filter: { kind: CHILD, status: LINKED, parent: \"sb00002\" }) { edges { node { qr parent { qr children { qr } } } } } }");
        const string Parent = """{"qr":"SB00002","children":[{"qr":"C201"},{"qr":"C202"},{"qr":"C203"}]}""";
        Assert.Equal(Parent, reply.Text("bags.edges.0.node.parent"));
        Assert.Equal(("C203", Parent), (reply.Text("bags.edges.2.node.qr"), reply.Text("bags.edges.2.node.parent")));
    }

    [Fact]
    public async Task Bags_are_listed_by_bill_and_by_the_time_they_were_registered()
    {
        await _host.AskAsync(_ada, "mutation { createBill(input: { number: \"B-1\", capacity: 10 }) { bill { number } } }");
        await _host.ScanAsync(_ada, "LOAD", "SB00002", bill: "B-1");
        const string Loaded = """[{"qr":"C201"},{"qr":"C202"},{"qr":"C203"},{"qr":"SB00002"}]""";
        Assert.Equal(Loaded, (await _host.AskAsync(_ada, "{ bags(filter: { bill: \"b-1\" }) { nodes { qr } } }")).Text("bags.nodes"));
        const string During = "query($from: DateTime, $before: DateTime) { bags(filter: { bill: \"B-1\", createdFrom: $from, createdBefore: $before }) { nodes { qr } } }";
        Assert.Equal(Loaded, (await _host.AskAsync(_ada, During, new { before = "9999-01-01T00:00:00Z" })).Text("bags.nodes"));
        Assert.Equal("[]", (await _host.AskAsync(_ada, During, new { from = "9999-01-01T00:00:00Z" })).Text("bags.nodes"));
        const string Bills = "query($from: DateTime!) { bills(filter: { createdFrom: $from }) { nodes { number } } }";
        Assert.Equal("""[{"number":"B-1"}]""", (await _host.AskAsync(_ada, Bills, new { from = "2000-01-01T00:00:00Z" })).Text("bills.nodes"));
        Assert.Equal("[]", (await _host.AskAsync(_ada, Bills, new { from = "9999-01-01T00:00:00Z" })).Text("bills.nodes"));
    }

    [Fact]
    public async Task A_bag_is_found_by_what_was_scanned()
    {
        var reply = await _host.AskAsync(_ada, "{ bag(qr: \" c101\\u200b\") { qr kind status weightKg childCount linkedAt createdAt changedAt version parent { qr } children { qr } bill { number } } }");
        Assert.Equal(("C101", "CHILD", "LINKED", "1.000", "SB00001"), (reply.Text("bag.qr"), reply.Text("bag.kind"), reply.Text("bag.status"), reply.Text("bag.weightKg"), reply.Text("bag.parent.qr")));
        Assert.Equal(("[]", null), (reply.Text("bag.children"), reply.Text("bag.bill")));
        Assert.NotNull(reply.Text("bag.linkedAt"));
        Assert.Null((await _host.AskAsync(_ada, "{ bag(qr: \"UNKNOWN\") { qr } }")).Text("bag"));
        Assert.Equal("INVALID_QR_CODE", (await _host.AskAsync(_ada, "{ bag(qr: \"!\") { qr } }")).Code);
    }

    [Fact]
    public async Task Search_finds_codes_that_begin_with_or_hold_the_text()
    {
        Assert.Equal("""[{"qr":"C101"},{"qr":"C102"},{"qr":"C103"}]""", (await _host.AskAsync(_ada, "{ search(text: \"c10\") { qr } }")).Text("search"));
        Assert.Equal("""[{"qr":"SB00003"}]""", (await _host.AskAsync(_ada, "{ search(text: \"00003\", first: 5) { qr } }")).Text("search"));
        Assert.Equal("INVALID_SEARCH", (await _host.AskAsync(_ada, "{ search(text: \" \") { qr } }")).Code);
        Assert.Equal("INVALID_PAGE", (await _host.AskAsync(_ada, "{ search(text: \"C\", first: 0) { qr } }")).Code);
    }

    [Fact]
    public async Task However_many_bags_a_level_is_one_read()
    {
        await _host.AskAsync(_ada, "mutation { createBill(input: { number: \"B-1\", capacity: 10 }) { bill { number } } }");
        for (var parent = 1; parent <= 5; parent++)
            await _host.ScanAsync(_ada, "LOAD", $"SB{parent:00000}", bill: "B-1");
        _host.StoreCalls.Clear();
        var reply = await _host.AskAsync(_ada, "{ bags(first: 20, filter: { kind: CHILD }) { nodes { qr parent { qr bill { number parents { qr children { qr bill { number } } } } } bill { number } } } }");
        Assert.Equal("B-1", reply.Text("bags.nodes.0.parent.bill.parents.4.children.2.bill.number"));
        // Nine levels and six fields that fetch; the domain adds reads of parents, which the status of a child follows.
        foreach (var once in new[] { "ListAsync", "OnBillsAsync", "ChildrenOfAsync" })
            Assert.Single(_host.StoreCalls, call => call == $"IBagStore.{once}");
        Assert.InRange(_host.StoreCalls.Count, 6, 10);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
