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

    private BillCommit Write(BillChange change)
    {
        var before = state.Bills.Find(change.Bill.Number)!;
        var parents = state.Bags.OnBill(before.Id).ToArray();
        var changed = change.Bill with { Version = state.NextVersion() };
        state.Bills.Put(changed);
        if (BillEvent.Of(before, changed, change.ActorId) is { } happened)
            state.BillEvents.Add(happened);
        if (change.ParentStatus is not { } status)
            return new(changed, []);
        for (var i = 0; i < parents.Length; i++)
        {
            parents[i] = parents[i] with { Status = status, ChangedAt = changed.ChangedAt, Version = state.NextVersion() };
            state.Bags.Put(parents[i]);
        }

        return new(changed, parents);
    }

    private static bool Matches(Bill bill, BillFilter filter) =>
        (filter.Status is not { } status || bill.Status == status)
        && (filter.CreatedBy is null || bill.CreatedBy == filter.CreatedBy)
        && filter.Created.Contains(bill.CreatedAt);
}
