using GraphQLHost.Engines;
using GraphQLHost.Resolvers.Bills;
using TraceTrack.Totals;

namespace GraphQLHost.Resolvers.Totals;

internal static class TotalsResolvers
{
    public static void Bind(ResolverTable table)
    {
        table.Type<TraceTrackTotals>("Totals");
        table.Type<TotalsReconciliation>("ReconcileTotalsPayload")
            .Field("outcome", counted => counted.IsExact ? RecalculationOutcome.Exact : RecalculationOutcome.Mended);
        table.Query("totals", (_, context) => context.Tracker().Totals.GetAsync(context.CancellationToken));
        table.Mutation("reconcileTotals", (_, context) => context.Tracker().Totals.ReconcileAsync(context.CancellationToken));
    }
}
