using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace GraphQLHost.EndToEnd;

/// <summary>What reaches PostgreSQL, with whichever engine: one statement for each level and kind, however many rows the level has.</summary>
public sealed class StatementTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Parents = 25;

    [Theory]
    // Children take two: their own rows, and those of the parents that their status follows.
    [InlineData("qr", 1)]
    [InlineData("children { qr }", 3)]
    [InlineData("a: children { qr } b: children { status }", 3)]
    [InlineData("children { qr } bill { number }", 4)]
    [InlineData("bill { parents { children { qr } } }", 5)]
    public async Task A_level_of_a_query_is_one_statement_for_one_row_and_for_many(string selection, int statements)
    {
        var database = await server.NewDatabaseAsync();
        await FillAsync(database);
        foreach (var rows in new[] { 1, Parents })
        {
            // A new host, since one that has answered before has rows in its cache.
            await using var host = await PostgresHost.StartAsync(database);
            await host.LogInAsync();
            await host.AskAsync("{ me { id } }");
            using var sent = new SentStatements(database);
            var answer = await host.AskAsync($"{{ bags(first: {rows}, filter: {{ kind: PARENT }}) {{ nodes {{ {selection} }} }} }}");
            Assert.Equal(rows, answer.GetProperty("bags").GetProperty("nodes").GetArrayLength());
            Assert.True(sent.Texts.Count == statements, $"{rows} rows, {sent.Texts.Count} statements:\n{string.Join("\n", sent.Texts)}");
        }
    }

    /// <summary>Parents of one child, each on a bill of five.</summary>
    private static async Task FillAsync(string database)
    {
        await using var host = await PostgresHost.StartAsync(database);
        var tracker = host.TraceTrack.As(new Actor("filler", UserRole.Admin));
        for (var i = 0; i < Parents; i++)
        {
            var (parent, bill) = (QrCode.Parse($"SB{i:000}"), BillNumber.Parse($"B-{i / 5}"));
            if (i % 5 == 0)
                await tracker.Bills.CreateAsync(new(bill, 5));
            foreach (var scan in new[] { RecordScan.Link(ScanId.New(), QrCode.Parse($"CB{i:000}"), parent), RecordScan.Load(ScanId.New(), parent, bill) })
                Assert.Equal(ScanOutcome.Recorded, (await tracker.Scans.RecordAsync(scan)).Outcome);
        }
    }

    /// <summary>What Npgsql sends to one database, as its own traces tell.</summary>
    private sealed class SentStatements : IDisposable
    {
        private readonly ActivityListener _listener;

        public SentStatements(string connectionString)
        {
            var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
            _listener = new()
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (activity.GetTagItem("db.namespace") as string == database && activity.GetTagItem("db.query.text") is string text)
                        Texts.Enqueue(text);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ConcurrentQueue<string> Texts { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
