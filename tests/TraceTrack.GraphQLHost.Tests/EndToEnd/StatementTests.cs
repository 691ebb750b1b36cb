using System.Globalization;
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
    public Task A_level_of_a_query_is_one_statement_for_one_row_and_for_many(string selection, int statements) =>
        CountAsync(rows => $"{{ bags(first: {rows}, filter: {{ kind: PARENT }}) {{ nodes {{ {selection} }} }} }}", "bags nodes", statements);

    [Theory]
    [InlineData("scans(first: %) { nodes { qr } }", "scans nodes", 1)]
    // All bags that scans name are one look-up, and the parents that their status follows are among them.
    [InlineData("scans(first: %) { nodes { bag { qr } parent { qr } fromParent { qr } bill { number } user { userName } } }", "scans nodes", 4)]
    [InlineData("scans(first: %) { nodes { bag { children { qr } } parent { children { qr } } } }", "scans nodes", 3)]
    [InlineData("scansAfter(first: %) { events { scan { bag { qr } parent { qr } bill { number } user { userName } } } }", "scansAfter events", 4)]
    [InlineData("bagHistory(qr: \"SB000\", first: %) { nodes { other { qr } bill { number } user { userName } } }", "bagHistory nodes", 5)]
    [InlineData("billHistory(number: \"B-0\", first: %) { nodes { other { qr } bill { parents { qr } } user { userName } } }", "billHistory nodes", 5)]
    public Task A_list_of_what_happened_takes_no_more_for_many_rows(string query, string list, int statements) =>
        CountAsync(rows => $"{{ {query.Replace("%", rows.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)} }}", list, statements, isExact: false);

    private async Task CountAsync(Func<int, string> query, string list, int statements, bool isExact = true)
    {
        var database = await server.NewDatabaseAsync();
        await FillAsync(database);
        foreach (var rows in new[] { 1, Parents })
        {
            // A new host, since one that has answered before has rows in its cache.
            await using var host = await PostgresHost.StartAsync(database);
            await host.LogInAsync();
            await host.AskAsync("{ me { id } }");
            using var sent = new SentStatements(new NpgsqlConnectionStringBuilder(database).Database!);
            var answer = list.Split(' ').Aggregate(await host.AskAsync(query(rows)), (found, part) => found.GetProperty(part));
            Assert.InRange(answer.GetArrayLength(), isExact ? rows : Math.Min(rows, 2), rows);
            // One row may name fewer things than many do.
            Assert.True(sent.Texts.Count == statements || (!isExact && rows == 1 && sent.Texts.Count < statements), $"{rows} rows, {sent.Texts.Count} statements:\n{string.Join("\n", sent.Texts)}");
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
}
