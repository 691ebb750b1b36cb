using System.Globalization;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Scans;

public sealed class ScanPathTests(PostgresServer server)
{
    [Fact]
    public async Task A_child_is_linked_loaded_completed_and_seen_as_dispatched()
    {
        await using var store = await PostgresStore.CreateAsync(server, options => options.ParentCapacity = 1);
        var tracker = store.TraceTrack.As(new Actor("b1", UserRole.Biller, "A1"));
        var child = QrCode.Parse("cb1");
        var parent = QrCode.Parse("sb1");
        var linked = await tracker.Scans.RecordAsync(RecordScan.Link(ScanId.New(), child, parent));
        Assert.Equal(ScanOutcome.Recorded, linked.Outcome);
        Assert.Equal(BagStatus.Completed, linked.Parent!.Status);
        Assert.Equal("A1", linked.Bag!.Area);
        var bill = await tracker.Bills.CreateAsync(new(BillNumber.Parse("b-1"), 10));
        var loaded = await tracker.Scans.RecordAsync(RecordScan.Load(ScanId.New(), parent, bill.Number));
        Assert.Equal(ScanOutcome.Recorded, loaded.Outcome);
        Assert.Equal(1.000m, loaded.Bill!.ActualWeightKg);
        var completed = await tracker.Bills.CompleteAsync(bill.Number, loaded.Bill.Version);
        Assert.Equal(BillStatus.Completed, completed.Status);
        var seen = await tracker.Bags.FindAsync(child);
        Assert.Equal(BagStatus.Dispatched, seen!.Status);
        Assert.Equal(bill.Number, seen.BillNumber);
        var totals = await tracker.Totals.GetAsync();
        Assert.Equal(new(2, 1, 1, 1, 2, 0), totals);
        var full = await tracker.Scans.RecordAsync(RecordScan.Link(ScanId.New(), QrCode.Parse("CB2"), parent));
        Assert.Equal(ScanRejection.ParentBilled, full.Rejection);
        Assert.Null(await tracker.Bags.FindAsync(QrCode.Parse("CB2")));
        Assert.True((await store.TraceTrack.As(Actor.System).Totals.ReconcileAsync()).IsExact);
        var search = await tracker.Bags.SearchAsync("B1");
        Assert.Empty(search);
        var page = await tracker.Bags.ListAsync(new BagFilter { Status = BagStatus.Dispatched, Area = "a1" }, TraceTrack.Paging.PageRequest.First());
        Assert.Equal(2, page.Items.Count);
    }

    [Fact]
    public async Task Scans_leave_the_trigram_index_no_long_list_to_sort_in()
    {
        await using var store = await PostgresStore.CreateAsync(server, options => options.ParentCapacity = 1000);
        var tracker = store.TraceTrack.As(new Actor("d1", UserRole.Dispatcher, "A1"));
        var parent = QrCode.Parse("SB1");
        for (var batch = 0; batch < 2; batch++)
        {
            var links = Enumerable.Range(batch * 500, 500)
                .Select(child => RecordScan.Link(ScanId.New(), QrCode.Parse(string.Create(CultureInfo.InvariantCulture, $"CB{child:D7}")), parent));
            var results = await tracker.Scans.RecordManyAsync([.. links], TestContext.Current.CancellationToken);
            Assert.All(results, result => Assert.Equal(ScanOutcome.Recorded, result.Outcome));
        }

        // 64 kB are 8 pages; all of these bags' entries are 44.
        Assert.InRange(await store.ScalarAsync<long>("SELECT gin_clean_pending_list('tracetrack.bag_qr_trgm_idx')"), 0, 16);
    }
}
