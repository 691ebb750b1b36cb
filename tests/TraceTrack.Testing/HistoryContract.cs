using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.History;
using TraceTrack.Imports;
using TraceTrack.Paging;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Contents of parents at a moment, and who may see them.</summary>
public abstract class HistoryContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    private static readonly TimeSpan Step = TimeSpan.FromMicroseconds(1);

    [Fact]
    public async Task A_child_is_in_from_the_very_moment_of_linking_and_out_at_that_of_unlinking()
    {
        var warehouse = await OpenAsync();
        var linked = Recorded(await warehouse.LinkAsync("C001", "SB1")).Scan;
        var unlinked = Recorded(await warehouse.UnlinkAsync("C001")).Scan;
        Assert.Empty(await ContentsAsync(warehouse, "SB1", linked.RecordedAt - Step));
        Assert.Equal(["C001"], await ContentsAsync(warehouse, "SB1", linked.RecordedAt));
        Assert.Equal(["C001"], await ContentsAsync(warehouse, "SB1", unlinked.RecordedAt - Step));
        Assert.Empty(await ContentsAsync(warehouse, "SB1", unlinked.RecordedAt));
        Assert.Null(await ParentAsync(warehouse, "C001", linked.RecordedAt - Step));
        Assert.Equal(
            new Stay { Child = linked.Qr!.Value, Parent = QrCode.Parse("SB1"), Since = linked.RecordedAt, Until = unlinked.RecordedAt, ScanId = linked.ScanId },
            await ParentAsync(warehouse, "C001", unlinked.RecordedAt - Step));
        Assert.Null(await ParentAsync(warehouse, "C001", unlinked.RecordedAt));
    }

    [Fact]
    public async Task A_stay_that_lasts_has_no_end_and_holds_at_any_later_time()
    {
        var warehouse = await OpenAsync();
        var linked = Recorded(await warehouse.LinkAsync("C001", "SB1")).Scan;
        var stay = await ParentAsync(warehouse, "C001", linked.RecordedAt + TimeSpan.FromDays(1000));
        Assert.Equal((linked.RecordedAt, null, linked.ScanId), (stay!.Since, stay.Until, stay.ScanId));
        Assert.Equal(["C001"], await ContentsAsync(warehouse, "SB1", DateTimeOffset.MaxValue));
        Assert.Empty(await ContentsAsync(warehouse, "SB1", DateTimeOffset.MinValue));
        // Another zone, and less than a microsecond, make no other moment.
        Assert.Equal(["C001"], await ContentsAsync(warehouse, "SB1", linked.RecordedAt.AddTicks(9).ToOffset(TimeSpan.FromHours(5))));
    }

    [Fact]
    public async Task A_stay_that_an_import_began_names_the_import_and_no_scan()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.ImportAsync(new BagRow("SB1"), new("C001", "SB1"), new("C002", "SB1"), new("C003"));
        var at = (await warehouse.BagAsync("C001")).LinkedAt!.Value;
        Recorded(await warehouse.UnlinkAsync("C002"));
        var stays = await warehouse.System.History.ContentsAtAsync(QrCode.Parse("SB1"), at);
        Assert.Equal([("C001", report.Key, null), ("C002", report.Key, null)], stays.Select(stay => (stay.Child.Value, stay.ImportId!.Value, stay.ScanId)));
        Assert.Empty(await ContentsAsync(warehouse, "SB1", at - Step));
        Assert.Null(await ParentAsync(warehouse, "C003", at));
    }

    [Fact]
    public async Task What_does_not_exist_has_no_past()
    {
        var warehouse = await OpenAsync();
        Assert.Empty(await ContentsAsync(warehouse, "SB1", DateTimeOffset.UnixEpoch));
        Assert.Null(await ParentAsync(warehouse, "C001", DateTimeOffset.UnixEpoch));
        Assert.Empty((await warehouse.System.History.OfBagAsync(QrCode.Parse("C001"), PageRequest.First())).Items);
        Assert.Empty((await warehouse.System.History.OfBillAsync(BillNumber.Parse("B1"), PageRequest.First())).Items);
    }

    [Fact]
    public async Task A_dispatcher_sees_the_past_of_the_own_areas_bags_only()
    {
        var warehouse = await OpenAsync();
        var (north, south) = (warehouse.Dispatcher("NORTH"), warehouse.Dispatcher("SOUTH"));
        Recorded(await warehouse.LinkAsync("C001", "SB1", north));
        Recorded(await warehouse.LinkAsync("C002", "SB1", north));
        Recorded(await warehouse.UnlinkAsync("C001", by: north));
        // The child moves to the other area, as a biller may have it.
        Recorded(await warehouse.ObserveAsync("SB2", south));
        var last = Recorded(await warehouse.LinkAsync("C001", "SB2", warehouse.Biller)).Scan;
        Assert.Equal(["C002"], await ContentsAsync(warehouse, "SB1", last.RecordedAt, north));
        Assert.Empty(await ContentsAsync(warehouse, "SB1", last.RecordedAt, south));
        var before = (await warehouse.BagAsync("C002")).LinkedAt!.Value;
        Assert.Equal(["C001", "C002"], await ContentsAsync(warehouse, "SB1", before));
        Assert.Equal(["C002"], await ContentsAsync(warehouse, "SB1", before, north));
        Assert.Null(await ParentAsync(warehouse, "C001", before, north));
        Assert.Null(await ParentAsync(warehouse, "C001", before, south));
        Assert.Equal("SB2", (await ParentAsync(warehouse, "C001", last.RecordedAt, south))!.Parent.Value);
        Assert.Empty((await north.History.OfBagAsync(QrCode.Parse("C001"), PageRequest.First())).Items);
        Assert.Equal(last.ScanId, Assert.Single((await south.History.OfBagAsync(QrCode.Parse("C001"), PageRequest.First())).Items).ScanId);
        foreach (var nobody in new[] { warehouse.Dispatcher(null) })
        {
            Assert.Empty(await ContentsAsync(warehouse, "SB1", before, nobody));
            Assert.Null(await ParentAsync(warehouse, "C002", before, nobody));
            Assert.Empty((await nobody.History.OfBagAsync(QrCode.Parse("C002"), PageRequest.First())).Items);
        }
    }

    private static async Task<string[]> ContentsAsync(Warehouse warehouse, string parent, DateTimeOffset at, ITracker? by = null) =>
        [.. (await (by ?? warehouse.System).History.ContentsAtAsync(QrCode.Parse(parent), at)).Select(stay => stay.Child.Value)];

    private static Task<Stay?> ParentAsync(Warehouse warehouse, string child, DateTimeOffset at, ITracker? by = null) =>
        (by ?? warehouse.System).History.ParentAtAsync(QrCode.Parse(child), at).AsTask();
}
