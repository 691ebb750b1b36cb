using TraceTrack.Bags;

namespace TraceTrack.Bills;

public class BillRulesTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Bill Bill = new()
    {
        Id = 1,
        Number = BillNumber.Parse("B1"),
        Capacity = 5,
        ParentCount = 2,
        Status = BillStatus.Processing,
        CreatedBy = "a",
        Version = 9,
    };

    [Fact]
    public void The_expected_weight_is_parents_by_capacity_by_child_weight_with_three_places()
    {
        Assert.Equal(3000m, BillRules.ExpectedWeightKg(100, new()));
        Assert.Equal("90.000", FormattableString.Invariant($"{BillRules.ExpectedWeightKg(2, new() { ChildWeightKg = 1.5m })}"));
        Assert.Equal(500_000_000m, BillRules.ExpectedWeightKg(500, new() { ParentCapacity = 1000, ChildWeightKg = 1000m }));
        var bill = BillRules.Compose(Bill with { ActualWeightKg = 59.5m }, new());
        Assert.Equal((60m, -0.5m), (bill.ExpectedWeightKg, bill.VarianceKg));
    }

    [Fact]
    public void A_stale_version_is_told_before_anything_else()
    {
        foreach (var bill in new[] { Bill, Bill with { Status = BillStatus.Completed }, Bill with { ParentCount = 0 } })
            Assert.Equal(ErrorCodes.StaleVersion, Assert.Throws<ConflictException>(() => BillRules.Complete(State(bill, 1), 8, new())).Code);
    }

    [Fact]
    public void How_many_parents_are_short_is_said()
    {
        var error = Assert.Throws<ConflictException>(() => BillRules.Complete(State(Bill, 29), null, new()));
        Assert.Equal(ErrorCodes.ParentsIncomplete, error.Code);
        Assert.Contains("1 of 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_completed_bill_carries_the_locks_time_and_dispatches_its_parents()
    {
        var change = BillRules.Complete(State(Bill, 30), 9, new());
        Assert.Equal((BillStatus.Completed, Now, Now, BagStatus.Dispatched), (change.Bill.Status, change.Bill.CompletedAt, change.Bill.ChangedAt, change.ParentStatus));
    }

    [Fact]
    public void A_reopened_bill_is_processing_and_its_parents_are_billed()
    {
        var completed = BillRules.Complete(State(Bill, 30), 9, new()).Bill;
        var change = BillRules.Reopen(State(completed, 30), 9);
        Assert.Equal((BillStatus.Processing, null, BagStatus.Billed), (change.Bill.Status, change.Bill.CompletedAt, change.ParentStatus));
        Assert.True(change.Bill.ChangedAt > completed.ChangedAt);
        Assert.Equal(ErrorCodes.BillNotCompleted, Assert.Throws<ConflictException>(() => BillRules.Reopen(State(Bill, 30), 9)).Code);
        Assert.Equal(ErrorCodes.StaleVersion, Assert.Throws<ConflictException>(() => BillRules.Reopen(State(Bill, 30), 8)).Code);
    }

    [Fact]
    public void Many_bills_are_decided_as_one_by_one_is_and_one_named_twice_on_what_it_has_become()
    {
        var (other, none) = (Bill with { Id = 2, Number = BillNumber.Parse("B2"), ParentCount = 0 }, BillNumber.Parse("B3"));
        var batch = BillRules.SetStatus([Bill.Number, other.Number, none, Bill.Number], [State(other, 30), State(Bill, 30)], BillStatus.Completed, new());
        Assert.Equal([null, ErrorCodes.BillEmpty, ErrorCodes.BillNotFound, ErrorCodes.BillCompleted], batch.Results.Select(result => result.Code));
        Assert.Equal(BillRules.Complete(State(Bill, 30), null, new()), Assert.Single(batch.Changes));
    }

    [Fact]
    public void A_bill_is_deleted_only_when_nothing_is_on_it_whatever_its_figures_say()
    {
        var empty = new BillState(Bill with { Status = BillStatus.New, ParentCount = 0 }, [], Now);
        Assert.True(BillRules.Delete(empty, 9).IsDeletion);
        Assert.Equal(ErrorCodes.StaleVersion, Assert.Throws<ConflictException>(() => BillRules.Delete(State(Bill, 30), 8)).Code);
        foreach (var state in new[] { State(Bill, 30), State(empty.Bill, 30), new(Bill with { Status = BillStatus.Completed }, [], Now) })
            Assert.Equal(ErrorCodes.BillNotNew, Assert.Throws<ConflictException>(() => BillRules.Delete(state, 9)).Code);
    }

    [Fact]
    public void A_capacity_below_the_parents_is_refused_and_the_one_it_has_is_no_change()
    {
        Assert.Null(BillRules.Resize(State(Bill, 30), 5, 9));
        Assert.Equal((2, Now), (BillRules.Resize(State(Bill, 30), 2, null)!.Bill.Capacity, BillRules.Resize(State(Bill, 30), 2, null)!.Bill.ChangedAt));
        Assert.Equal(ErrorCodes.BillCapacityExceeded, Assert.Throws<ConflictException>(() => BillRules.Resize(State(Bill, 30), 1, 9)).Code);
        Assert.Equal(ErrorCodes.InvalidBillCapacity, Assert.Throws<InvalidInputException>(() => BillRules.Resize(State(Bill, 30), 501, 8)).Code);
        Assert.Equal(ErrorCodes.StaleVersion, Assert.Throws<ConflictException>(() => BillRules.Resize(State(Bill, 30), 1, 8)).Code);
    }

    [Fact]
    public void More_parents_than_a_bill_takes_raise_its_capacity_when_they_are_counted()
    {
        var state = new BillState(Bill with { Capacity = 1, ParentCount = 1 }, [Parent("SB1", 0), Parent("SB2", 0) with { Id = 2 }], Now);
        var change = BillRules.Recalculate(state, [])!;
        Assert.Equal((2, 2), (change.Bill.Capacity, change.Bill.ParentCount));
        Assert.Contains(new(BillFigure.Capacity, null, 1, 2), BillRules.Differences(state, change, new()));
        Assert.Empty(change.Mended);
    }

    private static BillState State(Bill bill, int children) => new(bill, [Parent("SB1", 30), Parent("SB2", children)], Now);

    private static Bag Parent(string qr, int children) => new() { Id = 1, Qr = QrCode.Parse(qr), Kind = BagKind.Parent, ChildCount = children };
}
