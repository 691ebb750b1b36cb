using TraceTrack.Bills;
using TraceTrack.DemoData;
using TraceTrack.Imports;
using TraceTrack.Paging;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack.GraphQLHost.Tests.DemoData;

public sealed class DemoStoreTests
{
    private static readonly DemoOptions Small = new() { Bags = 8_100, PasswordHash = "hash" };

    [Fact]
    public async Task An_empty_store_is_filled_and_then_left_alone()
    {
        await using var store = MemoryStore.Create();
        Assert.Equal(DemoOutcome.Filled, await DemoStore.FillAsync(store.Door(), Small));
        await AssertWholeAsync(store.Door());
        Assert.Equal(DemoOutcome.WasFull, await DemoStore.FillAsync(store.Door(), Small));
        Assert.Equal(DemoOutcome.WasFull, await DemoStore.FillAsync(store.Door(), Small with { Bags = 500 }));
        await AssertWholeAsync(store.Door());
    }

    [Theory]
    [InlineData(DemoPhase.Users)]
    [InlineData(DemoPhase.Indexes)]
    [InlineData(DemoPhase.Scans)]
    [InlineData(DemoPhase.Bills)]
    public async Task A_fill_that_was_interrupted_is_finished_by_the_next(DemoPhase phase)
    {
        await using var store = MemoryStore.Create();
        using var stop = new CancellationTokenSource();
        var interrupt = new Call<DemoProgress>(progress =>
        {
            if (progress.Phase == phase && (progress.Done > 0 || progress.Total == 0))
                stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DemoStore.FillAsync(store.Door(), Small, interrupt, stop.Token));
        // Once the bags are there, they say themselves how many were asked for.
        var isThere = (await TotalsAsync(store.Door())).Bags > 0;
        Assert.Equal(DemoOutcome.Filled, await DemoStore.FillAsync(store.Door(), isThere ? Small with { Bags = 12 } : Small));
        await AssertWholeAsync(store.Door());
    }

    [Fact]
    public async Task Other_bags_are_left_alone()
    {
        await using var store = MemoryStore.Create();
        await store.Door().As(Actor.System).Imports.ImportAsync(new[] { new BagRow("OWN-1") }.ToAsyncEnumerable(), new());
        Assert.Equal(DemoOutcome.HoldsOtherBags, await DemoStore.FillAsync(store.Door(), Small));
        Assert.Equal(new TraceTrackTotals(1, 0, 1, 0, 0, 0), await TotalsAsync(store.Door()));
    }

    [Fact]
    public async Task A_single_bag_is_enough()
    {
        await using var store = MemoryStore.Create();
        Assert.Equal(DemoOutcome.Filled, await DemoStore.FillAsync(store.Door(), Small with { Bags = 1 }));
        Assert.Equal(new TraceTrackTotals(1, 0, 1, 1, 1, 10), await TotalsAsync(store.Door()));
    }

    [Fact]
    public async Task Phases_are_told_in_order_up_to_their_totals()
    {
        await using var store = MemoryStore.Create();
        var told = new List<DemoProgress>();
        await DemoStore.FillAsync(store.Door(), Small with { Workers = 1 }, new Call<DemoProgress>(told.Add));
        Assert.Equal(told.OrderBy(step => step.Phase).Select(step => step.Phase), told.Select(step => step.Phase));
        Assert.Contains(new DemoProgress(DemoPhase.Bills, 100, 100), told);
        Assert.Equal(DemoPhase.Done, told[^1].Phase);
    }

    private static async Task AssertWholeAsync(ITraceTrack door)
    {
        var warehouse = new DemoWarehouse(Small.Bags);
        Assert.Equal(
            new(warehouse.Bags, warehouse.Parents, warehouse.Children, warehouse.BillCount, warehouse.HistoryRows + warehouse.LoadedParents, warehouse.Users.Count),
            await TotalsAsync(door));
        Assert.True((await door.As(Actor.System).Totals.ReconcileAsync()).IsExact);
        var bills = await door.As(Actor.System).Bills.FindManyAsync([.. warehouse.Bills().Select(bill => bill.Number)]);
        foreach (var (planned, stored) in warehouse.Bills().Zip(bills))
        {
            Assert.Equal((planned.ParentCount, planned.Capacity), (stored!.ParentCount, stored.Capacity));
            Assert.Equal(planned.IsCompleted ? BillStatus.Completed : planned.ParentCount > 0 ? BillStatus.Processing : BillStatus.New, stored.Status);
        }

        var full = await door.As(Actor.System).Bags.FindAsync(DemoWarehouse.Parent(0));
        Assert.Equal(30, full!.ChildCount);
        Assert.Equal(warehouse.Bill(0).Number, full.BillNumber);
        var made = await door.As(Actor.System).Users.FindCredentialsAsync("dispatcher0001");
        Assert.Equal("hash", made!.PasswordHash);
        Assert.NotEmpty((await door.As(made.User.ToActor()).Bags.ListAsync(Bags.BagFilter.All, PageRequest.First(5))).Items);
    }

    private static async Task<TraceTrackTotals> TotalsAsync(ITraceTrack door) => await door.As(Actor.System).Totals.GetAsync();

    private sealed class Call<T>(Action<T> action) : IProgress<T>
    {
        public void Report(T value) => action(value);
    }
}
