using GraphQLHost.Engines;
using GraphQLHost.Resolvers.Bills;
using TraceTrack.Caching;
using TraceTrack.Totals;

namespace GraphQLHost.Resolvers.Totals;

internal static class TotalsResolvers
{
    public static void Bind(ResolverTable table)
    {
        table.Type<TraceTrackTotals>("Totals")
            .Field<CacheReads?>("cache", (_, _, context) => new(context.Services.GetService<CacheStatistics>()?.Read()));
        table.Type<CacheReads>("CacheReads")
            .Field("memory", reads => reads.Memory)
            .Field("shared", reads => reads.Shared)
            .Field("store", reads => reads.Store)
            .Field("hitRatio", reads => (decimal)reads.HitRatio);
        table.Type<TotalsReconciliation>("ReconcileTotalsPayload")
            .Field("outcome", counted => counted.IsExact ? RecalculationOutcome.Exact : RecalculationOutcome.Mended);
        table.Query("totals", (_, context) => context.Tracker().Totals.GetAsync(context.CancellationToken));
        table.Mutation("reconcileTotals", (_, context) => context.Tracker().Totals.ReconcileAsync(context.CancellationToken));
    }
}
