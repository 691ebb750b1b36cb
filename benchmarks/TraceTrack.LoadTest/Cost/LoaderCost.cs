using TraceTrack.Bags;
using TraceTrack.Paging;

namespace TraceTrack.LoadTest.Cost;

/// <summary>
/// Statements for one query of a page with what hangs on its rows: through the host, whose batch loaders gather a level, and by the same door
/// field by field, as resolvers do that know nothing of each other. No cache answers either.
/// </summary>
internal static class LoaderCost
{
    private const int Parents = 50;

    public static async Task RunAsync(CostTable table, BenchDatabase database, CancellationToken cancellation)
    {
        var (batched, together) = await HostAsync(database, cancellation);
        var (single, alone) = await OneByOneAsync(database, cancellation);
        Work.Check(together, alone, "children with loaders and without");
        table.Add(new("N+1", $"{Parents} parents with their children and bills", "statements a query", "", single, batched) { Claim = "minimised N+1" });
    }

    private static async Task<(long Statements, int Children)> HostAsync(BenchDatabase database, CancellationToken cancellation)
    {
        await using var host = await CostHost.StartAsync(database, cancellation);
        using var sent = new SentStatements(database.Name);
        var answer = await host.AskAsync($"{{ bags(first: {Parents}, filter: {{ kind: PARENT }}) {{ nodes {{ qr children {{ qr status }} bill {{ number status }} }} }} }}", cancellation);
        var statements = sent.Count;
        return (statements, answer.GetProperty("bags").GetProperty("nodes").EnumerateArray().Sum(parent => parent.GetProperty("children").GetArrayLength()));
    }

    private static async Task<(long Statements, int Children)> OneByOneAsync(BenchDatabase database, CancellationToken cancellation)
    {
        var tracker = database.Tracker;
        // Opening the pool asks the server for its limits.
        await tracker.Totals.GetAsync(cancellation);
        using var sent = new SentStatements(database.Name);
        var children = 0;
        foreach (var parent in (await tracker.Bags.ListAsync(new() { Kind = BagKind.Parent }, PageRequest.First(Parents), cancellation)).Items)
        {
            children += (await tracker.Bags.ChildrenOfAsync([parent.Qr], cancellation))[0].Count;
            if (parent.BillNumber is { } bill && await tracker.Bills.FindAsync(bill, cancellation) is null)
                throw new InvalidOperationException($"{bill} is not there.");
        }

        return (sent.Count, children);
    }
}
