namespace TraceTrack.GraphQLHost.Tests.Warehouse;

/// <summary>Things looked up by what names them, and who stands behind an id.</summary>
public sealed class LookUpTests
{
    [Fact]
    public async Task Many_bags_are_looked_up_in_the_order_that_was_asked_for()
    {
        await using var host = await WarehouseHost.StartAsync();
        var (dora, sam) = (await host.LogInAsync("Dora"), await host.LogInAsync("Sam"));
        await host.ScanAsync(dora, "LINK", "CB1", "SB1");
        const string Query = "{ bagsByQr(qrs: [\"sb1\", \"CB9\", \"cb1\", \"SB1\"]) { qr bag { qr parent { qr } } } }";
        Assert.Equal(
            """[{"qr":"SB1","bag":{"qr":"SB1","parent":null}},{"qr":"CB9","bag":null},{"qr":"CB1","bag":{"qr":"CB1","parent":{"qr":"SB1"}}},{"qr":"SB1","bag":{"qr":"SB1","parent":null}}]""",
            (await host.AskAsync(dora, Query)).Text("bagsByQr"));
        Assert.Equal("""{"qr":"SB1","bag":null}""", (await host.AskAsync(sam, Query)).Text("bagsByQr.0"));
        var wrong = await host.AskAsync(dora, "{ bagsByQr(qrs: [\"SB1\", \"!\"]) { qr } }");
        Assert.Equal(("INVALID_QR_CODE", "1"), (wrong.Code, wrong.Json.GetProperty("errors")[0].GetProperty("extensions").GetProperty("item").GetRawText()));
    }

    [Fact]
    public async Task Look_ups_of_one_document_fail_one_by_one_and_reach_the_store_once()
    {
        await using var host = await WarehouseHost.StartAsync();
        var dora = await host.LogInAsync("Dora");
        await host.ScanAsync(dora, "LINK", "CB1", "SB1");
        host.StoreCalls.Clear();
        var reply = await host.AskAsync(dora, "{ a: bag(qr: \"CB1\") { qr } b: bag(qr: \"!\") { qr } c: bag(qr: \"SB1\") { qr } }");
        Assert.Equal("INVALID_QR_CODE", reply.Code);
        Assert.Equal("""{"a":{"qr":"CB1"},"b":null,"c":{"qr":"SB1"}}""", reply.Data.GetRawText());
        Assert.Single(host.StoreCalls);
        Assert.Equal("UNAUTHENTICATED", (await host.AskAsync(null, "{ bag(qr: \"CB1\") { qr } }")).Code);
    }

    [Fact]
    public async Task A_bill_and_a_day_s_figures_name_the_user_behind_them()
    {
        await using var host = await WarehouseHost.StartAsync();
        var (ada, bill, dora) = (await host.LogInAsync("Ada"), await host.LogInAsync("Bill"), await host.LogInAsync("Dora"));
        await host.AskAsync(bill, "mutation { createBill(input: { number: \"B-1\", capacity: 1 }) { bill { creator { userName } } } }");
        const string Query = "{ bill(number: \"B-1\") { creator { userName } } }";
        Assert.Equal("Bill", (await host.AskAsync(ada, Query)).Text("bill.creator.userName"));
        Assert.Equal("Bill", (await host.AskAsync(bill, Query)).Text("bill.creator.userName"));
        Assert.Null((await host.AskAsync(dora, Query)).Text("bill.creator"));
        var created = (await host.AskAsync(ada, "{ bill(number: \"B-1\") { createdAt } }")).Text("bill.createdAt")![..10];
        Assert.Equal("Bill", (await host.AskAsync(ada, $"{{ daySummary(date: \"{created}\", timeZone: \"UTC\") {{ billers {{ creator {{ userName }} }} }} }}")).Text("daySummary.billers.0.creator.userName"));
    }

    [Fact]
    public async Task Admins_find_users_by_name_and_count_totals_anew()
    {
        await using var host = await WarehouseHost.StartAsync();
        var ada = await host.LogInAsync("Ada");
        var reply = await host.AskAsync(ada, "{ userByName(userName: \" DORA \") { userName role } none: userByName(userName: \"nobody\") { id } }");
        Assert.Equal("""{"userByName":{"userName":"Dora","role":"DISPATCHER"},"none":null}""", reply.Data.GetRawText());
        var counted = await host.AskAsync(ada, "mutation { reconcileTotals { outcome kept { users } counted { users bags } } }");
        Assert.Equal("""{"outcome":"EXACT","kept":{"users":4},"counted":{"users":4,"bags":0}}""", counted.Text("reconcileTotals"));
    }
}
