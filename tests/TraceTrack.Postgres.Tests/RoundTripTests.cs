using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests;

/// <summary>What reaches the server: Npgsql tells of each batch that it sends, and waits for, once.</summary>
public sealed class RoundTripTests(PostgresServer server)
{
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1_000)]
    public async Task A_bulk_verb_takes_two_round_trips_whatever_the_count_and_a_look_up_one(int count)
    {
        await using var store = await PostgresStore.CreateAsync(server, o => o.AllowIncompleteParents = true);
        var warehouse = new Warehouse(store.Services);
        var children = Codes("C");
        var parents = Codes("SB");
        BillNumber[] bills = [.. Enumerable.Range(0, count).Select(i => BillNumber.Parse($"B{i}"))];
        foreach (var bill in bills)
            await warehouse.System.Bills.CreateAsync(new(bill, 1), TestContext.Current.CancellationToken);

        RecordScan[] links = [.. children.Select((child, i) => RecordScan.Link(ScanId.New(), child, parents[i]))];
        await TakesAsync(2, async () => All(ScanOutcome.Recorded, await warehouse.System.Scans.RecordManyAsync(links), result => result.Outcome));
        // What was sent before is looked up in the log too, for all at once.
        await TakesAsync(3, async () => All(ScanOutcome.Replayed, await warehouse.System.Scans.RecordManyAsync(links), result => result.Outcome), rollBack: true);
        await TakesAsync(2, async () => All(
            ScanOutcome.Recorded,
            await warehouse.System.Scans.RecordManyAsync([.. parents.Select((parent, i) => RecordScan.Load(ScanId.New(), parent, bills[i]))]),
            result => result.Outcome));
        await TakesAsync(2, async () => All(
            BillOutcome.Changed, await warehouse.System.Bills.SetStatusManyAsync(bills, BillStatus.Completed), result => result.Outcome));
        await TakesAsync(2, async () => All(
            BillOutcome.Changed, await warehouse.System.Bills.SetStatusManyAsync(bills, BillStatus.Processing), result => result.Outcome));
        await TakesAsync(2, async () => All(
            ScanOutcome.Recorded,
            await warehouse.System.Scans.RecordManyAsync(
            [
                .. parents.Select(parent => RecordScan.Unload(ScanId.New(), parent)), .. children.Select(child => RecordScan.Unlink(ScanId.New(), child)),
            ]),
            result => result.Outcome));
        await TakesAsync(1, async () => Assert.DoesNotContain(null, (await warehouse.Port<IBagStore>().FindManyAsync([.. children, .. parents], default))));
        await TakesAsync(2, async () => All(
            DeleteOutcome.Deleted, await warehouse.System.Bags.DeleteManyAsync([.. children, .. parents]), result => result.Outcome));
        Assert.Equal(0, (await warehouse.TotalsAsync()).Bags);

        QrCode[] Codes(string prefix) => [.. Enumerable.Range(0, count).Select(i => QrCode.Parse($"{prefix}{i:0000}"))];
    }

    private static void All<TResult, TOutcome>(TOutcome outcome, IReadOnlyList<TResult> results, Func<TResult, TOutcome> of) =>
        Assert.All(results, result => Assert.Equal(outcome, of(result)));

    /// <param name="trips">How many the work may take.</param>
    /// <param name="work">The work.</param>
    /// <param name="rollBack">True when nothing is written, so that one of them ends the transaction.</param>
    private static async Task TakesAsync(int trips, Func<Task> work, bool rollBack = false)
    {
        using var traces = new Traces("Npgsql");
        await work();
        var sent = traces.Ended.Select(activity => activity.GetTagItem("db.query.text") as string).OfType<string>().ToArray();
        Assert.Equal((trips, rollBack), (sent.Length, sent.Contains("ROLLBACK")));
    }
}
