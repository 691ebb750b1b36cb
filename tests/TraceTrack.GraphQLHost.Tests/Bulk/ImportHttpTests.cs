using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.GraphQLHost.Tests.Http;
using TraceTrack.GraphQLHost.Tests.Warehouse;
using TraceTrack.Scans;
using TraceTrack.Users;

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
    public async Task A_file_with_every_kind_of_malformed_row_is_taken_but_for_those_rows()
    {
        await using var host = await WarehouseHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        var file = Encoding.Latin1.GetBytes(
            "\u00EF\u00BB\u00BF\r\nparent,qr\r\n,SB1\r\n#SB1,C01\r\nSB1,C02,x\n\nC03\nSB1,\"C04\"x\nSB1,\"C05\nSB1,\"C06\"\nSB1," + new string('x', 70_000)
            + "\nSB1,C0\u00FF7\n\"SB1\",\"C\n08\"\nSB1,C09\nSB1,\"C10\n");
        var answer = await host.ImportAsync(token, TestHost.Content(file, "text/csv"));
        string[] expected =
        [
            "4 C01 INVALID_QR_CODE ", "5 C02 MALFORMED 3 fields where the heading has 2.", "7  MALFORMED 1 fields where the heading has 2.",
            "8 C04 MALFORMED Text follows a closing quote.", "9 C05 MALFORMED Text follows a closing quote.",
            $"11 {new string('x', 200)} MALFORMED A row of more than 65536 characters; perhaps a quote is not closed.",
            "12 C0\uFFFD7 INVALID_QR_CODE ", "16 C10 MALFORMED A quote is not closed within 100 lines, or the end of the file.",
        ];
        Assert.Equal(expected, answer.Results.Select(line => JsonElement.Parse(line)).Select(result =>
            $"{result.GetProperty("line")} {result.GetProperty("qr").GetString()} {result.GetProperty("reason").GetString()} {result.GetProperty("detail").GetString()}"));
        Assert.Equal((200, 12, 6), (answer.Status, answer.Report.GetProperty("rows").GetInt32(), answer.Report.GetProperty("rejectedByReason").GetProperty("MALFORMED").GetInt32()));
        Assert.Equal(Empty + "SB1,,,\nC06,SB1,,1.000\nC08,SB1,,1.000\nC09,SB1,,1.000\n", await host.ExportAsync(token));
    }

    [Fact]
    public async Task Lines_that_are_no_bags_are_rows_that_are_not_taken()
    {
        await using var host = await WarehouseHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        var answer = await host.ImportAsync(token, "{\"qr\":\"SB1\"}\nqr,parent\n{\"parent\":7,\"qr\":\"C01\"}\n{\"qr\":\"C02\"}\n", contentType: "application/x-ndjson");
        Assert.Equal(
            [
                """{"type":"result","line":2,"ordinal":2,"qr":"","outcome":"REJECTED","reason":"MALFORMED","detail":"This is not one whole JSON object, such as {\"qr\":\"CB1\",\"parent\":\"SB1\"}."}""",
                """{"type":"result","line":3,"ordinal":3,"qr":"C01","outcome":"REJECTED","reason":"MALFORMED","detail":"parent must be a string."}""",
            ],
            answer.Results);
        Assert.Equal(Empty + "SB1,,,\nC02,,,1.000\n", await host.ExportAsync(token));
    }

    [Fact]
    public async Task A_body_that_fails_late_ends_the_answer_with_an_error_and_changes_nothing()
    {
        await using var host = await WarehouseHost.StartAsync(imports: limits => limits.MaxBytes = 900_000);
        var token = await host.LogInAsync("Ada");
        var answer = await host.ImportAsync(token, new Chunks(Many(120_000)));
        Assert.Equal(200, answer.Status);
        Assert.Equal("progress", answer.Lines[0].GetProperty("type").GetString());
        Assert.Matches(
            """^{"type":"error","code":"REQUEST_TOO_LARGE","requestId":"[^"]+","message":"An import has at most 900000 bytes."}$""", answer.Body.TrimEnd().Split('\n')[^1]);
        Assert.Equal(Empty, await host.ExportAsync(token));
    }

    [Fact]
    public async Task A_file_without_a_heading_has_a_status()
    {
        await using var host = await WarehouseHost.StartAsync();
        var answer = await host.ImportAsync(await host.LogInAsync("Ada"), "C1\nC2\n");
        Assert.Equal((400, "INVALID_IMPORT"), (answer.Status, answer.Code));
        Assert.Contains("Line 1: 'C1' is no column", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_may_be_of_one_bill_or_of_a_time()
    {
        await using var host = await WarehouseHost.StartAsync();
        var token = await host.LogInAsync("Ada");
        await host.ImportAsync(token, "qr,parent\nSB1,\nC01,SB1\nSB2,\n");
        var tracker = host.Services.GetRequiredService<ITraceTrack>().As(Actor.System);
        var bill = BillNumber.Parse("BL1");
        await tracker.Bills.CreateAsync(new(bill, 1));
        await tracker.Scans.RecordAsync(RecordScan.Load(ScanId.New(), QrCode.Parse("SB1"), bill));
        Assert.Equal(Empty + "SB1,,,\nC01,SB1,,1.000\n", await host.ExportAsync(token, "?bill=bl1"));
        Assert.Equal(Empty, await host.ExportAsync(token, "?bill=BL2"));
        Assert.Equal(Empty + "SB1,,,\nSB2,,,\nC01,SB1,,1.000\n", await host.ExportAsync(token, "?createdFrom=2020-01-01T00:00%2B01:00&createdBefore=2999-01-01T00:00:00Z"));
        Assert.Equal(Empty, await host.ExportAsync(token, "?createdFrom=2999-01-01T00:00:00Z"));
        Assert.Equal(Empty, await host.ExportAsync(token, "?createdBefore=2020-01-01T00:00:00Z"));
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
