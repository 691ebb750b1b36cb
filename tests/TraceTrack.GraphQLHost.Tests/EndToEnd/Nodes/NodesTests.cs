using System.Globalization;
using System.Text.Json;

namespace GraphQLHost.EndToEnd.Nodes;

/// <summary>
/// Several hosts are one to their clients, also while their Redis is in trouble. TRACETRACK_SEED repeats a run's work, though not its meetings.
/// </summary>
public sealed class NodesTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Clients = 4;
    private const int Steps = 25;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Three_hosts_over_one_store_and_one_Redis_give_the_same_answers_whatever_becomes_of_Redis()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TRACETRACK_SEED"), out var given) ? given : Random.Shared.Next(1_000_000);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"TRACETRACK_SEED={seed}"));
        try
        {
            await RunAsync(seed);
        }
        catch (Exception error) when (error is Xunit.Sdk.IAssertionException or HttpRequestException or TaskCanceledException)
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"TRACETRACK_SEED={seed}: {error}"));
        }
    }

    private async Task RunAsync(int seed)
    {
        var names = Enumerable.Range(0, Clients).Select(i => string.Create(CultureInfo.InvariantCulture, $"client{i}")).ToArray();
        await using var cluster = await Cluster.StartAsync(await server.NewDatabaseAsync(), names);
        var clients = names.Select((name, i) => new NodeClient(cluster, name, i, seed + i)).ToArray();
        foreach (var client in clients)
            await client.LogInAsync();

        await WorkAsync(clients, Steps, _ => Task.CompletedTask);
        await WorkAsync(clients, Steps, step => step % 3 == 0 ? cluster.CutConnectionsAsync() : Task.CompletedTask);
        await AgreeAsync(cluster, clients);
        // Without Redis a node learns of others' writes some seconds later only.
        await WorkAsync(clients, Steps / 2, step => step == Steps / 4 ? cluster.StopRedisAsync() : Task.CompletedTask);
        await AgreeAsync(cluster, clients);
    }

    /// <summary>All clients work at once; the trouble comes before steps of the first one.</summary>
    private static Task WorkAsync(NodeClient[] clients, int steps, Func<int, Task> trouble) => Task.WhenAll(clients.Select((client, i) => Task.Run(async () =>
    {
        for (var step = 0; step < steps; step++)
        {
            if (i == 0)
                await trouble(step);
            await client.StepAsync();
        }
    })));

    private static async Task AgreeAsync(Cluster cluster, NodeClient[] clients)
    {
        // Nothing is proved about what nobody did.
        Assert.True(clients.Any(client => client.Imports.Count > 0) && clients.Any(client => client.Bills.Count > 0) && clients.Any(client => client.EndedTokens.Count > 0));
        var token = clients[0].Token;
        foreach (var client in clients)
        {
            await EventuallyTheSameAsync(client.EverythingAsync);
            for (var node = 0; node < Cluster.Nodes; node++)
                await client.AssertEndedAsync(node);
        }

        var lists = await EventuallyTheSameAsync(async node => (await cluster.DataAsync(node, token, """
            {
              bags(first: 200) { nodes { qr status version } pageInfo { hasNextPage endCursor } }
              bills(first: 200) { nodes { number status version } }
              scans(first: 200) { nodes { id action outcome reason } }
              search(text: "SB", first: 200) { qr version }
              imports(first: 200) { nodes { id rowsRead } }
            }
            """)).GetRawText());
        Assert.Contains("\"nodes\":[{", lists, StringComparison.Ordinal);

        var (bags, bills) = (clients.SelectMany(client => client.Bags).Distinct(StringComparer.Ordinal).Count(), clients.Sum(client => client.Bills.Count));
        var totals = await EventuallyTheSameAsync(async node => (await cluster.DataAsync(node, token, "{ totals { bags bills scans users } }")).GetRawText());
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $$$"""{"totals":{"bags":{{{bags}}},"bills":{{{bills}}},"scans":{{{clients.Sum(client => client.Scans)}}},"users":{{{Clients}}}}}"""),
            totals);
        var reconciled = await cluster.DataAsync(1, token, "mutation { reconcileTotals { outcome } }");
        Assert.Equal("EXACT", Text(reconciled, "reconcileTotals"));
        foreach (var bill in clients.SelectMany(client => client.Bills))
            Assert.Equal("EXACT", Text(await cluster.DataAsync(2, token, "mutation($n: String!) { recalculateBill(input: { number: $n }) { outcome } }", new { n = bill }), "recalculateBill"));
    }

    private static string Text(JsonElement data, string member) => data.GetProperty(member).GetProperty("outcome").GetString()!;

    private static async Task<string> EventuallyTheSameAsync(Func<int, Task<string>> ask)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answers = new List<string>();
            for (var node = 0; node < Cluster.Nodes; node++)
                answers.Add(await ask(node));
            if (answers.Distinct(StringComparer.Ordinal).Count() == 1)
                return answers[0];
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, string.Join("\n--\n", answers));
            await Task.Delay(50);
        }
    }
}
