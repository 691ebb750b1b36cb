using TraceTrack.GraphQLHost.Tests.Warehouse;

namespace TraceTrack.GraphQLHost.Tests.Bulk;

public sealed class BulkRefusalTests
{
    [Theory]
    [InlineData("Dora", "", "text/csv", 403, "NOT_ALLOWED")]
    [InlineData(null, "", "text/csv", 401, "UNAUTHENTICATED")]
    [InlineData("Bill", "", "application/json", 415, "UNSUPPORTED_MEDIA_TYPE")]
    [InlineData("Bill", "", "text/csv; charset=latin1", 415, "UNSUPPORTED_MEDIA_TYPE")]
    [InlineData("Bill", "", "", 415, "UNSUPPORTED_MEDIA_TYPE")]
    [InlineData("Bill", "?dry-run=true", "text/csv", 400, "BAD_REQUEST")]
    [InlineData("Bill", "?dryRun=perhaps", "text/csv", 400, "BAD_REQUEST")]
    [InlineData("Bill", "?onExisting=1", "text/csv", 400, "BAD_REQUEST")]
    [InlineData("Bill", "?onError=stop", "text/csv", 400, "BAD_REQUEST")]
    [InlineData("Bill", "?onError=continue&onError=rollback", "text/csv", 400, "BAD_REQUEST")]
    [InlineData("Bill", "?connections=17", "text/csv", 400, "BAD_REQUEST")]
    [InlineData("Bill", "?importId=00000000-0000-0000-0000-000000000000", "text/csv", 400, "BAD_REQUEST")]
    public async Task An_import_that_cannot_begin_has_a_status_and_a_code(string? user, string query, string contentType, int status, string code)
    {
        await using var host = await WarehouseHost.StartAsync();
        var answer = await host.ImportAsync(user is null ? null : await host.LogInAsync(user), "qr\nSB1\n", query, contentType);
        Assert.Equal((status, code, "application/json"), (answer.Status, answer.Code, answer.MediaType));
        Assert.Equal("qr,parent,area,weight_kg\n", await host.ExportAsync(await host.LogInAsync("Ada")));
    }

    [Fact]
    public async Task What_is_too_large_is_refused_whether_it_says_so_or_not()
    {
        await using var host = await WarehouseHost.StartAsync(imports: limits => limits.MaxBytes = 20);
        var token = await host.LogInAsync("Ada");
        Assert.Equal(200, (await host.ImportAsync(token, "qr\nC000001\nC0000002\n")).Status);
        const string larger = "qr\nD000001\nD00000002\n";
        var said = await host.ImportAsync(token, larger);
        var unsaid = await host.ImportAsync(token, new Chunks(larger));
        Assert.Equal((413, "REQUEST_TOO_LARGE"), (said.Status, said.Code));
        Assert.Equal((413, "REQUEST_TOO_LARGE"), (unsaid.Status, unsaid.Code));
        Assert.DoesNotContain("D0", await host.ExportAsync(token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?format=xml", "BAD_REQUEST")]
    [InlineData("?kind=bag", "BAD_REQUEST")]
    [InlineData("?colour=red", "BAD_REQUEST")]
    [InlineData("?area=no!", "INVALID_AREA")]
    [InlineData("?parent=!", "INVALID_QR_CODE")]
    [InlineData("?bill=no!", "INVALID_BILL_NUMBER")]
    [InlineData("?createdFrom=2026-03-01", "BAD_REQUEST")]
    [InlineData("?createdBefore=2026-03-01T00:00:00", "BAD_REQUEST")]
    public async Task An_export_of_nothing_that_exists_is_refused(string query, string code)
    {
        await using var host = await WarehouseHost.StartAsync();
        using var response = await host.SendAsync(await host.LogInAsync("Ada"), HttpMethod.Get, "/export" + query);
        var answer = new Answer((int)response.StatusCode, null, await response.Content.ReadAsStringAsync());
        Assert.Equal((400, code, null), (answer.Status, answer.Code, response.Content.Headers.ContentDisposition));
    }

    [Fact]
    public async Task An_export_ends_at_the_area_of_whom_asks_and_is_for_nobody_without_a_session()
    {
        await using var host = await WarehouseHost.StartAsync();
        await host.ImportAsync(await host.LogInAsync("Bill"), "qr,area\nSB1,NORTH\nSB2,SOUTH\nC01,NORTH\n");
        var dora = await host.LogInAsync("Dora");
        Assert.Equal("qr,parent,area,weight_kg\nSB1,,NORTH,\nC01,,NORTH,1.000\n", await host.ExportAsync(dora));
        Assert.Equal("qr,parent,area,weight_kg\nSB1,,NORTH,\n", await host.ExportAsync(dora, "?kind=parent"));
        Assert.Equal("qr,parent,area,weight_kg\n", await host.ExportAsync(dora, "?area=south"));
        using var nobody = await host.SendAsync(null, HttpMethod.Get, "/export");
        Assert.Equal((401, "Bearer"), ((int)nobody.StatusCode, nobody.Headers.WwwAuthenticate.ToString()));
    }

    [Theory]
    [InlineData("/import", "POST")]
    [InlineData("/export", "GET")]
    public async Task Other_methods_are_told_the_one_that_works(string path, string method)
    {
        await using var host = await WarehouseHost.StartAsync();
        using var response = await host.SendAsync(null, HttpMethod.Delete, path);
        Assert.Equal((405, method), ((int)response.StatusCode, response.Content.Headers.Allow.Single()));
    }
}
