namespace TraceTrack.GraphQLHost.Tests.Warehouse;

public sealed class ImportTests
{
    private const string Import = """
        mutation($rows: [ImportRowInput!]!, $options: ImportOptionsInput) {
          importBags(rows: $rows, options: $options) {
            replay
            import { id isDryRun isRolledBack rowsRead parents children linked kept updated scans rejected rejections { reason rows } }
            results { ordinal qr outcome reason detail bag { qr parent { qr } } }
          }
        }
        """;

    [Fact]
    public async Task Bags_are_imported_and_every_row_that_was_not_taken_is_told()
    {
        await using var host = await WarehouseHost.StartAsync();
        var biller = await host.LogInAsync("Bill");
        object[] rows = [new { qr = "cb1", parent = "sb1", weightKg = 1.25 }, new { qr = "SB1", area = "north" }, new { qr = "x!" }, new { qr = "cb2", parent = "SB9" }];
        var id = Guid.CreateVersion7();
        var reply = await host.AskAsync(biller, Import, new { rows, options = new { importId = id } });
        Assert.Equal(
            $$"""{"id":"{{id}}","isDryRun":false,"isRolledBack":false,"rowsRead":4,"parents":1,"children":1,"linked":1,"kept":0,"updated":0,"scans":0,"rejected":2,"rejections":[{"reason":"INVALID_QR_CODE","rows":1},{"reason":"UNKNOWN_PARENT","rows":1}]}""",
            reply.Text("importBags.import"));
        Assert.Equal(
            """[{"ordinal":3,"qr":"x!","outcome":"REJECTED","reason":"INVALID_QR_CODE","detail":null,"bag":null},{"ordinal":4,"qr":"cb2","outcome":"REJECTED","reason":"UNKNOWN_PARENT","detail":"SB9","bag":null}]""",
            reply.Text("importBags.results"));
        Assert.Equal("""{"weightKg":1.250,"area":"NORTH","parent":{"qr":"SB1"}}""", (await host.AskAsync(biller, "{ bag(qr: \"CB1\") { weightKg area parent { qr } } }")).Text("bag"));

        var again = await host.AskAsync(biller, Import, new { rows, options = new { importId = id } });
        Assert.Equal(("true", "2"), (again.Text("importBags.replay"), again.Text("importBags.import.rejected")));
        var known = await host.AskAsync(biller, Import, new { rows = rows[..2], options = new { dryRun = true, onExisting = "REJECT", onError = "ROLL_BACK" } });
        Assert.Equal(("true", "true", "CB1"), (known.Text("importBags.import.isDryRun"), known.Text("importBags.import.isRolledBack"), known.Text("importBags.results.0.bag.qr")));
    }

    [Fact]
    public async Task Imports_and_their_results_are_found_and_paged()
    {
        await using var host = await WarehouseHost.StartAsync();
        var admin = await host.LogInAsync("Ada");
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var id in new[] { first, second })
            (await host.AskAsync(admin, Import, new { rows = new[] { new { qr = "x!" }, new { qr = "cb1" }, new { qr = "y!" } }, options = new { importId = id } })).Text("importBags.replay");
        var reply = await host.AskAsync(admin, $$"""
            {
              import(id: "{{first}}") { id rowsRead rejected seconds path }
              unknown: import(id: "{{Guid.NewGuid()}}") { id }
              imports(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } }
              importResults(id: "{{second}}", last: 1) { edges { cursor node { ordinal qr reason } } pageInfo { hasPreviousPage } }
              none: importResults(id: "{{Guid.NewGuid()}}") { nodes { qr } }
            }
            """);
        Assert.Equal((first.ToString(), "3", "2"), (reply.Text("import.id"), reply.Text("import.rowsRead"), reply.Text("import.rejected")));
        Assert.Null(reply.Text("unknown"));
        Assert.Null(reply.Text("none"));
        Assert.Equal((second.ToString(), "true"), (reply.Text("imports.nodes.0.id"), reply.Text("imports.pageInfo.hasNextPage")));
        Assert.Equal("""{"ordinal":3,"qr":"y!","reason":"INVALID_QR_CODE"}""", reply.Text("importResults.edges.0.node"));
        Assert.Equal("true", reply.Text("importResults.pageInfo.hasPreviousPage"));
        var next = await host.AskAsync(admin, $"{{ imports(first: 1, after: \"{reply.Text("imports.pageInfo.endCursor")}\") {{ nodes {{ id }} pageInfo {{ hasNextPage }} }} }}");
        Assert.Equal($$$"""{"nodes":[{"id":"{{{first}}}"}],"pageInfo":{"hasNextPage":false}}""", next.Text("imports"));
    }

    [Theory]
    [InlineData("{ imports { nodes { id } } }")]
    [InlineData("{ import(id: \"0199c1de-0000-7000-8000-000000000001\") { id } }")]
    [InlineData("{ importResults(id: \"0199c1de-0000-7000-8000-000000000001\") { nodes { qr } } }")]
    [InlineData("mutation { importBags(rows: [{ qr: \"CB1\" }]) { replay } }")]
    [InlineData("mutation { reconcileTotals { outcome } }")]
    [InlineData("{ userByName(userName: \"Ada\") { id } }")]
    public async Task Dispatchers_have_no_part_in_it(string query)
    {
        await using var host = await WarehouseHost.StartAsync();
        Assert.Equal("NOT_ALLOWED", (await host.AskAsync(await host.LogInAsync("Dora"), query)).Code);
        Assert.Equal("UNAUTHENTICATED", (await host.AskAsync(null, query)).Code);
    }

    [Fact]
    public async Task More_than_five_hundred_rows_or_an_id_that_is_none_change_nothing()
    {
        await using var host = await WarehouseHost.StartAsync();
        var admin = await host.LogInAsync("Ada");
        var rows = Enumerable.Range(0, 501).Select(i => new { qr = $"CB{i}" });
        Assert.Equal("INVALID_BATCH", (await host.AskAsync(admin, Import, new { rows })).Code);
        Assert.Equal("INVALID_IMPORT", (await host.AskAsync(admin, Import, new { rows = rows.Take(1), options = new { importId = "no uuid" } })).Code);
        Assert.Equal("0", (await host.AskAsync(admin, "{ totals { bags } }")).Text("totals.bags"));
    }
}
