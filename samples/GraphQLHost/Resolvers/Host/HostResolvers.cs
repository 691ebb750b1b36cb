using GraphQLHost.Engines;
using GraphQLHost.Observability;
using Microsoft.Extensions.Options;
using TraceTrack;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers.Host;

/// <summary>What the host tells of itself and of the warehouse's rules. None of it is stored.</summary>
internal static class HostResolvers
{
    public static void Bind(ResolverTable table)
    {
        table.Type<HostSnapshot>("HostHealth");
        table.Type<TierFigures>("CacheTierHealth");
        table.Type<PoolFigures>("PoolHealth");
        table.Type<TraceTrackOptions>("WarehouseRules")
            .Field("parentPattern", rules => rules.ParentQrPattern)
            .Field("undoWindowSeconds", rules => (long)rules.UndoWindow.TotalSeconds)
            .Field("registersUnknownBags", rules => rules.RegisterUnknownBags);
        table.Query("hostHealth", Health)
            .Query("rules", (_, context) => new ValueTask<TraceTrackOptions>(context.Service<IOptions<TraceTrackOptions>>().Value));
    }

    private static ValueTask<HostSnapshot> Health(Arguments arguments, RequestContext context)
    {
        AccessRules.Demand(AccessRules.MayAdminister(context.Actor!), "Admins see how the host is.");
        return new(context.Service<HostFigures>().Read());
    }
}
