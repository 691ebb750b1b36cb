using TraceTrack.Bags;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>The scan log and the users as lists.</summary>
public abstract class ScanListContract(ITrackerFixture fixture)
{
    [Fact]
    public async Task The_log_is_listed_newest_first_with_rejections()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001");
        await warehouse.LinkAsync("C001", "SB1");
        Rejected(ScanRejection.AlreadyLinkedHere, "SB1", await warehouse.LinkAsync("C001", "SB1"));
        var page = await warehouse.System.Scans.ListAsync(ScanFilter.All, PageRequest.First());
        Assert.Equal(
            [(ScanAction.Link, ScanOutcome.Rejected), (ScanAction.Link, ScanOutcome.Recorded), (ScanAction.Observe, ScanOutcome.Recorded)],
            page.Items.Select(scan => (scan.Action, scan.Outcome)));
        Assert.Equal("SB1", page.Items[0].Fact);
        Assert.False(page.HasNext);
    }

    [Fact]
    public async Task Pages_of_the_log_follow_each_other_in_both_directions()
    {
        var warehouse = await OpenAsync();
        for (var i = 1; i <= 7; i++)
            await warehouse.ObserveAsync($"C00{i}");
        var first = await warehouse.System.Scans.ListAsync(ScanFilter.All, PageRequest.First(3));
        await warehouse.ObserveAsync("C008");
        var second = await warehouse.System.Scans.ListAsync(ScanFilter.All, PageRequest.First(3, first.EndCursor));
        var back = await warehouse.System.Scans.ListAsync(ScanFilter.All, PageRequest.Last(3, second.StartCursor));
        Assert.Equal(["C007", "C006", "C005"], Qrs(first));
        Assert.Equal(["C004", "C003", "C002"], Qrs(second));
        Assert.Equal(["C007", "C006", "C005"], Qrs(back));
        Assert.True(back.HasPrevious);
    }

    [Fact]
    public async Task A_log_is_filtered_by_actor_and_by_code()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001", warehouse.Biller);
        await warehouse.ObserveAsync("C002", warehouse.Admin);
        await warehouse.ObserveAsync("C002", warehouse.Biller);
        var byBiller = await warehouse.System.Scans.ListAsync(new() { ActorId = "biller-1" }, PageRequest.First());
        var ofBag = await warehouse.System.Scans.ListAsync(new() { Qr = QrCode.Parse("C002") }, PageRequest.First());
        var both = await warehouse.System.Scans.ListAsync(new() { ActorId = "biller-1", Qr = QrCode.Parse("C002") }, PageRequest.First());
        Assert.Equal(["C002", "C001"], Qrs(byBiller));
        Assert.Equal(["biller-1", "admin-1"], ofBag.Items.Select(scan => scan.ActorId));
        Assert.Equal("C002", Assert.Single(Qrs(both)));
    }

    [Fact]
    public async Task An_actor_that_no_store_could_hold_has_no_scans()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001");
        foreach (var id in new[] { "a\0b", "\ud800", "" })
            Assert.Empty(Qrs(await warehouse.System.Scans.ListAsync(new() { ActorId = id }, PageRequest.First())));
    }

    [Fact]
    public async Task A_dispatcher_sees_the_own_areas_log_only()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("N-1", warehouse.Dispatcher("NORTH"));
        await warehouse.ObserveAsync("S-1", warehouse.Dispatcher("SOUTH"));
        Assert.Equal(["N-1"], Qrs(await warehouse.Dispatcher("NORTH").Scans.ListAsync(ScanFilter.All, PageRequest.First())));
        Assert.Empty(Qrs(await warehouse.Dispatcher("NORTH").Scans.ListAsync(new() { Area = "south" }, PageRequest.First())));
        Assert.Empty(Qrs(await warehouse.Dispatcher(null).Scans.ListAsync(ScanFilter.All, PageRequest.First())));
    }

    [Fact]
    public async Task A_cursor_of_another_log_is_refused()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001");
        var page = await warehouse.System.Scans.ListAsync(ScanFilter.All, PageRequest.First());
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidCursor,
            () => warehouse.System.Scans.ListAsync(new() { ActorId = "x" }, PageRequest.First(1, page.EndCursor)).AsTask());
    }

    [Fact]
    public async Task Users_are_listed_by_name_without_regard_to_case_and_by_role()
    {
        var warehouse = await OpenAsync();
        foreach (var (name, role) in new[] { ("beate", UserRole.Biller), ("Anna", UserRole.Dispatcher), ("Carl", UserRole.Biller) })
            await warehouse.System.Users.CreateAsync(new(name, role, "A1", "hash"));
        var first = await warehouse.Admin.Users.ListAsync(null, PageRequest.First(2));
        var rest = await warehouse.Admin.Users.ListAsync(null, PageRequest.First(2, first.EndCursor));
        var back = await warehouse.Admin.Users.ListAsync(null, PageRequest.Last(2, rest.StartCursor));
        var billers = await warehouse.Admin.Users.ListAsync(UserRole.Biller, PageRequest.First());
        Assert.Equal(["Anna", "beate"], first.Items.Select(user => user.Name));
        Assert.Equal(["Carl"], rest.Items.Select(user => user.Name));
        Assert.Equal(["Anna", "beate"], back.Items.Select(user => user.Name));
        Assert.Equal(["beate", "Carl"], billers.Items.Select(user => user.Name));
    }

    [Fact]
    public async Task Only_admins_list_users()
    {
        var warehouse = await OpenAsync();
        await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => warehouse.Biller.Users.ListAsync(null, PageRequest.First()).AsTask());
    }

    private static string[] Qrs(Page<Scan> page) => [.. page.Items.Select(scan => scan.Qr!.Value.Value)];

    private async Task<Warehouse> OpenAsync() => new(await fixture.CreateStoreAsync());
}
