using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Testing;

namespace TraceTrack.Postgres.Tests.Bills;

/// <summary>What a hand did to the tables is found and mended.</summary>
public sealed class RecalculationTests(PostgresServer server)
{
    [Fact]
    public async Task A_difference_made_in_the_tables_is_told_and_mended()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var warehouse = await LoadedAsync(store);
        var right = await warehouse.BillAsync("B1");
        await store.ExecuteAsync("UPDATE tracetrack.bill SET parent_count = 7, actual_grams = 1; UPDATE tracetrack.bag SET content_grams = 5, child_count = 9 WHERE qr = 'SB100'");
        var answer = await warehouse.RecalculateAsync("B1");
        Assert.Equal(
            [
                new(BillFigure.ParentCount, null, 7, 2), new(BillFigure.ActualWeight, null, 0.001m, 3.25m), new(BillFigure.ExpectedWeight, null, 210m, 60m),
                new(BillFigure.Variance, null, -209.999m, -56.75m),
                new(BillFigure.ChildCount, Parse("SB100"), 9, 2), new(BillFigure.ContentWeight, Parse("SB100"), 0.005m, 2.25m),
            ],
            answer.Differences);
        Assert.Equal((right.ParentCount, right.ActualWeightKg), (answer.Bill.ParentCount, answer.Bill.ActualWeightKg));
        Assert.True((await warehouse.RecalculateAsync("B1")).IsExact);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    /// <summary>More parents are there than the kept count says, so each of them needs a version that the count would not have drawn.</summary>
    [Fact]
    public async Task Parents_put_on_or_taken_off_in_the_tables_are_counted()
    {
        await using var store = await PostgresStore.CreateAsync(server, o => o.AllowIncompleteParents = true);
        var warehouse = await LoadedAsync(store);
        await store.ExecuteAsync("""
            UPDATE tracetrack.bill SET parent_count = 0, actual_grams = 0, capacity = 1, status = 0;
            UPDATE tracetrack.bag SET content_grams = 0 WHERE kind = 1
            """);
        await Assert.ThrowsAsync<ConflictException>(() => warehouse.DeleteBillAsync("B1"));
        var answer = await warehouse.RecalculateAsync("B1");
        Assert.Equal((BillStatus.Processing, 2, 2, 3.25m), (answer.Bill.Status, answer.Bill.Capacity, answer.Bill.ParentCount, answer.Bill.ActualWeightKg));
        await store.ExecuteAsync("DELETE FROM tracetrack.bill_bag; UPDATE tracetrack.bag SET status = 0 WHERE kind = 1");
        Assert.Equal((BillStatus.New, 0, 0m), await FiguresAsync());
        await Consistency.AssertHoldsAsync(warehouse);

        async Task<(BillStatus, int, decimal)> FiguresAsync()
        {
            var bill = (await warehouse.RecalculateAsync("B1")).Bill;
            return (bill.Status, bill.ParentCount, bill.ActualWeightKg);
        }
    }

    [Fact]
    public async Task A_completed_bill_with_a_wrong_count_is_completed_and_reopened_all_the_same()
    {
        await using var store = await PostgresStore.CreateAsync(server, o => o.AllowIncompleteParents = true);
        var warehouse = await LoadedAsync(store);
        await store.ExecuteAsync("UPDATE tracetrack.bill SET parent_count = 1");
        Assert.Equal(BillStatus.Completed, (await warehouse.CompleteAsync("B1")).Status);
        Assert.Equal(2, (await warehouse.RecalculateAsync("B1")).Bill.ParentCount);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    private static async Task<Warehouse> LoadedAsync(PostgresStore store)
    {
        var warehouse = new Warehouse(store.Services);
        await warehouse.ImportAsync(
            new BagRow("SB100"), new("SB200"), new("C100", "SB100"), new("C101", "SB100", null, 1.25m), new("C200", "SB200"));
        await warehouse.CreateBillAsync("B1");
        await warehouse.LoadAsync("SB100", "B1");
        await warehouse.LoadAsync("SB200", "B1");
        return warehouse;
    }

    private static TraceTrack.Bags.QrCode Parse(string qr) => TraceTrack.Bags.QrCode.Parse(qr);
}
