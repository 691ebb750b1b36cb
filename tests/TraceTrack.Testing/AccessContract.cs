using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Role by area: who sees and does what.</summary>
public abstract class AccessContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Theory]
    [InlineData(UserRole.Admin, null)]
    [InlineData(UserRole.Admin, "NORTH")]
    [InlineData(UserRole.Biller, null)]
    [InlineData(UserRole.Biller, "SOUTH")]
    public async Task Admins_and_billers_see_every_area(UserRole role, string? area)
    {
        var warehouse = await TwoAreas();
        await Sees(warehouse, warehouse.Door.As(new("someone", role, area)), ["N-1", "S-1", "SB100", "SB200", "U-1"]);
    }

    [Theory]
    [InlineData("NORTH", "N-1,SB100")]
    [InlineData("south", "S-1,SB200")]
    [InlineData("EAST", "")]
    public async Task A_dispatcher_sees_the_own_area_only(string area, string codes)
    {
        var warehouse = await TwoAreas();
        await Sees(warehouse, warehouse.Dispatcher(area), codes.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_dispatcher_without_area_sees_nothing()
    {
        var warehouse = await TwoAreas();
        var nowhere = warehouse.Dispatcher(null);
        await Sees(warehouse, nowhere, []);
        Assert.Null(await nowhere.Bills.FindAsync(BillNumber.Parse("B1")));
        Assert.Equal([null, null], await nowhere.Bills.FindManyAsync([BillNumber.Parse("B1"), BillNumber.Parse("B1")]));
        Assert.Empty((await nowhere.Bills.ListAsync(BillFilter.All, PageRequest.First())).Items);
        await Refused(() => nowhere.Totals.GetAsync().AsTask());
        Rejected(ScanRejection.NotAllowed, null, await warehouse.ObserveAsync("N-1", nowhere));
        Rejected(ScanRejection.NotAllowed, null, await warehouse.ObserveAsync("NEW-1", nowhere));
        Assert.Null(await warehouse.FindBagAsync("NEW-1"));
    }

    [Fact]
    public async Task A_dispatcher_sees_a_bills_figures_and_of_its_parents_the_own_areas()
    {
        var warehouse = await TwoAreas();
        var north = warehouse.Dispatcher("NORTH");
        Assert.Equal(await warehouse.BillAsync("B1"), await north.Bills.FindAsync(BillNumber.Parse("B1")));
        Assert.Equal(2, (await north.Bills.FindManyAsync([BillNumber.Parse("B1")]))[0]!.ParentCount);
        Assert.Single((await north.Bills.ListAsync(BillFilter.All, PageRequest.First())).Items);
        Assert.Equal(["SB100"], Codes((await north.Bags.OnBillsAsync([BillNumber.Parse("B1")]))[0]));
        Assert.Equal(await warehouse.TotalsAsync(), await north.Totals.GetAsync());
    }

    [Fact]
    public async Task A_dispatcher_may_not_ask_for_another_area()
    {
        var warehouse = await TwoAreas();
        Assert.Empty(await warehouse.ListAsync(new() { Area = "SOUTH" }, warehouse.Dispatcher("NORTH")));
        Assert.Equal(["S-1", "SB200"], await warehouse.ListAsync(new() { Area = "SOUTH" }, warehouse.Dispatcher("SOUTH")));
        Assert.Empty(await warehouse.ListAsync(new() { Parent = QrCode.Parse("SB200") }, warehouse.Dispatcher("NORTH")));
    }

    [Fact]
    public async Task A_dispatchers_pages_are_full_although_other_areas_lie_between()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync([.. Enumerable.Range(0, 60).Select(i => new BagRow($"C{i:000}", null, i % 3 == 0 ? "NORTH" : "SOUTH"))]);
        var north = warehouse.Dispatcher("NORTH");
        var first = await north.Bags.ListAsync(BagFilter.All, PageRequest.First(15));
        Assert.Equal((15, true), (first.Items.Count, first.HasNext));
        var second = await north.Bags.ListAsync(BagFilter.All, PageRequest.First(15, first.EndCursor));
        Assert.Equal(("C045", "C057", 5, false), (second.Items[0].Qr.Value, second.Items[^1].Qr.Value, second.Items.Count, second.HasNext));
        Assert.Equal(15, (await north.Bags.SearchAsync("C0", 15)).Count);
    }

    [Fact]
    public async Task Dispatchers_link_in_the_own_area_and_touch_no_bill()
    {
        var warehouse = await TwoAreas();
        var north = warehouse.Dispatcher("NORTH");
        Recorded(await warehouse.LinkAsync("N-9", "SB900", north));
        Recorded(await warehouse.UnlinkAsync("N-9", null, north));
        Rejected(ScanRejection.NotAllowed, null, await warehouse.LoadAsync("SB900", "B1", north));
        Rejected(ScanRejection.NotAllowed, null, await warehouse.UnloadAsync("SB100", "B1", north));
        await Refused(() => warehouse.CreateBillAsync("B2", by: north));
        await Refused(() => warehouse.CompleteAsync("B1", by: north));
        Assert.Equal((2, 1), ((await warehouse.BillAsync("B1")).ParentCount, (await warehouse.TotalsAsync()).Bills));
    }

    [Fact]
    public async Task Billers_make_load_and_complete_bills()
    {
        var warehouse = await OpenAsync(o => o.AllowIncompleteParents = true);
        var biller = warehouse.Biller;
        await warehouse.CreateBillAsync("B1", by: biller);
        Recorded(await warehouse.LinkAsync("C0001", "SB100", biller));
        Recorded(await warehouse.LoadAsync("SB100", "B1", biller));
        Recorded(await warehouse.UnloadAsync("SB100", null, biller));
        Recorded(await warehouse.LoadAsync("SB100", "B1", biller));
        Assert.Equal(BillStatus.Completed, (await warehouse.CompleteAsync("B1", by: biller)).Status);
    }

    [Theory]
    [InlineData(UserRole.Biller, null)]
    [InlineData(UserRole.Dispatcher, "NORTH")]
    public async Task Only_admins_import_scans_reconcile_and_manage_users(UserRole role, string? area)
    {
        var warehouse = await OpenAsync();
        var ada = await warehouse.Admin.Users.CreateAsync(new("ada", role, area, "hash"));
        var bob = await warehouse.Admin.Users.CreateAsync(new("bob", role, area, "hash"));
        var by = warehouse.Door.As(ada.ToActor());
        await Refused(() => by.Imports.ImportScansAsync(AsyncEnumerable.Empty<Scan>(), new()).AsTask());
        await Refused(() => by.Totals.ReconcileAsync().AsTask());
        await Refused(() => by.Users.CreateAsync(new("carl", UserRole.Admin, null, "hash")).AsTask());
        await Refused(() => by.Users.SetPasswordAsync(bob.Id, "hash-2").AsTask());
        await Refused(() => by.Users.ChangeAsync(ada.Id, new() { Role = UserRole.Admin }).AsTask());
        await Refused(() => by.Users.ChangeAsync("nobody", new()).AsTask());
        await Refused(() => by.Users.EndSessionsAsync(bob.Id).AsTask());
        await Refused(() => by.Users.FindByNameAsync("ada").AsTask());
        await Refused(() => by.Users.ListAsync(null, PageRequest.First()).AsTask());
        Assert.Equal(ada, await by.Users.FindAsync(ada.Id));
        Assert.Null(await by.Users.FindAsync(bob.Id));
        Assert.Equal(2, (await warehouse.TotalsAsync()).Users);
        Assert.Equal("hash", (await warehouse.System.Users.FindCredentialsAsync("bob"))!.PasswordHash);
    }

    [Fact]
    public async Task Billers_import_bags_and_dispatchers_do_not()
    {
        var warehouse = await OpenAsync();
        var report = await warehouse.Biller.Imports.ImportAsync(new[] { new BagRow("SB100"), new BagRow("x!") }.ToAsyncEnumerable(), new());
        Assert.Equal(1, report.Parents);
        Assert.Single(await warehouse.Biller.Imports.ReadResultsAsync(report.ImportId).ToListAsync());
        var dispatcher = warehouse.Door.As(new("dora", UserRole.Dispatcher, "NORTH"));
        await Refused(() => dispatcher.Imports.ImportAsync(new[] { new BagRow("SB101") }.ToAsyncEnumerable(), new()).AsTask());
        await Refused(() => dispatcher.Imports.ReadResultsAsync(report.ImportId).ToListAsync().AsTask());
        Assert.Equal(1, (await warehouse.TotalsAsync()).Bags);
    }

    [Fact]
    public async Task A_user_sets_the_own_password_and_ends_the_own_sessions()
    {
        var warehouse = await OpenAsync();
        var dora = await warehouse.Admin.Users.CreateAsync(new("dora", UserRole.Dispatcher, null, "hash"));
        var by = warehouse.Door.As(dora.ToActor());
        await warehouse.System.Users.StartSessionAsync(dora.Id);
        Assert.Equal(1, await by.Users.EndSessionsAsync(dora.Id));
        await by.Users.SetPasswordAsync(dora.Id, "hash-2");
        Assert.Equal("hash-2", (await warehouse.System.Users.FindCredentialsAsync("dora"))!.PasswordHash);
    }

    [Fact]
    public async Task Admins_do_all_of_it()
    {
        var warehouse = await OpenAsync();
        var admin = warehouse.Admin;
        var report = await admin.Imports.ImportAsync(new[] { new BagRow("SB100"), new BagRow("x!") }.ToAsyncEnumerable(), new());
        Assert.Single(await admin.Imports.ReadResultsAsync(report.ImportId).ToListAsync());
        Assert.True((await admin.Totals.ReconcileAsync()).IsExact);
        var ada = await admin.Users.CreateAsync(new("ada", UserRole.Admin, null, "hash"));
        await admin.Users.SetPasswordAsync(ada.Id, "hash-2");
        Assert.Equal(ada, await admin.Users.FindAsync(ada.Id));
        await warehouse.CreateBillAsync("B1", by: admin);
        Recorded(await warehouse.LoadAsync("SB100", "B1", admin));
    }

    /// <summary>Through every read that there is.</summary>
    private static async Task Sees(Warehouse warehouse, ITracker by, string[] codes)
    {
        var all = new[] { "N-1", "S-1", "SB100", "SB200", "U-1" };
        foreach (var qr in all)
            Assert.Equal(codes.Contains(qr), await warehouse.FindBagAsync(qr, by) is not null);
        var many = await by.Bags.FindManyAsync([.. all.Select(QrCode.Parse)]);
        Assert.Equal(all.Select(qr => codes.Contains(qr) ? qr : null), many.Select(bag => bag?.Qr.Value));
        Assert.Equal(codes, await warehouse.ListAsync(BagFilter.All, by));
        Assert.Equal(codes.Where(qr => qr.StartsWith("SB", StringComparison.Ordinal)), await warehouse.SearchAsync("SB", 20, by));
        Assert.Equal(codes.Contains("SB100") ? ["N-1"] : [], Codes(await warehouse.ChildrenAsync("SB100", by)));
        Assert.Equal(codes.Contains("SB200") ? ["S-1"] : [], Codes(await warehouse.ChildrenAsync("SB200", by)));
        var onBill = await by.Bags.OnBillsAsync([BillNumber.Parse("B1")]);
        Assert.Equal(codes.Where(qr => qr.StartsWith("SB", StringComparison.Ordinal)), Codes(onBill[0]));
    }

    private async Task<Warehouse> TwoAreas()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(
            new BagRow("SB100", Area: "NORTH"), new("N-1", "SB100"), new("SB200", Area: "SOUTH"), new("S-1", "SB200"), new("U-1"));
        await warehouse.CreateBillAsync("B1");
        await warehouse.LoadAsync("SB100", "B1");
        await warehouse.LoadAsync("SB200", "B1");
        return warehouse;
    }

    private static Task<NotAllowedException> Refused(Func<Task> act) => FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, act);
}
