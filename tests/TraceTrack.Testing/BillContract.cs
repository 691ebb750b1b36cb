using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

public abstract class BillContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_new_bill_is_empty_and_names_who_made_it()
    {
        var warehouse = await OpenAsync();
        var bill = await warehouse.CreateBillAsync("b-2024/1", 25, warehouse.Biller);
        Assert.Equal(("B-2024/1", BillStatus.New, 25, 0, "biller-1"), (bill.Number.Value, bill.Status, bill.Capacity, bill.ParentCount, bill.CreatedBy));
        Assert.Equal((0m, 0m, 0m, null), (bill.ActualWeightKg, bill.ExpectedWeightKg, bill.VarianceKg, bill.CompletedAt));
        Assert.Equal(bill.CreatedAt, bill.ChangedAt);
        Assert.True(bill.Version > 0);
        Assert.Equal(bill, await warehouse.BillAsync(" B-2024/1 "));
    }

    [Fact]
    public async Task A_number_that_is_taken_is_refused_in_any_case()
    {
        var warehouse = await OpenAsync();
        var first = await warehouse.CreateBillAsync("Bill-1");
        await FailsAsync<ConflictException>(ErrorCodes.BillExists, () => warehouse.CreateBillAsync("bILL-1", 3));
        Assert.Equal(first, await warehouse.BillAsync("BILL-1"));
        Assert.Equal(1, (await warehouse.TotalsAsync()).Bills);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(501)]
    public async Task A_capacity_out_of_range_is_refused(int capacity)
    {
        var warehouse = await OpenAsync();
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidBillCapacity, () => warehouse.CreateBillAsync("B1", capacity));
        Assert.Null(await warehouse.System.Bills.FindAsync(BillNumber.Parse("B1")));
    }

    [Fact]
    public async Task One_and_five_hundred_are_capacities()
    {
        var warehouse = await OpenAsync();
        Assert.Equal(1, (await warehouse.CreateBillAsync("B1", 1)).Capacity);
        Assert.Equal(500, (await warehouse.CreateBillAsync("B2", 500)).Capacity);
    }

    [Fact]
    public async Task A_bill_needs_a_number()
    {
        var warehouse = await OpenAsync();
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidBillNumber, () => warehouse.System.Bills.CreateAsync(new(default, 5)).AsTask());
    }

    [Fact]
    public async Task Many_bills_come_in_the_order_asked_for_with_gaps_and_repeats()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        BillNumber[] asked = [.. new[] { "B2", "NONE", "b1", "B2" }.Select(BillNumber.Parse)];
        Assert.Equal(["B2", null, "B1", "B2"], (await warehouse.System.Bills.FindManyAsync(asked)).Select(bill => bill?.Number.Value));
        Assert.Empty(await warehouse.System.Bills.FindManyAsync([]));
    }

    [Fact]
    public async Task Bills_are_listed_newest_first_and_paged_in_both_directions()
    {
        var warehouse = await OpenAsync();
        for (var i = 1; i <= 5; i++)
            await warehouse.CreateBillAsync($"B{i}");
        var first = await Page(warehouse, PageRequest.First(2));
        Assert.Equal(("B5,B4", true, false), Shown(first));
        await warehouse.CreateBillAsync("B6");
        Assert.Equal(("B3,B2", true, true), Shown(await Page(warehouse, PageRequest.First(2, first.EndCursor))));
        var last = await Page(warehouse, PageRequest.Last(2));
        Assert.Equal(("B2,B1", false, true), Shown(last));
        Assert.Equal(("B4,B3", true, true), Shown(await Page(warehouse, PageRequest.Last(2, last.StartCursor))));
        Assert.Equal(("B6", true, false), Shown(await Page(warehouse, PageRequest.Last(9, first.StartCursor))));
    }

    [Fact]
    public async Task A_list_of_bills_may_be_narrowed_to_a_status_and_a_maker()
    {
        var warehouse = await OpenAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1", by: warehouse.Biller);
        await warehouse.CreateBillAsync("B2", by: warehouse.Admin);
        await warehouse.CreateBillAsync("B3", by: warehouse.Biller);
        await warehouse.LoadAsync("SB00001", "B1");
        await warehouse.LoadAsync("SB00002", "B2");
        await warehouse.CompleteAsync("B2");
        Assert.Equal("B3", await List(new() { Status = BillStatus.New }));
        Assert.Equal("B1", await List(new() { Status = BillStatus.Processing }));
        Assert.Equal("B2", await List(new() { Status = BillStatus.Completed }));
        Assert.Equal("B3,B1", await List(new() { CreatedBy = "biller-1" }));
        Assert.Equal("", await List(new() { CreatedBy = "admin-1", Status = BillStatus.New }));
        Assert.Equal("", await List(new() { CreatedBy = "BILLER-1" }));
        Assert.Equal("", await List(new() { CreatedBy = "no\0body" }));

        async Task<string> List(BillFilter filter) => Shown(await warehouse.System.Bills.ListAsync(filter, PageRequest.First())).Numbers;
    }

    [Fact]
    public async Task A_cursor_of_another_filter_of_bills_is_refused()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        var cursor = (await Page(warehouse, PageRequest.First(1))).EndCursor!;
        foreach (var filter in new BillFilter[] { new() { Status = BillStatus.New }, new() { CreatedBy = "system" } })
        {
            await FailsAsync<InvalidInputException>(
                ErrorCodes.InvalidCursor, () => warehouse.System.Bills.ListAsync(filter, PageRequest.First(1, cursor)).AsTask());
        }
    }

    [Fact]
    public async Task A_bill_weighs_what_its_bags_weigh()
    {
        var warehouse = await OpenSmallAsync(o => o.ChildWeightKg = 0.5m);
        await warehouse.ImportAsync(new("SB100"), new("C1-1", "SB100", null, 0.25m), new("C1-2", "SB100", null, 1.125m), new("SB200"), new("C2-1", "SB200"));
        await warehouse.CreateBillAsync("B1");
        var one = (await warehouse.LoadAsync("SB100", "B1")).Bill!;
        Assert.Equal((BillStatus.Processing, 1, 1.375m, 1.5m, -0.125m), (one.Status, one.ParentCount, one.ActualWeightKg, one.ExpectedWeightKg, one.VarianceKg));
        await warehouse.LoadAsync("SB200", "B1");
        await warehouse.LoadAsync("SB300", "B1");
        var three = await warehouse.BillAsync("B1");
        Assert.Equal((3, 1.875m, 4.5m, -2.625m), (three.ParentCount, three.ActualWeightKg, three.ExpectedWeightKg, three.VarianceKg));
        await warehouse.UnloadAsync("SB100");
        Assert.Equal((2, 0.5m), ((await warehouse.BillAsync("B1")).ParentCount, (await warehouse.BillAsync("B1")).ActualWeightKg));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_bill_that_is_emptied_is_new_again()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.LoadAsync("SB00001", "B1");
        await warehouse.UnloadAsync("SB00001", "B1");
        var bill = await warehouse.BillAsync("B1");
        Assert.Equal((BillStatus.New, 0, 0m, 0m), (bill.Status, bill.ParentCount, bill.ActualWeightKg, bill.ExpectedWeightKg));
    }

    [Fact]
    public async Task Completing_a_bill_locks_it_and_dispatches_its_parents()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.FillAsync("SB100", 3);
        await warehouse.FillAsync("SB200", 3);
        await warehouse.LoadAsync("SB100", "B1");
        var loaded = (await warehouse.LoadAsync("SB200", "B1")).Bill!;
        var parent = await warehouse.BagAsync("SB100");
        var bill = await warehouse.CompleteAsync("b1", loaded.Version, warehouse.Biller);
        Assert.Equal((BillStatus.Completed, 2, 6m, 6m), (bill.Status, bill.ParentCount, bill.ActualWeightKg, bill.ExpectedWeightKg));
        Assert.True(bill.CompletedAt > loaded.ChangedAt);
        Assert.Equal(bill.CompletedAt, bill.ChangedAt);
        Assert.True(bill.Version > loaded.Version);
        var dispatched = await warehouse.BagAsync("SB100");
        Assert.Equal((BagStatus.Dispatched, "B1", 3), (dispatched.Status, dispatched.BillNumber?.Value, dispatched.ChildCount));
        Assert.True(dispatched.Version > parent.Version);
        Assert.True(dispatched.ChangedAt > parent.ChangedAt);
        Assert.All(await warehouse.ChildrenAsync("SB200"), child => Assert.Equal(BagStatus.Dispatched, child.Status));
        Assert.Equal(bill, await warehouse.BillAsync("B1"));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_completed_bill_is_not_completed_again()
    {
        var warehouse = await Loaded(complete: true);
        await Refused(warehouse, ErrorCodes.BillCompleted);
    }

    [Fact]
    public async Task An_empty_bill_is_not_completed()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await Refused(warehouse, ErrorCodes.BillEmpty);
    }

    [Fact]
    public async Task A_bill_with_a_parent_short_of_children_is_not_completed()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.FillAsync("SB100", 3);
        await warehouse.FillAsync("SB200", 2);
        await warehouse.LoadAsync("SB100", "B1");
        await warehouse.LoadAsync("SB200", "B1");
        await Refused(warehouse, ErrorCodes.ParentsIncomplete);
        Assert.Equal(BagStatus.Billed, (await warehouse.BagAsync("SB100")).Status);
    }

    [Fact]
    public async Task A_bill_with_a_parent_short_of_children_is_completed_where_that_is_allowed()
    {
        var warehouse = await Loaded(complete: true);
        Assert.Equal(BillStatus.Completed, (await warehouse.BillAsync("B1")).Status);
        Assert.Equal(BagStatus.Dispatched, (await warehouse.BagAsync("SB100")).Status);
    }

    [Fact]
    public async Task A_bill_that_changed_since_it_was_seen_is_not_completed()
    {
        var warehouse = await Loaded(complete: false);
        var seen = await warehouse.BillAsync("B1");
        await warehouse.LoadAsync("SB200", "B1");
        var current = await warehouse.BillAsync("B1");
        var error = await Refused(warehouse, ErrorCodes.StaleVersion, seen.Version);
        Assert.Equal((seen.Version, current.Version), (error.ExpectedVersion, error.ActualVersion));
        Assert.Equal(BillStatus.Completed, (await warehouse.CompleteAsync("B1", current.Version)).Status);
    }

    [Fact]
    public async Task A_bill_that_does_not_exist_is_not_completed()
    {
        var warehouse = await OpenAsync();
        await FailsAsync<NotFoundException>(ErrorCodes.BillNotFound, () => warehouse.CompleteAsync("B1"));
    }

    [Fact]
    public async Task A_decision_sees_the_bill_its_parents_and_a_later_time_and_what_it_throws_leaves_no_trace()
    {
        var warehouse = await Loaded(complete: false);
        var (bill, parent) = (await warehouse.BillAsync("B1"), await warehouse.BagAsync("SB100"));
        BillState? seen = null;
        var thrown = new InvalidOperationException("no");
        var caught = await Assert.ThrowsAsync<InvalidOperationException>(async () => await warehouse.Port<IBillStore>().ChangeManyAsync(
            [bill.Number],
            states =>
            {
                seen = Assert.Single(states);
                throw thrown;
            },
            CancellationToken.None));
        Assert.Same(thrown, caught);
        Assert.Equal(bill.Version, seen!.Bill.Version);
        Assert.Equal([parent], seen.Parents);
        Assert.True(seen.Now > bill.ChangedAt);
        Assert.Equal((bill, parent), (await warehouse.BillAsync("B1"), await warehouse.BagAsync("SB100")));
    }

    [Fact]
    public async Task A_decision_that_leaves_the_parents_alone_changes_none()
    {
        var warehouse = await Loaded(complete: false);
        var parent = await warehouse.BagAsync("SB100");
        var commit = Assert.Single(await warehouse.Port<IBillStore>().ChangeManyAsync(
            [BillNumber.Parse("B1")], states => [new(states[0].Bill with { ChangedAt = states[0].Now }, null)], CancellationToken.None));
        Assert.Empty(commit.Parents);
        Assert.Equal(commit.Bill, await warehouse.Port<IBillStore>().FindAsync(BillNumber.Parse("B1"), CancellationToken.None));
        Assert.Equal(parent, await warehouse.BagAsync("SB100"));
        Assert.Empty(await warehouse.Port<IBillStore>().ChangeManyAsync(
            [BillNumber.Parse("NONE")],
            states =>
            {
                Assert.Empty(states);
                return [];
            },
            CancellationToken.None));
    }

    [Fact]
    public async Task A_commit_returns_the_rows_as_they_are_stored()
    {
        var warehouse = await Loaded(complete: false);
        await warehouse.LoadAsync("SB200", "B1");
        var commit = Assert.Single(await warehouse.Port<IBillStore>().ChangeManyAsync(
            [BillNumber.Parse("B1")], states => [BillRules.Complete(states[0], null, warehouse.Options)], CancellationToken.None));
        Assert.Equal(commit.Bill, await warehouse.Port<IBillStore>().FindAsync(commit.Bill.Number, CancellationToken.None));
        Assert.Equal(
            await warehouse.Port<IBagStore>().OnBillsAsync([commit.Bill.Number], CancellationToken.None),
            commit.Parents.OrderBy(parent => parent.Qr));
    }

    private async Task<Warehouse> Loaded(bool complete)
    {
        var warehouse = await OpenAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1");
        await warehouse.LinkAsync("C100", "SB100");
        await warehouse.LoadAsync("SB100", "B1");
        if (complete)
            await warehouse.CompleteAsync("B1");
        return warehouse;
    }

    private static async Task<ConflictException> Refused(Warehouse warehouse, string code, long? expectedVersion = null)
    {
        var before = await warehouse.BillAsync("B1");
        var error = await FailsAsync<ConflictException>(code, () => warehouse.CompleteAsync("B1", expectedVersion));
        Assert.Equal(before, await warehouse.BillAsync("B1"));
        return error;
    }

    private static Task<Page<Bill>> Page(Warehouse warehouse, PageRequest request) => warehouse.System.Bills.ListAsync(BillFilter.All, request).AsTask();

    private static (string Numbers, bool HasNext, bool HasPrevious) Shown(Page<Bill> page) =>
        (string.Join(',', page.Items.Select(bill => bill.Number.Value)), page.HasNext, page.HasPrevious);
}
