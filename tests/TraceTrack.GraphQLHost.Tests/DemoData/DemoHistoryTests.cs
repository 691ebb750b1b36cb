using TraceTrack.DemoData;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.DemoData;

public sealed class DemoHistoryTests
{
    private static readonly DateTimeOffset Until = new(2026, 11, 20, 15, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(100)]
    [InlineData(3_000)]
    [InlineData(81_000)]
    public void It_has_as_many_rows_as_asked_for_in_order_of_time_within_thirty_days(int bags)
    {
        var warehouse = new DemoWarehouse(bags);
        var rows = warehouse.History(Until).ToList();
        Assert.Equal(warehouse.HistoryRows, rows.Count);
        Assert.Equal(rows.Count, rows.Select(row => row.ScanId).Distinct().Count());
        var last = Until.AddDays(-30);
        foreach (var row in rows)
        {
            Assert.InRange(row.RecordedAt, last, Until);
            Assert.True(row.ScannedAt < row.RecordedAt);
            Assert.Equal(row, ImportRules.CheckHistory(row));
            last = row.RecordedAt;
        }
    }

    [Fact]
    public void It_is_the_same_each_time() =>
        Assert.Equal(new DemoWarehouse(3_000).History(Until), new DemoWarehouse(3_000).History(Until));

    [Fact]
    public void Every_child_that_was_put_into_a_parent_is_there()
    {
        var warehouse = new DemoWarehouse(81_000);
        var parents = warehouse.Rows().Where(row => row.ParentQr is not null).ToDictionary(row => row.Qr!, row => row.ParentQr, StringComparer.Ordinal);
        var links = warehouse.History(Until).Where(row => row is { Action: ScanAction.Link, Outcome: ScanOutcome.Recorded }).ToList();
        Assert.All(links, link => Assert.Equal(parents[link.Qr!.Value.Value], link.ParentQr!.Value.Value));
        Assert.Equal(links.Count, links.Select(link => link.Qr).Distinct().Count());
        Assert.InRange(links.Count, warehouse.HistoryRows * 8 / 10, warehouse.HistoryRows);
    }

    [Fact]
    public void A_few_scans_in_a_hundred_are_refused_for_several_reasons()
    {
        var warehouse = new DemoWarehouse(81_000);
        var refused = warehouse.History(Until).Where(row => row.Outcome == ScanOutcome.Rejected).ToList();
        Assert.InRange(refused.Count, warehouse.HistoryRows / 100, warehouse.HistoryRows / 20);
        Assert.Equal(
            [ScanRejection.NotAChild, ScanRejection.ParentFull, ScanRejection.AlreadyLinkedHere, ScanRejection.LinkedElsewhere, ScanRejection.OutOfArea],
            refused.Select(row => row.Rejection!.Value).Distinct().Order());
    }

    /// <summary>Plays the log against a store that stands as the warehouse stood thirty days ago.</summary>
    [Theory]
    [InlineData(1_000)]
    [InlineData(8_100)]
    public async Task The_rules_decide_every_scan_as_the_log_says(int bags)
    {
        var warehouse = new DemoWarehouse(bags);
        var log = warehouse.History(Until).ToList();
        var linked = log.Where(row => row is { Action: ScanAction.Link, Outcome: ScanOutcome.Recorded }).Select(row => row.Qr!.Value.Value).ToHashSet(StringComparer.Ordinal);
        var areas = warehouse.Rows().Where(row => row.Area is not null).ToDictionary(row => row.Qr!, row => row.Area, StringComparer.Ordinal);
        await using var store = MemoryStore.Create();
        await store.Door().As(Actor.System).Imports.ImportAsync(
            warehouse.Rows().Select(row => linked.Contains(row.Qr!) ? row with { ParentQr = null, Area = areas[row.ParentQr!] } : row).ToAsyncEnumerable(), new());
        var actors = warehouse.Users.ToDictionary(user => user.Name, user => new Actor(user.Name, user.Role, user.Area), StringComparer.Ordinal);
        foreach (var row in log)
        {
            var result = await store.Door().As(actors[row.ActorId]).Scans.RecordAsync(
                RecordScan.From(row.ScanId, row.Action, row.Qr, row.ParentQr, row.BillNumber, scannedAt: null));
            Assert.Equal(
                (row.Qr, row.Outcome, row.Rejection, row.Fact, row.Area),
                (result.Scan.Qr, result.Scan.Outcome, result.Scan.Rejection, result.Scan.Fact, result.Scan.Area));
        }

        var parent = await store.Door().As(Actor.System).Bags.FindAsync(DemoWarehouse.Parent(warehouse.Parents - 1));
        Assert.Equal(warehouse.ChildrenOf(warehouse.Parents - 1).Count, parent!.ChildCount);
    }
}
