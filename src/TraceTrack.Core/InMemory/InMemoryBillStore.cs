using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.History;
using TraceTrack.Paging;

namespace TraceTrack.InMemory;

internal sealed class InMemoryBillStore(InMemoryState state) : IBillStore
{
    public ValueTask<Bill?> FindAsync(BillNumber number, CancellationToken cancellationToken) =>
        state.RunAsync(() => state.Bills.Find(number), cancellationToken);

    public ValueTask<IReadOnlyList<Bill?>> FindManyAsync(IReadOnlyList<BillNumber> numbers, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<Bill?>>(() => [.. numbers.Select(state.Bills.Find)], cancellationToken);

    public ValueTask<IReadOnlyList<Bill>> ListAsync(BillFilter filter, Slice<BillPosition> slice, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<Bill>>(
            () => [.. state.Bills.Beyond(slice.From, slice.Backward).Where(bill => Matches(bill, filter)).Take(slice.Count)],
            cancellationToken);

    public ValueTask<Bill?> CreateAsync(CreateBill command, string createdBy, CancellationToken cancellationToken) =>
        state.RunAsync(
            () =>
            {
                if (state.Bills.Find(command.Number) is not null)
                    return null;
                var now = state.Now();
                var bill = new Bill
                {
                    Id = state.NextId(),
                    Number = command.Number,
                    Capacity = command.Capacity,
                    ActualWeightKg = Weight.FromGrams(0),
                    CreatedBy = createdBy,
                    CreatedAt = now,
                    ChangedAt = now,
                    Version = state.NextVersion(),
                };
                state.Bills.Put(bill);
                state.BillEvents.Add(new(bill.Id, now, HistoryKind.Created, createdBy, bill.Version));
                state.Totals += new Totals.TraceTrackTotals { Bills = 1 };
                return bill;
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<BillCommit>> ChangeManyAsync(
        IReadOnlyList<BillNumber> numbers, Func<IReadOnlyList<BillState>, IReadOnlyList<BillChange>> decide, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<BillCommit>>(
            () =>
            {
                var (bills, now) = (numbers.Distinct().Select(state.Bills.Find).OfType<Bill>(), state.Now());
                return [.. decide([.. bills.Select(bill => new BillState(bill, [.. state.Bags.OnBill(bill.Id)], now))]).Select(Write)];
            },
            cancellationToken);

    public ValueTask<BillCommit?> RecountAsync(
        BillNumber number, Func<BillState, IReadOnlyList<ParentContent>, BillChange?> decide, CancellationToken cancellationToken) =>
        state.RunAsync(
            () =>
            {
                if (state.Bills.Find(number) is not { } bill)
                    return null;
                Bag[] parents = [.. state.Bags.OnBill(bill.Id)];
                var change = decide(new(bill, parents, state.Now()), [.. parents.Select(ContentOf)]);
                return change is null ? null : Write(change);
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<BillerSummary>> SummarizeAsync(TimeRange created, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<BillerSummary>>(
            () =>
            [
                .. state.Bills.Rows.Where(bill => created.Contains(bill.CreatedAt))
                    .GroupBy(bill => bill.CreatedBy, StringComparer.Ordinal)
                    .OrderBy(bills => bills.Key, StringComparer.Ordinal)
                    .Select(bills => new BillerSummary(bills.Key, Summarize([.. bills]))),
            ],
            cancellationToken);

    private static BillSummary Summarize(Bill[] bills) => new()
    {
        NewBills = bills.LongCount(bill => bill.Status == BillStatus.New),
        ProcessingBills = bills.LongCount(bill => bill.Status == BillStatus.Processing),
        CompletedBills = bills.LongCount(bill => bill.Status == BillStatus.Completed),
        Parents = bills.Sum(bill => (long)bill.ParentCount),
        ActualWeightKg = bills.Sum(bill => bill.ActualWeightKg),
    };

    private ParentContent ContentOf(Bag parent)
    {
        Bag[] children = [.. state.Bags.ChildrenOf(parent.Id)];
        return new(parent.Id, children.Length, Weight.FromGrams(children.Sum(child => Weight.ToGrams(child.WeightKg))));
    }

    private BillCommit Write(BillChange change)
    {
        var before = state.Bills.Find(change.Bill.Number)!;
        var changed = change.Bill with { Version = state.NextVersion() };
        if (change.IsDeletion)
        {
            state.Bills.Remove(before);
            state.Totals += new Totals.TraceTrackTotals { Bills = -1 };
        }
        else
        {
            state.Bills.Put(changed);
        }

        if (BillEvent.Of(before, changed, change) is { } happened)
            state.BillEvents.Add(happened);
        Bag[] parents = change.ParentStatus is { } status
            ? [.. state.Bags.OnBill(before.Id).Select(parent => parent with { Status = status, ChangedAt = changed.ChangedAt })]
            : [.. change.Mended];
        for (var i = 0; i < parents.Length; i++)
        {
            parents[i] = parents[i] with { Version = state.NextVersion() };
            state.Bags.Put(parents[i]);
        }

        return new(changed, parents) { IsDeletion = change.IsDeletion };
    }

    private static bool Matches(Bill bill, BillFilter filter) =>
        (filter.Status is not { } status || bill.Status == status)
        && (filter.CreatedBy is null || bill.CreatedBy == filter.CreatedBy)
        && filter.Created.Contains(bill.CreatedAt);
}
