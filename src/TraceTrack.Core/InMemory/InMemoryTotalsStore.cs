using TraceTrack.Bags;
using TraceTrack.Totals;

namespace TraceTrack.InMemory;

internal sealed class InMemoryTotalsStore(InMemoryState state) : ITotalsStore
{
    public ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken) =>
        state.RunAsync(() => state.Totals, cancellationToken);

    public ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken) =>
        state.RunAsync(
            () =>
            {
                var kept = state.Totals;
                var parents = state.Bags.Rows.LongCount(bag => bag.Kind == BagKind.Parent);
                state.Totals = new(
                    state.Bags.Count, parents, state.Bags.Count - parents, state.Bills.Count, state.Log.Count, state.Users.Count);
                return new TotalsReconciliation(kept, state.Totals);
            },
            cancellationToken);
}
