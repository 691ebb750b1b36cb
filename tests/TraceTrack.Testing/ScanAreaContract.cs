using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Whose a bag is: areas are claimed by scanning, and a foreign bag is neither changed nor told of.</summary>
public abstract class ScanAreaContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_new_bag_takes_its_first_scanners_area()
    {
        var warehouse = await OpenAsync();
        var result = Recorded(await warehouse.ObserveAsync("C0001", warehouse.Dispatcher("north")));
        Assert.Equal(("NORTH", "NORTH"), (result.Bag!.Area, result.Scan.Area));
        Assert.Null((await warehouse.ObserveAsync("C0002")).Bag!.Area);
    }

    [Fact]
    public async Task A_child_takes_its_parents_area_and_keeps_it_when_it_comes_out()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("SB00001", warehouse.Dispatcher("NORTH"));
        await warehouse.ObserveAsync("C0001", warehouse.Dispatcher("SOUTH"));
        Assert.Equal("NORTH", Recorded(await warehouse.LinkAsync("C0001", "SB00001")).Bag!.Area);
        Assert.Equal("NORTH", Recorded(await warehouse.UnlinkAsync("C0001")).Bag!.Area);
    }

    [Fact]
    public async Task A_parent_without_area_takes_that_of_the_child_that_goes_in_with_its_other_children()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        await warehouse.LinkAsync("C0002", "SB00001");
        var before = await warehouse.BagAsync("C0001");
        await warehouse.ObserveAsync("C0003", warehouse.Dispatcher("NORTH"));
        Assert.Equal("NORTH", Recorded(await warehouse.LinkAsync("C0003", "SB00001")).Parent!.Area);
        Assert.All(await warehouse.ChildrenAsync("SB00001"), child => Assert.Equal("NORTH", child.Area));
        Assert.True((await warehouse.BagAsync("C0001")).Version > before.Version);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Theory]
    [InlineData("observe parent")]
    [InlineData("observe child")]
    [InlineData("link")]
    [InlineData("unlink")]
    public async Task A_parent_without_area_is_claimed_with_its_children_by_the_first_dispatcher(string scan)
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new("SB00001"), new("C0001", "SB00001"), new("C0002", "SB00001"), new("C0003", "SB00001"));
        var before = await warehouse.Port<IBagStore>().FindManyAsync([QrCode.Parse("C0002"), QrCode.Parse("C0003")], CancellationToken.None);
        var north = warehouse.Dispatcher("NORTH");
        var result = Recorded(scan switch
        {
            "observe parent" => await warehouse.ObserveAsync("SB00001", north),
            "observe child" => await warehouse.ObserveAsync("C0001", north),
            "link" => await warehouse.LinkAsync("C0009", "SB00001", north),
            _ => await warehouse.UnlinkAsync("C0001", null, north),
        });
        Assert.Equal(("NORTH", "NORTH"), (result.Scan.Area, result.Bag!.Area));
        Assert.Equal("NORTH", (await warehouse.BagAsync("SB00001", north)).Area);
        Assert.Equal("NORTH", (await warehouse.BagAsync("C0001", north)).Area);
        var after = await warehouse.Port<IBagStore>().FindManyAsync([QrCode.Parse("C0002"), QrCode.Parse("C0003")], CancellationToken.None);
        for (var i = 0; i < after.Count; i++)
        {
            Assert.Equal(before[i]! with { Area = "NORTH", Version = after[i]!.Version, ChangedAt = result.Scan.RecordedAt }, after[i]);
            Assert.True(after[i]!.Version > before[i]!.Version);
        }

        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_claim_returns_the_children_it_changed_though_no_scan_named_them()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new("SB00001"), new("C0001", "SB00001"), new("C0002", "SB00001"));
        var commit = await warehouse.RecordBatchAsync(
            warehouse.Dispatcher("NORTH").Actor, RecordScan.Observe(ScanId.New(), QrCode.Parse("SB00001")));
        Assert.Equal(["C0001", "C0002", "SB00001"], commit.Bags.Select(bag => bag.Qr.Value).Order());
        foreach (var bag in commit.Bags)
            Assert.Equal(await warehouse.Port<IBagStore>().FindAsync(bag.Qr, CancellationToken.None), bag);
    }

    [Fact]
    public async Task A_loose_bag_without_area_is_claimed_by_the_first_dispatcher_and_stays_so()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C0001");
        Recorded(await warehouse.ObserveAsync("C0001", warehouse.Dispatcher("NORTH")));
        Rejected(ScanRejection.OutOfArea, null, await warehouse.ObserveAsync("C0001", warehouse.Dispatcher("SOUTH")));
        Recorded(await warehouse.ObserveAsync("C0001"));
        Assert.Equal("NORTH", (await warehouse.BagAsync("C0001")).Area);
    }

    [Fact]
    public async Task Admins_and_billers_claim_nothing()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        var biller = warehouse.Door.As(new("biller-2", Users.UserRole.Biller, "NORTH"));
        Recorded(await warehouse.ObserveAsync("SB00001", biller));
        Assert.Null((await warehouse.BagAsync("SB00001")).Area);
    }

    [Fact]
    public async Task A_scan_outside_the_own_area_registers_nothing_and_tells_nothing()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        var (north, south) = (warehouse.Dispatcher("NORTH"), warehouse.Dispatcher("SOUTH"));
        await warehouse.LinkAsync("C0001", "SB00001", north);
        await warehouse.LoadAsync("SB00001", "B1");
        var totals = await warehouse.TotalsAsync();
        ScanResult[] results =
        [
            await warehouse.ObserveAsync("SB00001", south),
            await warehouse.ObserveAsync("C0001", south),
            await warehouse.LinkAsync("C0009", "SB00001", south),
            await warehouse.LinkAsync("C0001", "SB00009", south),
            await warehouse.UnlinkAsync("C0001", null, south),
            await warehouse.UnlinkAsync("C0001", "SB00001", south),
        ];
        Assert.All(results, result =>
        {
            Rejected(ScanRejection.OutOfArea, null, result);
            Assert.Equal((null, null, null), (result.Bag, result.Parent, result.Bill));
            Assert.Equal("SOUTH", result.Scan.Area);
        });
        Assert.Equal(totals with { Scans = totals.Scans + 6 }, await warehouse.TotalsAsync());
        Assert.Null(await warehouse.FindBagAsync("C0009"));
        Assert.Null(await warehouse.FindBagAsync("SB00009"));
    }

    [Fact]
    public async Task A_refused_unload_does_not_tell_a_dispatcher_which_bill_a_foreign_bag_is_on()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.ObserveAsync("SB00001", warehouse.Dispatcher("NORTH"));
        await warehouse.LoadAsync("SB00001", "B1");
        var result = Rejected(ScanRejection.NotAllowed, null, await warehouse.UnloadAsync("SB00001", null, warehouse.Dispatcher("SOUTH")));
        Assert.Equal((null, null, null), (result.Bag, result.Parent, result.Bill));
        Assert.Null(result.Scan.BillNumber);
    }

    [Fact]
    public async Task The_parent_a_child_is_in_is_told_only_to_those_who_may_see_it()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        var north = warehouse.Dispatcher("NORTH");
        var result = Rejected(ScanRejection.LinkedElsewhere, null, await warehouse.LinkAsync("C0001", "SB00002", north));
        Assert.Equal((null, null), (result.Bag, result.Parent));
        Rejected(ScanRejection.LinkedElsewhere, "SB00001", await warehouse.LinkAsync("C0001", "SB00002"));
        await warehouse.ObserveAsync("SB00001", north);
        Rejected(ScanRejection.LinkedElsewhere, "SB00001", await warehouse.LinkAsync("C0001", "SB00002", north));
    }

    [Fact]
    public async Task A_batch_may_claim_a_parent_it_registered_itself()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C0003", warehouse.Dispatcher("NORTH"));
        await warehouse.RecordBatchAsync(
            Users.Actor.System,
            RecordScan.Link(ScanId.New(), QrCode.Parse("C0001"), QrCode.Parse("SB00001")),
            RecordScan.Link(ScanId.New(), QrCode.Parse("C0002"), QrCode.Parse("SB00001")),
            RecordScan.Link(ScanId.New(), QrCode.Parse("C0003"), QrCode.Parse("SB00001")));
        Assert.Equal(["C0001", "C0002", "C0003"], await warehouse.ListAsync(new BagFilter { Area = "NORTH", Kind = BagKind.Child }));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_parents_claim_leaves_other_parents_children_alone()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("SB00001"), new("C0001", "SB00001"), new("SB00002"), new("C0002", "SB00002"), new("C0003"));
        await warehouse.ObserveAsync("SB00001", warehouse.Dispatcher("NORTH"));
        Assert.Equal(["C0001", "SB00001"], await warehouse.ListAsync(new() { Area = "NORTH" }));
    }

    [Fact]
    public async Task Where_a_child_was_brought_over_from_is_not_told_to_the_area_it_came_to()
    {
        var warehouse = await OpenAsync();
        var (north, south) = (warehouse.Dispatcher("NORTH"), warehouse.Dispatcher("SOUTH"));
        await warehouse.LinkAsync("C0001", "SB00001", north);
        await warehouse.ObserveAsync("SB00002", south);
        Recorded(await warehouse.RelinkAsync("C0001", "SB00002", warehouse.Admin));
        Assert.Equal(["Relink C0001 SB00002 ", "Observe SB00002  "], await SeesAsync(south));
        Recorded(await warehouse.UndoAsync(warehouse.Admin));
        Assert.Equal(["Undo C0001  SB00001", "Link C0001 SB00001 "], await SeesAsync(north));
        Assert.Equal(
            ["Undo C0001 SB00002 SB00001", "Relink C0001 SB00002 SB00001", "Observe SB00002  ", "Link C0001 SB00001 "], await SeesAsync(warehouse.Admin));
    }

    [Fact]
    public async Task A_dispatcher_sees_where_the_own_areas_children_came_from()
    {
        var warehouse = await OpenAsync();
        var north = warehouse.Dispatcher("NORTH");
        await warehouse.LinkAsync("C0001", "SB00001", north);
        await warehouse.RelinkAsync("C0001", "SB00002", north);
        await warehouse.UndoAsync(north);
        Assert.Equal(["Undo C0001 SB00002 SB00001", "Relink C0001 SB00002 SB00001", "Link C0001 SB00001 "], await SeesAsync(north));
    }

    [Theory]
    [InlineData(UserRole.Admin)]
    [InlineData(UserRole.Biller)]
    public async Task What_an_admin_or_a_biller_is_refused_is_not_told_to_the_dispatchers_of_their_area(UserRole role)
    {
        var warehouse = await OpenAsync();
        var north = warehouse.Dispatcher("NORTH");
        await warehouse.LinkAsync("C0001", "SB00001", warehouse.Dispatcher("SOUTH"));
        await warehouse.ObserveAsync("SB00002", north);
        var result = await warehouse.LinkAsync("C0001", "SB00002", warehouse.Door.As(new("someone", role, "NORTH")));
        Assert.Null(Rejected(ScanRejection.LinkedElsewhere, "SB00001", result).Scan.Area);
        Assert.Equal(["Observe SB00002  "], await SeesAsync(north));
        var history = await north.History.OfBagAsync(QrCode.Parse("SB00002"), PageRequest.First());
        Assert.Equal(ScanAction.Observe, Assert.Single(history.Items).Action);
        Assert.Equal(3, (await SeesAsync(warehouse.Biller)).Length);
    }

    [Fact]
    public async Task An_undo_of_a_dispatcher_who_came_from_another_area_names_nothing_of_it()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001", warehouse.Door.As(new("dora", UserRole.Dispatcher, "NORTH")));
        var undo = Rejected(ScanRejection.OutOfArea, null, await warehouse.UndoAsync(warehouse.Door.As(new("dora", UserRole.Dispatcher, "SOUTH"))));
        Assert.Equal("SOUTH", undo.Scan.Area);
        Assert.Equal(["Undo   "], await SeesAsync(warehouse.Dispatcher("SOUTH")));
    }

    /// <summary>Through the list, and the feed must say the same: action, code, parent and the parent before.</summary>
    private static async Task<string[]> SeesAsync(ITracker by)
    {
        var list = (await by.Scans.ListAsync(ScanFilter.All, PageRequest.First())).Items;
        ScanFeedPage feed;
        do
            feed = await by.Scans.ReadAfterAsync(null, cancellationToken: TestContext.Current.CancellationToken);
        while (feed.Events.Count < list.Count);
        Assert.Equal(list, feed.Events.Select(e => e.Scan).OrderByDescending(scan => scan.RecordedAt).ThenByDescending(scan => scan.EventId));
        return [.. list.Select(scan => $"{scan.Action} {scan.Qr} {scan.ParentQr} {scan.FromParentQr}")];
    }
}
