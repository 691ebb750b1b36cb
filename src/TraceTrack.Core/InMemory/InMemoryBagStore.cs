using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;
using TraceTrack.Totals;

namespace TraceTrack.InMemory;

internal sealed class InMemoryBagStore(InMemoryState state) : IBagStore
{
    private const int ShortestInside = 3;

    public ValueTask<Bag?> FindAsync(QrCode qr, CancellationToken cancellationToken) =>
        state.RunAsync(() => state.Bags.Find(qr), cancellationToken);

    public ValueTask<IReadOnlyList<Bag?>> FindManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<Bag?>>(() => [.. qrs.Select(state.Bags.Find)], cancellationToken);

    public ValueTask<IReadOnlyList<Bag>> ChildrenOfAsync(IReadOnlyList<QrCode> parents, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<Bag>>(
            () => [.. parents.SelectMany(ChildrenOf).OrderBy(bag => bag.Qr)],
            cancellationToken);

    public ValueTask<IReadOnlyList<Bag>> OnBillsAsync(IReadOnlyList<BillNumber> bills, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<Bag>>(
            () => [.. bills.SelectMany(OnBill).OrderBy(bag => bag.Qr)],
            cancellationToken);

    public ValueTask<IReadOnlyList<Bag>> ListAsync(BagFilter filter, Slice<QrCode> slice, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<Bag>>(
            () =>
            {
                var bags = filter.Parent is { } parent ? Beyond(ChildrenOf(parent), slice)
                    : filter.Bill is { } bill ? Beyond(WithContents(OnBill(bill)).OrderBy(bag => bag.Qr), slice)
                    : state.Bags.Codes(filter.Kind, filter.Status, slice.From, slice.Backward).Select(qr => state.Bags.Find(qr)!);
                return [.. bags.Where(bag => state.Bags.Matches(bag, filter)).Take(slice.Count)];
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<QrCode>> SearchAsync(string text, string? area, int limit, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<QrCode>>(
            () =>
            {
                var found = state.Bags.CodesFrom(text);
                if (text.Length >= ShortestInside)
                    found = found.Concat(state.Bags.Codes(null, null, null, backward: false).Where(qr => IsInside(text, qr)));
                return [.. found.Where(qr => area is null || state.Bags.Find(qr)!.Area == area).Take(limit)];
            },
            cancellationToken);

    public ValueTask<BagDeletion> DeleteManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken) =>
        state.RunAsync(
            () =>
            {
                var decided = BagRules.Delete(qrs, qrs.Distinct().Select(state.Bags.Find).OfType<Bag>());
                return decided with { Bags = [.. decided.Bags.Select(Delete)] };
            },
            cancellationToken);

    private Bag Delete(Bag bag)
    {
        state.Bags.Remove(bag);
        state.Totals += bag.Kind == BagKind.Parent
            ? new TraceTrackTotals { Bags = -1, Parents = -1 }
            : new TraceTrackTotals { Bags = -1, Children = -1 };
        return bag with { Version = state.NextVersion() };
    }

    private IEnumerable<Bag> ChildrenOf(QrCode parent) => state.Bags.TryFind(parent, out var bag) ? state.Bags.ChildrenOf(bag.Id) : [];

    private IEnumerable<Bag> OnBill(BillNumber number) => state.Bills.Find(number) is { } bill ? state.Bags.OnBill(bill.Id) : [];

    private static IEnumerable<Bag> Beyond(IEnumerable<Bag> ordered, Slice<QrCode> slice) => slice.Backward
        ? ordered.Reverse().Where(bag => slice.From is not { } from || bag.Qr < from)
        : ordered.Where(bag => slice.From is not { } from || bag.Qr > from);

    private IEnumerable<Bag> WithContents(IEnumerable<Bag> parents) => parents.SelectMany(parent => state.Bags.ChildrenOf(parent.Id).Prepend(parent));

    private static bool IsInside(string text, QrCode qr) => qr.Value.IndexOf(text, StringComparison.Ordinal) > 0
        && !qr.Value.StartsWith(text, StringComparison.Ordinal);
}
