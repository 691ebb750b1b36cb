using System.Net;
using System.Text;
using System.Text.Json;

namespace GraphQLHost.EndToEnd;

/// <summary>Files of bags through the whole path: HTTP, access rules, COPY.</summary>
public sealed class BulkTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Header = "qr,parent,area,weight_kg\n";

    [Fact]
    public async Task A_file_goes_into_PostgreSQL_and_out_of_it_over_HTTP()
    {
        await using var host = await PostgresHost.StartAsync(await server.NewDatabaseAsync());
        await host.LogInAsync();
        // Into an empty store, and again beside what is there.
        var (status, fresh) = await ImportAsync(host, "qr,parent,area,weight_kg\nSB1,,NORTH,\nCB2,SB1,NORTH,1.250\n!,,,\n");
        Assert.Equal((HttpStatusCode.OK, 2, 1), (status, fresh.Report.GetProperty("rows").GetInt32() - 1, fresh.Report.GetProperty("rejected").GetInt32()));
        Assert.Equal(["""{"type":"result","line":4,"ordinal":3,"qr":"!","outcome":"REJECTED","reason":"INVALID_QR_CODE","detail":null}"""], fresh.Results);
        var (_, staged) = await ImportAsync(host, "qr,parent\nSB3,\nCB4,SB3\nCB2,SB3\n", "?onExisting=keep");
        Assert.Equal((3, 1, 0), (staged.Report.GetProperty("rows").GetInt32(), staged.Report.GetProperty("kept").GetInt32(), staged.Report.GetProperty("rejected").GetInt32()));
        Assert.False(fresh.Report.GetProperty("path").GetString() == staged.Report.GetProperty("path").GetString());

        using var exported = await host.SendAsync(HttpMethod.Get, "/export");
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (exported.StatusCode, exported.Content.Headers.ContentType!.MediaType));
        Assert.Equal(Header + "SB1,,NORTH,\nSB3,,,\nCB2,SB1,NORTH,1.250\nCB4,SB3,,1.000\n", await exported.Content.ReadAsStringAsync());
        using var lines = await host.SendAsync(HttpMethod.Get, "/export?format=ndjson&kind=child&area=north");
        Assert.Equal("CB2", JsonElement.Parse(await lines.Content.ReadAsStringAsync()).GetProperty("qr").GetString());
        Assert.Equal(4, (await host.AskAsync("{ totals { bags } }")).GetProperty("totals").GetProperty("bags").GetInt32());
        Assert.Equal("SB1", (await host.AskAsync("""{ bag(qr: "CB2") { parent { qr } } }""")).GetProperty("bag").GetProperty("parent").GetProperty("qr").GetString());
    }

    [Fact]
    public async Task Files_are_for_nobody_without_a_session()
    {
        await using var host = await PostgresHost.StartAsync(await server.NewDatabaseAsync());
        using var import = await host.SendAsync(HttpMethod.Post, "/import", Csv("qr\nSB1\n"));
        using var export = await host.SendAsync(HttpMethod.Get, "/export");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (import.StatusCode, export.StatusCode));
        await host.LogInAsync();
        using var nothing = await host.SendAsync(HttpMethod.Get, "/export");
        Assert.Equal(Header, await nothing.Content.ReadAsStringAsync());
    }

    private static async Task<(HttpStatusCode Status, ImportLines Lines)> ImportAsync(PostgresHost host, string file, string query = "")
    {
        using var response = await host.SendAsync(HttpMethod.Post, "/import" + query, Csv(file));
        return (response.StatusCode, new(await response.Content.ReadAsStringAsync()));
    }

    private static StringContent Csv(string file) => new(file, Encoding.UTF8, "text/csv");

    private sealed record ImportLines(string Body)
    {
        public JsonElement Report => Assert.Single(Lines.Select(line => JsonElement.Parse(line)), line => line.GetProperty("type").GetString() == "report");

        public IEnumerable<string> Results => Lines.Where(line => line.StartsWith("""{"type":"result",""", StringComparison.Ordinal));

        private string[] Lines => Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
