using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Paging;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Counting a bill anew finds nothing, whatever was done, and finds what a hand has put wrong.</summary>
public abstract class BillRecalculationContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_bill_whose_figures_are_right_is_left_alone()
    {
        var warehouse = await Loaded();
        var bill = await warehouse.BillAsync("B1");
        var answer = await warehouse.RecalculateAsync("b1", warehouse.Biller);
        Assert.True(answer.IsExact);
        Assert.Empty(answer.Differences);
        Assert.Equal((bill, bill), (answer.Kept, answer.Bill));
        Assert.Equal(bill, await warehouse.BillAsync("B1"));
        await warehouse.CreateBillAsync("B2");
        Assert.True((await warehouse.RecalculateAsync("B2")).IsExact);
        Assert.DoesNotContain(await KindsAsync(warehouse), kind => kind == History.HistoryKind.Recalculated);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task After_random_work_there_is_nothing_to_mend(int seed)
    {
        var random = new Random(seed);
        var warehouse = await OpenSmallAsync(o => o.AllowIncompleteParents = true);
        string[] numbers = ["B1", "B2", "B3"];
        await warehouse.ImportAsync([.. Enumerable.Range(0, 6).Select(i => new BagRow($"I{i:00}", null, null, 0.125m * i))]);
        for (var step = 0; step < 150; step++)
        {
            var (number, parent, child) = (numbers[random.Next(3)], $"SB{random.Next(6)}0", $"{(random.Next(3) == 0 ? "I0" : "C0")}{random.Next(6)}");
            try
            {
                await (random.Next(12) switch
                {
                    0 => warehouse.CreateBillAsync(number, random.Next(1, 5)),
                    1 => warehouse.ResizeAsync(number, random.Next(1, 6)),
                    2 => warehouse.DeleteBillAsync(number),
                    3 => warehouse.CompleteAsync(number),
                    4 => (Task)warehouse.ReopenAsync(number),
                    5 or 6 => warehouse.LoadAsync(parent, number),
                    7 => warehouse.UnloadAsync(parent),
                    8 => warehouse.UnlinkAsync(child),
                    9 => warehouse.UndoAsync(),
                    10 => warehouse.ImportWithAsync(OnExisting.Update, new BagRow(child, null, null, 0.25m * random.Next(1, 9))),
                    _ => warehouse.LinkAsync(child, parent),
                });
            }
            catch (TraceTrackException error) when (error is ConflictException or NotFoundException)
            {
                // Refusals are part of the work.
            }
        }

        foreach (var bill in await warehouse.AllBillsAsync())
        {
            var answer = await warehouse.RecalculateAsync(bill.Number.Value);
            Assert.True(answer.IsExact, string.Join(", ", answer.Differences));
            Assert.Equal(bill, answer.Bill);
        }

        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Figures_put_wrong_are_told_one_by_one_and_mended()
    {
        var warehouse = await Loaded();
        var right = await warehouse.BillAsync("B1");
        var wrong = await SpoilAsync(warehouse, bill => bill with { ParentCount = 5, ActualWeightKg = 99.125m });
        var answer = await warehouse.RecalculateAsync("B1", warehouse.Biller);
        Assert.False(answer.IsExact);
        Assert.Equal((5, 99.125m, 15m), (answer.Kept.ParentCount, answer.Kept.ActualWeightKg, answer.Kept.ExpectedWeightKg));
        Assert.Equal(
            [
                new(BillFigure.ParentCount, null, 5, 2), new(BillFigure.ActualWeight, null, 99.125m, 2.5m),
                new(BillFigure.ExpectedWeight, null, 15m, 6m), new(BillFigure.Variance, null, 84.125m, -3.5m),
            ],
            answer.Differences);
        Assert.Equal(right with { Version = answer.Bill.Version, ChangedAt = answer.Bill.ChangedAt }, answer.Bill);
        Assert.True(answer.Bill.Version > wrong.Version && answer.Bill.ChangedAt > wrong.ChangedAt);
        Assert.Equal(answer.Bill, await warehouse.BillAsync("B1"));
        Assert.True((await warehouse.RecalculateAsync("B1")).IsExact);
        var told = (await warehouse.System.History.OfBillAsync(right.Number, PageRequest.First())).Items[0];
        Assert.Equal((History.HistoryKind.Recalculated, "biller-1", answer.Bill.Version), (told.Kind, told.ActorId, told.Key));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_parents_own_figures_are_mended_with_the_bills()
    {
        var warehouse = await Loaded();
        var parent = await warehouse.BagAsync("SB200");
        await warehouse.Port<IBillStore>().ChangeManyAsync(
            [BillNumber.Parse("B1")],
            states =>
            [
                new(states[0].Bill with { ChangedAt = states[0].Now }, null)
                {
                    Mended = [.. states[0].Parents.Where(one => one.Qr == parent.Qr).Select(one => one with { ChildCount = 3, ContentWeightKg = 7.001m })],
                },
            ],
            CancellationToken.None);
        Assert.Equal((3, 7.001m), ((await warehouse.BagAsync("SB200")).ChildCount, (await warehouse.BagAsync("SB200")).ContentWeightKg));
        var answer = await warehouse.RecalculateAsync("B1");
        Assert.Equal(
            [new(BillFigure.ChildCount, parent.Qr, 3, 1), new(BillFigure.ContentWeight, parent.Qr, 7.001m, 1.5m)], answer.Differences);
        Assert.Equal((1, 1.5m), ((await warehouse.BagAsync("SB200")).ChildCount, (await warehouse.BagAsync("SB200")).ContentWeightKg));
        await Consistency.AssertHoldsAsync(warehouse);
        Recorded(await warehouse.UnloadAsync("SB200"));
        Assert.Equal(1m, (await warehouse.BillAsync("B1")).ActualWeightKg);
    }

    [Theory]
    [InlineData(BillStatus.New)]
    [InlineData(BillStatus.Completed)]
    public async Task A_completed_bill_is_mended_too_and_stays_completed(BillStatus spoilt)
    {
        var warehouse = await Loaded();
        if (spoilt == BillStatus.Completed)
            await warehouse.CompleteAsync("B1");
        await SpoilAsync(warehouse, bill => bill with { Status = spoilt, ParentCount = 0, ActualWeightKg = 0m });
        if (spoilt == BillStatus.New)
            await FailsAsync<ConflictException>(ErrorCodes.BillNotNew, () => warehouse.DeleteBillAsync("B1"));
        var answer = await warehouse.RecalculateAsync("B1");
        Assert.False(answer.IsExact);
        Assert.Equal((spoilt == BillStatus.Completed ? spoilt : BillStatus.Processing, 2, 2.5m), (answer.Bill.Status, answer.Bill.ParentCount, answer.Bill.ActualWeightKg));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Billers_and_admins_recalculate_and_dispatchers_do_not()
    {
        var warehouse = await Loaded();
        Assert.True((await warehouse.RecalculateAsync("B1", warehouse.Admin)).IsExact);
        foreach (var by in new[] { warehouse.Dispatcher("NORTH"), warehouse.Dispatcher(null) })
            await FailsAsync<NotAllowedException>(ErrorCodes.NotAllowed, () => warehouse.RecalculateAsync("NONE", by));
        await FailsAsync<NotFoundException>(ErrorCodes.BillNotFound, () => warehouse.RecalculateAsync("NONE"));
    }

    /// <summary>Two parents on B1 that hold one child each, of 1 kg and of 1.5 kg.</summary>
    private async Task<Warehouse> Loaded()
    {
        var warehouse = await OpenSmallAsync(o => o.AllowIncompleteParents = true);
        await warehouse.ImportAsync(new("SB100"), new("SB200"), new("C001", "SB100"), new("C002", "SB200", null, 1.5m));
        await warehouse.CreateBillAsync("B1");
        Recorded(await warehouse.LoadAsync("SB100", "B1"));
        Recorded(await warehouse.LoadAsync("SB200", "B1"));
        return warehouse;
    }

    /// <summary>Writes what no rule would.</summary>
    private static async Task<Bill> SpoilAsync(Warehouse warehouse, Func<Bill, Bill> change) => Assert.Single(await warehouse.Port<IBillStore>().ChangeManyAsync(
        [BillNumber.Parse("B1")], states => [new(change(states[0].Bill) with { ChangedAt = states[0].Now }, null)], CancellationToken.None)).Bill;

    private static async Task<IEnumerable<History.HistoryKind>> KindsAsync(Warehouse warehouse) =>
        (await warehouse.System.History.OfBillAsync(BillNumber.Parse("B1"), PageRequest.First())).Items.Select(entry => entry.Kind);
}
