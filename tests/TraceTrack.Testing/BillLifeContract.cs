using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;
using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>A bill from its creation to its deletion, and its capacity.</summary>
public abstract class BillLifeContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_bill_goes_through_its_whole_life()
    {
        var warehouse = await OpenSmallAsync();
        var seen = await warehouse.CreateBillAsync("B1", 2, warehouse.Biller);
        await warehouse.FillAsync("SB100", 3);
        await Step(BillStatus.Processing, 1, async () => (await warehouse.LoadAsync("SB100", "B1", warehouse.Biller)).Bill!);
        await Step(BillStatus.New, 0, async () => (await warehouse.UnloadAsync("SB100", "B1", warehouse.Biller)).Bill!);
        await Step(BillStatus.Processing, 1, async () => (await warehouse.LoadAsync("SB100", "B1")).Bill!);
        await Step(BillStatus.Completed, 1, () => warehouse.CompleteAsync("B1", seen.Version, warehouse.Biller));
        Rejected(ScanRejection.BillCompleted, "B1", await warehouse.UnloadAsync("SB100", "B1"));
        await Step(BillStatus.Processing, 1, () => warehouse.ReopenAsync("B1", seen.Version, warehouse.Admin));
        await Step(BillStatus.New, 0, async () => (await warehouse.UnloadAsync("SB100")).Bill!);
        var deleted = await warehouse.DeleteBillAsync("b1", seen.Version, warehouse.Biller);
        Assert.True(deleted.Version > seen.Version);
        Assert.Null(await warehouse.FindBillAsync("B1"));
        Assert.Equal((BagStatus.Completed, null), ((await warehouse.BagAsync("SB100")).Status, (await warehouse.BagAsync("SB100")).BillNumber));
        Assert.Equal(
            ["Deleted", "Scanned", "Reopened", "Scanned", "Completed", "Scanned", "Scanned", "Scanned", "Created"], await HistoryAsync(warehouse, "B1"));
        await Consistency.AssertHoldsAsync(warehouse);

        async Task Step(BillStatus status, int parents, Func<Task<Bill>> change)
        {
            var bill = await change();
            Assert.Equal((status, parents, 3m * parents, 0m), (bill.Status, bill.ParentCount, bill.ActualWeightKg, bill.VarianceKg));
            Assert.True(bill.Version > seen.Version && bill.ChangedAt > seen.ChangedAt);
            Assert.Equal(bill, await warehouse.BillAsync("B1"));
            seen = bill;
        }
    }

    [Fact]
    public async Task A_deleted_bill_is_found_listed_and_counted_no_more()
    {
        var warehouse = await OpenAsync();
        var kept = await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        await warehouse.DeleteBillAsync("B2");
        Assert.Equal([kept, null], await warehouse.System.Bills.FindManyAsync([kept.Number, BillNumber.Parse("B2")]));
        Assert.Equal([kept], (await warehouse.System.Bills.ListAsync(BillFilter.All, PageRequest.First())).Items);
        Assert.Equal(1, (await warehouse.TotalsAsync()).Bills);
        Rejected(ScanRejection.UnknownBill, "B2", await warehouse.LoadAsync("SB00001", "B2"));
        foreach (var act in new Func<Task>[]
        {
            () => warehouse.CompleteAsync("B2"), () => warehouse.ResizeAsync("B2", 3), () => warehouse.DeleteBillAsync("B2"),
            () => warehouse.RecalculateAsync("B2"), () => warehouse.ReopenAsync("B2"),
        })
            await FailsAsync<NotFoundException>(ErrorCodes.BillNotFound, act);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_bill_with_parents_or_completed_is_not_deleted()
    {
        var warehouse = await OpenAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1");
        await warehouse.LoadAsync("SB00001", "B1");
        var error = await FailsAsync<ConflictException>(ErrorCodes.BillNotNew, () => warehouse.DeleteBillAsync("B1"));
        Assert.Contains("holds 1 parent", error.Message, StringComparison.Ordinal);
        await warehouse.CompleteAsync("B1");
        var completed = await warehouse.BillAsync("B1");
        await FailsAsync<ConflictException>(ErrorCodes.BillNotNew, () => warehouse.DeleteBillAsync("B1", completed.Version));
        Assert.Equal(completed, await warehouse.BillAsync("B1"));
        Assert.Equal(1, (await warehouse.TotalsAsync()).Bills);
    }

    [Fact]
    public async Task A_number_is_free_again_and_its_new_bill_is_another_one_with_the_old_ones_history_before_it()
    {
        var warehouse = await OpenAsync();
        var first = await warehouse.CreateBillAsync("B1", 5);
        Recorded(await warehouse.LoadAsync("SB00001", "B1"));
        Recorded(await warehouse.UnloadAsync("SB00001"));
        var deleted = await warehouse.DeleteBillAsync("B1");
        Assert.Null(await warehouse.FindBillAsync("B1"));
        var second = await warehouse.CreateBillAsync("b1", 7, warehouse.Biller);
        Assert.NotEqual(first.Id, second.Id);
        Assert.True(first.Version < deleted.Version && deleted.Version < second.Version);
        Assert.True(deleted.ChangedAt < second.CreatedAt);
        Assert.Equal(second, await warehouse.BillAsync("B1"));
        Assert.Equal(["Created", "Deleted", "Scanned", "Scanned", "Created"], await HistoryAsync(warehouse, "B1"));
        Assert.Empty(await HistoryAsync(warehouse, "B2"));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task An_undone_load_of_a_bill_that_was_deleted_since_is_refused()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        Recorded(await warehouse.LoadAsync("SB00001", "B1", warehouse.Biller));
        Recorded(await warehouse.UnloadAsync("SB00001"));
        await warehouse.DeleteBillAsync("B1");
        var undo = await warehouse.UndoAsync(warehouse.Biller);
        Assert.Equal(ScanOutcome.Rejected, undo.Outcome);
        Assert.Null((await warehouse.BagAsync("SB00001")).BillNumber);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_capacity_is_changed_up_and_down_to_the_parents_on_the_bill()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1", 2);
        await warehouse.LoadAsync("SB00001", "B1");
        await warehouse.LoadAsync("SB00002", "B1");
        Rejected(ScanRejection.BillFull, "2/2", await warehouse.LoadAsync("SB00003", "B1"));
        var before = await warehouse.BillAsync("B1");
        var larger = await warehouse.ResizeAsync("b1", 500, before.Version, warehouse.Biller);
        Assert.Equal(before with { Capacity = 500, ChangedAt = larger.ChangedAt, Version = larger.Version }, larger);
        Assert.True(larger.Version > before.Version && larger.ChangedAt > before.ChangedAt);
        Assert.Equal(larger, await warehouse.BillAsync("B1"));
        Recorded(await warehouse.LoadAsync("SB00003", "B1"));
        var error = await FailsAsync<ConflictException>(ErrorCodes.BillCapacityExceeded, () => warehouse.ResizeAsync("B1", 2));
        Assert.Contains("holds 3 parents", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await warehouse.ResizeAsync("B1", 3)).Capacity);
        Rejected(ScanRejection.BillFull, "3/3", await warehouse.LoadAsync("SB00004", "B1"));
        Assert.Equal(["Scanned", "Resized", "Scanned", "Resized"], (await HistoryAsync(warehouse, "B1"))[..4]);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    [InlineData(int.MinValue)]
    public async Task A_capacity_out_of_range_is_no_capacity(int capacity)
    {
        var warehouse = await OpenAsync();
        var bill = await warehouse.CreateBillAsync("B1");
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidBillCapacity, () => warehouse.ResizeAsync("B1", capacity));
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidBillCapacity, () => warehouse.ResizeAsync("NONE", capacity));
        Assert.Equal(bill, await warehouse.BillAsync("B1"));
    }

    [Fact]
    public async Task The_capacity_a_bill_has_already_changes_nothing_and_a_completed_bill_keeps_its()
    {
        var warehouse = await OpenAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1", 4);
        var bill = (await warehouse.LoadAsync("SB00001", "B1")).Bill!;
        Assert.Equal(bill, await warehouse.ResizeAsync("B1", 4, bill.Version));
        Assert.Equal(bill, await warehouse.BillAsync("B1"));
        Assert.Equal(["Scanned", "Created"], await HistoryAsync(warehouse, "B1"));
        var completed = await warehouse.CompleteAsync("B1");
        await FailsAsync<ConflictException>(ErrorCodes.BillCompleted, () => warehouse.ResizeAsync("B1", 5));
        await FailsAsync<ConflictException>(ErrorCodes.BillCompleted, () => warehouse.ResizeAsync("B1", 4));
        Assert.Equal(completed, await warehouse.BillAsync("B1"));
    }

    [Fact]
    public async Task A_stale_version_shows_both_versions_whatever_is_asked()
    {
        var warehouse = await OpenAsync(o => o.AllowIncompleteParents = true);
        var seen = await warehouse.CreateBillAsync("B1");
        var current = await warehouse.ResizeAsync("B1", 9);
        await StaleAsync(() => warehouse.DeleteBillAsync("B1", seen.Version));
        await StaleAsync(() => warehouse.ResizeAsync("B1", 8, seen.Version));
        await StaleAsync(() => warehouse.ResizeAsync("B1", 9, seen.Version));
        await StaleAsync(() => warehouse.CompleteAsync("B1", seen.Version));
        await StaleAsync(() => warehouse.ReopenAsync("B1", seen.Version));
        await StaleAsync(() => warehouse.DeleteBillAsync("B1", long.MaxValue), long.MaxValue);
        Assert.Equal(current, await warehouse.BillAsync("B1"));
        Assert.Equal(["Resized", "Created"], await HistoryAsync(warehouse, "B1"));

        async Task StaleAsync(Func<Task> act, long? expected = null)
        {
            var error = await FailsAsync<ConflictException>(ErrorCodes.StaleVersion, act);
            Assert.Equal((expected ?? seen.Version, current.Version), (error.ExpectedVersion, error.ActualVersion));
        }
    }

    [Fact]
    public async Task Billers_and_admins_resize_and_delete_and_dispatchers_do_not()
    {
        var warehouse = await OpenAsync();
        foreach (var by in new[] { warehouse.Biller, warehouse.Admin })
        {
            await warehouse.CreateBillAsync("B1");
            Assert.Equal(3, (await warehouse.ResizeAsync("B1", 3, by: by)).Capacity);
            await warehouse.DeleteBillAsync("B1", by: by);
        }

        var bill = await warehouse.CreateBillAsync("B1");
        foreach (var by in new[] { warehouse.Dispatcher("NORTH"), warehouse.Dispatcher(null) })
        {
            await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => warehouse.ResizeAsync("B1", 3, by: by));
            await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => warehouse.ResizeAsync("B1", 0, by: by));
            await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => warehouse.DeleteBillAsync("B1", by: by));
            await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => warehouse.DeleteBillAsync("NONE", by: by));
        }

        Assert.Equal(bill, await warehouse.BillAsync("B1"));
    }

    [Fact]
    public async Task A_history_goes_on_saying_who_deleted_a_bill()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        var deleted = await warehouse.DeleteBillAsync("B1", by: warehouse.Biller);
        foreach (var by in new[] { warehouse.Admin, warehouse.Dispatcher("NORTH") })
        {
            var entry = (await by.History.OfBillAsync(BillNumber.Parse("B1"), PageRequest.First())).Items[0];
            Assert.Equal(
                (History.HistoryKind.Deleted, "biller-1", deleted.Version, deleted.ChangedAt, "B1"),
                (entry.Kind, entry.ActorId, entry.Key, entry.At, entry.Bill?.Value));
        }

        Assert.Empty((await warehouse.Dispatcher(null).History.OfBillAsync(BillNumber.Parse("B1"), PageRequest.First())).Items);
    }

    private static async Task<string[]> HistoryAsync(Warehouse warehouse, string number) =>
    [
        .. (await warehouse.System.History.OfBillAsync(BillNumber.Parse(number), PageRequest.First(50))).Items.Select(entry => entry.Kind.ToString()),
    ];
}
