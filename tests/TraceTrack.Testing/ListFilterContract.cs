using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;
using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Lists by time, and bags by bill. Times are the rows' own, since a store's clock is not the test's.</summary>
public abstract class ListFilterContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Bags_of_a_time_are_those_registered_from_its_beginning_on_and_before_its_end()
    {
        var warehouse = await OpenAsync();
        foreach (var qr in new[] { "C003", "C001", "C002" })
            await warehouse.ObserveAsync(qr);
        var (third, first, second) = (await CreatedAsync("C003"), await CreatedAsync("C001"), await CreatedAsync("C002"));
        Assert.True(third < first && first < second);
        Assert.Equal(["C001", "C002", "C003"], await ListAsync(TimeRange.All));
        Assert.Equal(["C001", "C002"], await ListAsync(new(first, null)));
        Assert.Equal(["C003"], await ListAsync(new(null, first)));
        Assert.Equal(["C001"], await ListAsync(new(first, second)));
        Assert.Equal(["C001", "C003"], await ListAsync(new(DateTimeOffset.MinValue, second)));
        Assert.Equal(["C001", "C002"], await ListAsync(new(first.ToOffset(TimeSpan.FromHours(-7)), DateTimeOffset.MaxValue)));
        Assert.Empty(await ListAsync(new(second, first)));

        async Task<DateTimeOffset> CreatedAsync(string qr) => (await warehouse.BagAsync(qr)).CreatedAt;
        Task<string[]> ListAsync(TimeRange time) => warehouse.ListAsync(new() { Created = time });
    }

    [Fact]
    public async Task A_range_that_begins_between_two_microseconds_leaves_out_what_was_before()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001");
        var created = (await warehouse.BagAsync("C001")).CreatedAt;
        var justAfter = created.AddTicks(1);
        Assert.Empty(await warehouse.ListAsync(new() { Created = new(justAfter, null) }));
        Assert.Equal(["C001"], await warehouse.ListAsync(new() { Created = new(created, justAfter) }));
    }

    [Fact]
    public async Task Bags_of_a_bill_are_the_parents_on_it_and_what_is_in_them()
    {
        var warehouse = await OpenSmallAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        await warehouse.FillAsync("SB100", 2, warehouse.Dispatcher("NORTH"));
        await warehouse.FillAsync("SB200", 1, warehouse.Dispatcher("SOUTH"));
        await warehouse.FillAsync("SB300", 1);
        foreach (var (parent, bill) in new[] { ("SB100", "B1"), ("SB200", "B1"), ("SB300", "B2") })
            Recorded(await warehouse.LoadAsync(parent, bill));
        Assert.Equal(["SB100", "SB100-C01", "SB100-C02", "SB200", "SB200-C01"], await ListAsync(new() { Bill = BillNumber.Parse("b1") }));
        Assert.Equal(["SB100", "SB200"], await ListAsync(new() { Bill = BillNumber.Parse("B1"), Kind = BagKind.Parent }));
        Assert.Equal(["SB100-C01", "SB100-C02"], await ListAsync(new() { Bill = BillNumber.Parse("B1"), Parent = QrCode.Parse("SB100") }));
        Assert.Equal(["SB200", "SB200-C01"], await ListAsync(new() { Bill = BillNumber.Parse("B1"), Area = "SOUTH" }));
        Assert.Equal(["SB300", "SB300-C01"], await ListAsync(new() { Bill = BillNumber.Parse("B2"), Status = BagStatus.Billed }));
        Assert.Empty(await ListAsync(new() { Bill = BillNumber.Parse("B9") }));
        Assert.Equal(
            ["SB100", "SB100-C01", "SB100-C02"], await warehouse.ListAsync(new() { Bill = BillNumber.Parse("B1") }, warehouse.Dispatcher("NORTH")));
        var last = await warehouse.System.Bags.ListAsync(new() { Bill = BillNumber.Parse("B1") }, PageRequest.Last(2));
        Assert.Equal((2, false, true), (last.Items.Count, last.HasNext, last.HasPrevious));
        Assert.Equal(["SB200", "SB200-C01"], Codes(last.Items));

        Task<string[]> ListAsync(BagFilter filter) => warehouse.ListAsync(filter);
    }

    [Fact]
    public async Task Bills_of_a_time_are_paged_within_it()
    {
        var warehouse = await OpenAsync();
        foreach (var number in new[] { "B1", "B2", "B3", "B4", "B5" })
            await warehouse.CreateBillAsync(number);
        var filter = new BillFilter { Created = new((await warehouse.BillAsync("B2")).CreatedAt, (await warehouse.BillAsync("B5")).CreatedAt) };
        var first = await warehouse.System.Bills.ListAsync(filter, PageRequest.First(2));
        Assert.Equal(["B4", "B3"], first.Items.Select(bill => bill.Number.Value));
        var second = await warehouse.System.Bills.ListAsync(filter, PageRequest.First(2, first.EndCursor));
        Assert.Equal(["B2"], second.Items.Select(bill => bill.Number.Value));
        Assert.False(second.HasNext);
        Assert.Equal(["B3", "B2"], (await warehouse.System.Bills.ListAsync(filter, PageRequest.Last(2))).Items.Select(bill => bill.Number.Value));
    }

    [Fact]
    public async Task Scans_of_a_time_go_by_when_they_were_recorded()
    {
        var warehouse = await OpenAsync();
        var times = new List<DateTimeOffset>();
        foreach (var qr in new[] { "C001", "C002", "C003" })
            times.Add((await warehouse.ObserveAsync(qr)).Scan.RecordedAt);
        Assert.Equal(["C002", "C001"], await ListAsync(new() { Recorded = new(null, times[2]) }));
        Assert.Equal(["C003", "C002"], await ListAsync(new() { Recorded = new(times[1], null) }));
        Assert.Equal(["C002"], await ListAsync(new() { Recorded = new(times[1], times[2]), Qr = QrCode.Parse("C002") }));
        Assert.Empty(await ListAsync(new() { Recorded = new(times[1], times[2]), Qr = QrCode.Parse("C001") }));

        async Task<string[]> ListAsync(ScanFilter filter) =>
            [.. (await warehouse.System.Scans.ListAsync(filter, PageRequest.First())).Items.Select(scan => scan.Qr!.Value.Value)];
    }

    [Fact]
    public async Task A_cursor_of_another_time_or_bill_is_refused()
    {
        var warehouse = await OpenAsync();
        await warehouse.ObserveAsync("C001");
        await warehouse.ObserveAsync("C002");
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        var time = new TimeRange(DateTimeOffset.UnixEpoch, null);
        var bags = (await warehouse.System.Bags.ListAsync(BagFilter.All, PageRequest.First(1))).EndCursor;
        var bills = (await warehouse.System.Bills.ListAsync(BillFilter.All, PageRequest.First(1))).EndCursor;
        var scans = (await warehouse.System.Scans.ListAsync(ScanFilter.All, PageRequest.First(1))).EndCursor;
        foreach (var filter in new BagFilter[] { new() { Created = time }, new() { Bill = BillNumber.Parse("B1") } })
            await FailsAsync<InvalidInputException>(ErrorCodes.InvalidCursor, () => warehouse.System.Bags.ListAsync(filter, PageRequest.First(1, bags)).AsTask());
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidCursor, () => warehouse.System.Bills.ListAsync(new() { Created = time }, PageRequest.First(1, bills)).AsTask());
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidCursor, () => warehouse.System.Scans.ListAsync(new() { Recorded = time }, PageRequest.First(1, scans)).AsTask());
    }
}
