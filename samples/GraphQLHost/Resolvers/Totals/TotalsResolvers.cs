using GraphQLHost.Engines;
using TraceTrack.Totals;

namespace GraphQLHost.Resolvers.Totals;

internal static class TotalsResolvers
{
    public static void Bind(ResolverTable table)
    {
        table.Type<TraceTrackTotals>("Totals");
        table.Query("totals", (_, context) => context.Tracker().Totals.GetAsync(context.CancellationToken));
    }
}
