using TraceTrack.Diagnostics;
using TraceTrack.Users;

namespace TraceTrack.Bills;

internal sealed partial class ActorBills
{
    public ValueTask<Bill> ResizeAsync(BillNumber number, int capacity, long? expectedVersion, CancellationToken cancellationToken) => door.Telemetry.Bill.RunAsync(
        BillOperation.Resize,
        (Self: this, number, capacity, expectedVersion),
        static (args, token) => args.Self.SetCapacityAsync(args.number, args.capacity, args.expectedVersion, token),
        cancellationToken);

    public ValueTask<Bill> DeleteAsync(BillNumber number, long? expectedVersion, CancellationToken cancellationToken) => door.Telemetry.Bill.RunAsync(
        BillOperation.Delete,
        (Self: this, number, expectedVersion),
        static (args, token) => args.Self.RemoveAsync(args.number, args.expectedVersion, token),
        cancellationToken);

    public ValueTask<BillRecalculation> RecalculateAsync(BillNumber number, CancellationToken cancellationToken) => door.Telemetry.Recalculation.RunAsync(
        RecalculationOperation.Bill, (Self: this, number), static (args, token) => args.Self.RecountAsync(args.number, token), cancellationToken);

    public async ValueTask<DaySummary> SummarizeDayAsync(DateOnly date, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(zone);
        AccessRules.Demand(AccessRules.MaySeeSummaries(actor), "Billers and admins see a day's summary.");
        var range = TimeRange.OfDay(date, zone);
        var billers = await door.BillStore.SummarizeAsync(range.InMicroseconds, cancellationToken).ConfigureAwait(false);
        return new()
        {
            Date = date,
            TimeZone = zone.Id,
            Range = range,
            Billers = [.. billers.Select(biller => biller with { Summary = BillRules.Compose(biller.Summary, door.Options) })],
            Total = BillRules.Compose(BillRules.Total(billers), door.Options),
        };
    }

    private async ValueTask<Bill> SetCapacityAsync(BillNumber number, int capacity, long? expectedVersion, CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayChangeBills(actor), "Billers and admins resize bills.");
        BillRules.CheckCapacity(capacity);
        // Decided anew when the store begins anew, so the last state is the one that was decided on.
        Bill? seen = null;
        var commits = await door.BillStore.ChangeManyAsync(
            [number],
            states =>
            {
                var state = states.Count > 0 ? states[0] : throw Missing(number);
                seen = state.Bill;
                return BillRules.Resize(state, capacity, expectedVersion) is { } change ? [change with { ActorId = actor.Id }] : [];
            },
            cancellationToken).ConfigureAwait(false);
        return Compose(commits.Count > 0 ? commits[0].Bill : seen!);
    }

    private ValueTask<Bill> RemoveAsync(BillNumber number, long? expectedVersion, CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayChangeBills(actor), "Billers and admins delete bills.");
        return ChangeAsync(number, state => BillRules.Delete(state, expectedVersion), cancellationToken);
    }

    private async ValueTask<BillRecalculation> RecountAsync(BillNumber number, CancellationToken cancellationToken)
    {
        AccessRules.Demand(AccessRules.MayChangeBills(actor), "Billers and admins recalculate bills.");
        // As above: the last decision is the one that was written.
        BillState? seen = null;
        BillChange? decided = null;
        var commit = await door.BillStore.RecountAsync(
            number,
            (state, contents) =>
            {
                seen = state;
                return decided = BillRules.Recalculate(state, contents) is { } change ? change with { ActorId = actor.Id } : null;
            },
            cancellationToken).ConfigureAwait(false);
        if (seen is null)
            throw Missing(number);
        var kept = Compose(seen.Bill);
        return commit is null || decided is null
            ? new(kept, kept, [])
            : new(kept, Compose(commit.Bill), BillRules.Differences(seen, decided, door.Options));
    }

    private static NotFoundException Missing(BillNumber number) => new(ErrorCodes.BillNotFound, $"There is no bill {number}.");
}
