using TraceTrack.Bags;
using TraceTrack.Bills;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Reopening bills, and setting the status of many.</summary>
public abstract class BillStatusContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Reopening_unlocks_a_bill_and_its_parents_are_billed_again()
    {
        var warehouse = await OpenSmallAsync(o => o.AllowIncompleteParents = true);
        await LoadAsync(warehouse, "B1", "SB100", "SB200");
        await warehouse.LinkAsync("C0001", "SB300");
        var completed = await warehouse.CompleteAsync("B1");
        var dispatched = await warehouse.BagAsync("SB100");
        var reopened = await warehouse.ReopenAsync("b1", completed.Version, warehouse.Admin);
        Assert.Equal((BillStatus.Processing, null, 2, 6m), (reopened.Status, reopened.CompletedAt, reopened.ParentCount, reopened.ExpectedWeightKg));
        Assert.True(reopened.Version > completed.Version && reopened.ChangedAt > completed.ChangedAt);
        var billed = await warehouse.BagAsync("SB100");
        Assert.Equal((BagStatus.Billed, "B1"), (billed.Status, billed.BillNumber?.Value));
        Assert.True(billed.Version > dispatched.Version && billed.ChangedAt > dispatched.ChangedAt);
        Assert.All(await warehouse.ChildrenAsync("SB100"), child => Assert.Equal(BagStatus.Billed, child.Status));
        Recorded(await warehouse.UnloadAsync("SB200", "B1"));
        Recorded(await warehouse.LoadAsync("SB300", "B1"));
        Assert.Equal(BillStatus.Completed, (await warehouse.CompleteAsync("B1")).Status);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task What_is_not_completed_is_not_reopened()
    {
        var warehouse = await OpenSmallAsync(o => o.AllowIncompleteParents = true);
        await FailsAsync<NotFoundException>(ErrorCodes.BillNotFound, () => warehouse.ReopenAsync("B1"));
        await warehouse.CreateBillAsync("B1");
        await FailsAsync<ConflictException>(ErrorCodes.BillNotCompleted, () => warehouse.ReopenAsync("B1"));
        await warehouse.LoadAsync("SB100", "B1");
        await FailsAsync<ConflictException>(ErrorCodes.BillNotCompleted, () => warehouse.ReopenAsync("B1"));
        var seen = await warehouse.BillAsync("B1");
        var completed = await warehouse.CompleteAsync("B1");
        var error = await FailsAsync<ConflictException>(ErrorCodes.StaleVersion, () => warehouse.ReopenAsync("B1", seen.Version));
        Assert.Equal((seen.Version, completed.Version), (error.ExpectedVersion, error.ActualVersion));
        Assert.Equal(completed, await warehouse.BillAsync("B1"));
    }

    [Fact]
    public async Task Many_bills_are_completed_and_each_refusal_has_its_code_and_the_bill_as_it_stands()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B-EMPTY");
        await LoadAsync(warehouse, "B-DONE", "SB100");
        await LoadAsync(warehouse, "B-FULL", "SB200", "SB300");
        await LoadAsync(warehouse, "B-OTHER", "SB400");
        await warehouse.CreateBillAsync("B-SHORT");
        await warehouse.LoadAsync("SB900", "B-SHORT");
        var done = await warehouse.CompleteAsync("B-DONE");
        var results = await warehouse.SetStatusAsync(
            BillStatus.Completed, ["b-full", "B-EMPTY", "B-DONE", "NONE", "B-SHORT", "B-OTHER", "B-FULL"], warehouse.Biller);
        Assert.Equal(
            [
                "B-FULL Changed ", "B-EMPTY Refused BILL_EMPTY", "B-DONE Refused BILL_COMPLETED", "NONE Refused BILL_NOT_FOUND",
                "B-SHORT Refused PARENTS_INCOMPLETE", "B-OTHER Changed ", "B-FULL Refused BILL_COMPLETED",
            ],
            results.Select(Shown));
        foreach (var result in results)
        {
            Assert.Equal(result.Outcome == BillOutcome.Changed, result.Message is null);
            Assert.Equal(await warehouse.System.Bills.FindAsync(result.Number), result.Bill);
        }

        Assert.Equal((BillStatus.Completed, done), (results[6].Bill!.Status, results[2].Bill));
        Assert.Equal(
            [BagStatus.Dispatched, BagStatus.Dispatched, BagStatus.Dispatched, BagStatus.Dispatched, BagStatus.Billed],
            (await warehouse.AllBagsAsync(new() { Kind = BagKind.Parent })).Select(bag => bag.Status));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Many_bills_are_reopened_and_their_bags_follow()
    {
        var warehouse = await OpenSmallAsync();
        await LoadAsync(warehouse, "B1", "SB100");
        await LoadAsync(warehouse, "B2", "SB200", "SB300");
        await LoadAsync(warehouse, "B3", "SB400");
        await warehouse.SetStatusAsync(BillStatus.Completed, ["B1", "B2"]);
        var results = await warehouse.SetStatusAsync(BillStatus.Processing, ["B2", "B3", "B1", "B2", "B4"], warehouse.Admin);
        Assert.Equal(
            ["B2 Changed ", "B3 Refused BILL_NOT_COMPLETED", "B1 Changed ", "B2 Refused BILL_NOT_COMPLETED", "B4 Refused BILL_NOT_FOUND"],
            results.Select(Shown));
        Assert.All(await warehouse.AllBagsAsync(), bag => Assert.Equal(BagStatus.Billed, bag.Status));
        Assert.All(await warehouse.AllBillsAsync(), bill => Assert.Equal((BillStatus.Processing, null), (bill.Status, bill.CompletedAt)));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_batch_that_changes_nothing_leaves_every_version_alone()
    {
        var warehouse = await OpenSmallAsync();
        await LoadAsync(warehouse, "B1", "SB100");
        await warehouse.CompleteAsync("B1");
        var before = (await warehouse.BillAsync("B1"), await warehouse.BagAsync("SB100"));
        Assert.Equal(["B1 Refused BILL_COMPLETED"], (await warehouse.SetStatusAsync(BillStatus.Completed, ["B1"])).Select(Shown));
        Assert.Empty(await warehouse.SetStatusAsync(BillStatus.Completed, []));
        Assert.Equal(before, (await warehouse.BillAsync("B1"), await warehouse.BagAsync("SB100")));
    }

    [Fact]
    public async Task Billers_complete_and_only_admins_reopen()
    {
        var warehouse = await OpenSmallAsync();
        await LoadAsync(warehouse, "B1", "SB100");
        foreach (var by in new[] { warehouse.Dispatcher("NORTH"), warehouse.Dispatcher(null) })
            await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => warehouse.SetStatusAsync(BillStatus.Completed, ["B1"], by));
        await warehouse.SetStatusAsync(BillStatus.Completed, ["B1"], warehouse.Biller);
        foreach (var by in new[] { warehouse.Biller, warehouse.Dispatcher("NORTH"), warehouse.Dispatcher(null) })
        {
            await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => warehouse.SetStatusAsync(BillStatus.Processing, ["B1"], by));
            await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => warehouse.ReopenAsync("B1", by: by));
        }

        Assert.Equal(BillStatus.Completed, (await warehouse.BillAsync("B1")).Status);
        Assert.Equal(BillStatus.Processing, Assert.Single(await warehouse.SetStatusAsync(BillStatus.Processing, ["B1"], warehouse.Admin)).Bill!.Status);
    }

    [Fact]
    public async Task A_status_that_cannot_be_set_and_a_batch_that_is_not_valid_change_nothing()
    {
        var warehouse = await OpenSmallAsync();
        await LoadAsync(warehouse, "B1", "SB100");
        var number = BillNumber.Parse("B1");
        await Invalid(ErrorCodes.InvalidBillStatus, BillStatus.New, number);
        await Invalid(ErrorCodes.InvalidBillStatus, (BillStatus)7, number);
        await Invalid(ErrorCodes.InvalidBillNumber, BillStatus.Completed, number, default);
        await Invalid(ErrorCodes.InvalidBatch, BillStatus.Completed, [.. Enumerable.Repeat(number, Batch.MaxItems + 1)]);
        Assert.Equal(BillStatus.Processing, (await warehouse.BillAsync("B1")).Status);

        Task Invalid(string code, BillStatus status, params BillNumber[] numbers) =>
            FailsAsync<InvalidInputException>(code, () => warehouse.System.Bills.SetStatusManyAsync(numbers, status).AsTask());
    }

    private static string Shown(BillResult result) => $"{result.Number} {result.Outcome} {result.Code}";

    /// <summary>A bill with full parents.</summary>
    private static async Task LoadAsync(Warehouse warehouse, string bill, params string[] parents)
    {
        await warehouse.CreateBillAsync(bill);
        foreach (var parent in parents)
        {
            await warehouse.FillAsync(parent, warehouse.Options.ParentCapacity);
            Recorded(await warehouse.LoadAsync(parent, bill));
        }
    }
}
