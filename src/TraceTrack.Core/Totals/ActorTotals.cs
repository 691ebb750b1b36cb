using TraceTrack.Users;

namespace TraceTrack.Totals;

internal sealed class ActorTotals(TraceTrackDoor door, Actor actor) : ITotals
{
    public ValueTask<TraceTrackTotals> GetAsync(CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MaySeeFigures(actor), "A dispatcher without an area sees no totals.");
        return door.TotalsStore.GetAsync(cancellationToken);
    }

    public ValueTask<TotalsReconciliation> ReconcileAsync(CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayAdminister(actor), "Admins reconcile the totals.");
        return door.TotalsStore.ReconcileAsync(cancellationToken);
    }
}
