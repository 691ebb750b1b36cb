using System.Text;
using TraceTrack.GraphQLHost.Tests.Warehouse;

namespace TraceTrack.GraphQLHost.Tests.Bulk;

public sealed class ImportHttpTests
{
    private const string Empty = "qr,parent,area,weight_kg\n";

    [Theory]
    [InlineData("csv", "text/csv", "qr,parent,area,weight_kg\nSB100,,NORTH,\nSB200,,,\nC0001,SB100,NORTH,1.250\nC0002,,SOUTH,1.000\n")]
    [InlineData("ndjson", "application/x-ndjson", "{\"qr\":\"SB100\",\"area\":\"NORTH\"}\n{\"qr\":\"C0001\",\"parent\":\"SB100\",\"area\":\"NORTH\",\"weightKg\":1.250}\n")]
    public async Task What_was_imported_is_exported_byte_by_byte(string format, string contentType, string file)
    {
        await using var host = await WarehouseHost.StartAsync();
        var token = await host.LogInAsync("Bill");
        var answer = await host.ImportAsync(token, file, contentType: contentType);
        Assert.Equal((200, "application/x-ndjson"), (answer.Status, answer.MediaType));
        Assert.Empty(answer.Results);
        using var response = await host.SendAsync(token, HttpMethod.Get, "/export?format=" + format);
        Assert.Equal(file, await response.Content.ReadAsStringAsync());
        Assert.Equal(contentType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"attachment; filename=\"bags.{format}\"", response.Content.Headers.ContentDisposition!.ToString());
    }

    [Fact]
    public async Task Each_row_that_is_not_taken_is_told_with_its_line()
    {
        await using var host = await WarehouseHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        var answer = await host.ImportAsync(token, "qr,parent\nSB1,\n\nC01,SB1\n!,\nC01,SB1\nC02,SB9\n" + new string('x', 199) + "😀,\n");
        var report = answer.Report;
        Assert.Equal(("""{"INVALID_QR_CODE":2,"DUPLICATE_IN_FILE":1,"UNKNOWN_PARENT":1}""", 6), (report.GetProperty("rejectedByReason").GetRawText(), report.GetProperty("rows").GetInt32()));
        Assert.Equal(
            [
                """{"type":"result","line":5,"ordinal":3,"qr":"!","outcome":"REJECTED","reason":"INVALID_QR_CODE","detail":null}""",
                """{"type":"result","line":6,"ordinal":4,"qr":"C01","outcome":"REJECTED","reason":"DUPLICATE_IN_FILE","detail":"2"}""",
                """{"type":"result","line":7,"ordinal":5,"qr":"C02","outcome":"REJECTED","reason":"UNKNOWN_PARENT","detail":"SB9"}""",
            ],
            answer.Results.Take(3));
        Assert.Equal(4, answer.Results.Length);
        Assert.Equal("report", answer.Lines[^5].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Progress_comes_before_the_report()
    {
        await using var host = await WarehouseHost.StartAsync();
        var answer = await host.ImportAsync(await host.LogInAsync("Ada"), Many(60_000, "?\n"));
        Assert.Equal(
            ["progress READING 50000 1", "progress CHECKING 60001 1", "progress DONE 60001 1"],
            answer.Lines.Where(line => line.TryGetProperty("phase", out _))
                .Select(line => $"{line.GetProperty("type").GetString()} {line.GetProperty("phase").GetString()} {line.GetProperty("rows")} {line.GetProperty("rejected")}"));
        Assert.Equal(["progress", "progress", "progress", "report", "result"], answer.Lines.Select(line => line.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_file_that_breaks_late_ends_the_answer_with_an_error_and_changes_nothing()
    {
        await using var host = await WarehouseHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        var answer = await host.ImportAsync(token, Many(60_000) + "\"C2\"x\n");
        Assert.Equal(200, answer.Status);
        Assert.Equal("progress", answer.Lines[0].GetProperty("type").GetString());
        Assert.Equal(
            """{"type":"error","code":"INVALID_IMPORT","message":"Line 60002: Quotes are not closed, or text follows a closing quote."}""", answer.Body.TrimEnd().Split('\n')[^1]);
        Assert.Equal(Empty, await host.ExportAsync(token));
    }

    [Fact]
    public async Task A_file_that_breaks_early_has_a_status()
    {
        await using var host = await WarehouseHost.StartAsync();
        var answer = await host.ImportAsync(await host.LogInAsync("Ada"), "qr\nC1\n\"C2\n");
        Assert.Equal((400, "INVALID_IMPORT"), (answer.Status, answer.Code));
        Assert.Contains("Line 3: Quotes", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_import_answers_as_the_first_and_changes_nothing()
    {
        await using var host = await WarehouseHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        const string query = "?importId=0199c1de-0000-7000-8000-000000000001";
        var first = await host.ImportAsync(token, "qr\n\nSB1\n!\n", query);
        var again = await host.ImportAsync(token, "qr\n\nSB1\n!\n", query);
        Assert.Equal((false, true), (first.Report.GetProperty("isReplay").GetBoolean(), again.Report.GetProperty("isReplay").GetBoolean()));
        Assert.Contains("\"line\":4,", Assert.Single(first.Results), StringComparison.Ordinal);
        Assert.Equal(first.Results, again.Results);
        // The lines of another file would be wrong ones.
        var other = await host.ImportAsync(token, "qr\nSB7\n", query);
        Assert.Contains("\"line\":null,\"ordinal\":2,", Assert.Single(other.Results), StringComparison.Ordinal);
        Assert.Equal(Empty + "SB1,,,\n", await host.ExportAsync(token));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await using var host = await WarehouseHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        var report = (await host.ImportAsync(token, "qr\nSB1\n", "?dryRun=true")).Report;
        Assert.Equal((true, 1), (report.GetProperty("isDryRun").GetBoolean(), report.GetProperty("parents").GetInt32()));
        Assert.Equal(Empty, await host.ExportAsync(token));
    }

    [Fact]
    public async Task The_options_are_those_of_the_command()
    {
        await using var host = await WarehouseHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        await host.ImportAsync(token, "qr,area\nSB1,A1\n");
        Assert.Equal(1, (await host.ImportAsync(token, "qr,area\nSB1,A2\n", "?onExisting=update&connections=2")).Report.GetProperty("updated").GetInt32());
        Assert.True((await host.ImportAsync(token, "qr\nSB1\nSB2\n", "?onExisting=reject&onError=rollback")).Report.GetProperty("isRolledBack").GetBoolean());
        Assert.Contains("\"outcome\":\"KEPT\"", Assert.Single((await host.ImportAsync(token, "qr\nSB1\n", "?onExisting=keep")).Results), StringComparison.Ordinal);
        Assert.Equal(Empty + "SB1,,A2,\n", await host.ExportAsync(token));
    }

    private static string Many(int rows, string first = "") =>
        new StringBuilder("qr\n" + first).AppendJoin('\n', Enumerable.Range(0, rows).Select(i => $"C{i:000000}")).Append('\n').ToString();
}
