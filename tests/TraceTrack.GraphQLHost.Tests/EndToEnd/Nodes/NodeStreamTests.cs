using System.Globalization;
using System.Text.Json;
using TraceTrack.GraphQLHost.Tests.Live;

namespace GraphQLHost.EndToEnd.Nodes;

/// <summary>Subscribers of several hosts over one store.</summary>
public sealed class NodeStreamTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Admin = "admin0";
    private const string Scans = "subscription($after: String) { scanRecorded(after: $after) { eventId scan { qr } } }";

    [Fact]
    public async Task Whoever_records_a_scan_every_hosts_subscribers_are_told_once_and_in_the_same_order()
    {
        const int Each = 40;
        await using var cluster = await Cluster.StartAsync(await server.NewDatabaseAsync(), [Admin]);
        var token = await LogInAsync(cluster);
        var streams = new List<LiveClient>();
        try
        {
            for (var node = 0; node < Cluster.Nodes; node++)
                streams.Add(await LiveClient.OpenAsync(cluster.Client(node), token, Scans));
            var writing = Task.WhenAll(Enumerable.Range(0, Cluster.Nodes).Select(node => Task.Run(async () =>
            {
                for (var i = 0; i < Each; i++)
                    await ScanAsync(cluster, node, token, "OBSERVE", string.Create(CultureInfo.InvariantCulture, $"C{node}-{i:00}"));
            })));
            var told = new List<List<string>>();
            foreach (var stream in streams)
            {
                told.Add([]);
                // The first half from here, the rest from another host: a position is the store's, and no host's.
                var last = "";
                for (var i = 0; i < Cluster.Nodes * Each / 2; i++)
                    last = await NextAsync(stream, told[^1]);
                await using var rest = await LiveClient.OpenAsync(cluster.Client(told.Count % Cluster.Nodes), token, Scans, new { after = last });
                for (var i = 0; i < Cluster.Nodes * Each / 2; i++)
                    await NextAsync(rest, told[^1]);
            }

            await writing;
            Assert.Equal(Cluster.Nodes * Each, told[0].Distinct(StringComparer.Ordinal).Count());
            Assert.All(told, codes => Assert.Equal(told[0], codes));
        }
        finally
        {
            foreach (var stream in streams)
                await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_bill_that_changes_and_a_session_that_ends_at_one_host_are_heard_of_at_another()
    {
        await using var cluster = await Cluster.StartAsync(await server.NewDatabaseAsync(), [Admin]);
        var token = await LogInAsync(cluster);
        await cluster.DataAsync(1, token, "mutation { createBill(input: { number: \"B-1\", capacity: 3 }) { bill { number } } }");
        await using var bill = await LiveClient.OpenAsync(cluster.Client(0), token, "subscription { billChanged(number: \"B-1\") { eventId bill { status } } }");
        Assert.Contains("NEW", (await bill.ReadAsync()).Json.GetRawText(), StringComparison.Ordinal);
        await ScanAsync(cluster, 2, token, "LOAD", "SB1", "B-1");
        Assert.Contains("PROCESSING", (await bill.ReadAsync()).Json.GetRawText(), StringComparison.Ordinal);
        await cluster.DataAsync(1, token, "mutation { completeBill(input: { number: \"B-1\" }) { bill { number } } }");
        Assert.Contains("COMPLETED", (await bill.ReadAsync()).Json.GetRawText(), StringComparison.Ordinal);
        await cluster.DataAsync(2, token, "mutation { logout { loggedOut } }");
        await bill.EndsWithAsync("UNAUTHENTICATED");
    }

    private static async Task<string> LogInAsync(Cluster cluster) => (await cluster.DataAsync(
        0, null, "mutation($n: String!, $p: String!) { login(userName: $n, password: $p) { token } }", new { n = Admin, p = Cluster.Password }))
        .GetProperty("login").GetProperty("token").GetString()!;

    private static Task<JsonElement> ScanAsync(Cluster cluster, int node, string token, string action, string qr, string? bill = null) => cluster.DataAsync(
        node, token, "mutation($input: RecordScanInput!) { recordScan(input: $input) { outcome } }", new { input = new { scanId = Guid.NewGuid(), action, qr, bill } });

    private static async Task<string> NextAsync(LiveClient live, List<string> codes)
    {
        var told = await live.ReadAsync();
        codes.Add(told.Data.GetProperty("scanRecorded").GetProperty("scan").GetProperty("qr").GetString()!);
        return told.EventId;
    }
}
