using GraphQLHost.Engines;
using GraphQLHost.Live;
using TraceTrack;
using TraceTrack.Bills;
using TraceTrack.Scans;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace GraphQLHost.Resolvers.Live;

/// <summary>What is told as it happens.</summary>
internal static class LiveResolvers
{
    public static void Bind(ResolverTable table)
    {
        table.Type<ScanEvent>("ScanRecorded").Field("eventId", happened => happened.Position.ToString());
        table.Type<StateAt<Bill?>>("BillChanged").Field("eventId", state => state.At.ToString()).Field("bill", state => state.State);
        table.Type<StateAt<TraceTrackTotals>>("TotalsChanged").Field("eventId", state => state.At.ToString()).Field("totals", state => state.State);
        table.Subscription("scanRecorded", FollowScans).Subscription("billChanged", FollowBill).Subscription("totalsChanged", FollowTotals);
    }

    private static async ValueTask<IAsyncEnumerable<ScanEvent>> FollowScans(Arguments arguments, RequestContext context)
    {
        var wish = new ScanWish(Area.Normalize(arguments.TextOrNull("area")), arguments.Has("user") ? arguments.Id("user") : null);
        var after = arguments.TextOrNull("after") is { } position ? EventPosition.Parse(position) : (EventPosition?)null;
        var stream = Open(context, actor =>
        {
            DemandSight(actor);
            AccessRules.Demand(wish.Area is null || AccessRules.ReadScope(actor).Allows(wish.Area), "A dispatcher sees the scans of the own area only.");
        });
        var feed = context.Service<LiveFeed>();
        var scans = new ScanStream(feed, context.Service<ITraceTrack>(), context.Service<LiveSettings>(), stream, wish);
        // Before the client learns that it is subscribed: whatever is recorded then will come.
        return after is { } last ? scans.FollowAsync(last) : scans.FollowAsync(await feed.FindEndAsync(context.CancellationToken));
    }

    private static ValueTask<IAsyncEnumerable<StateAt<Bill?>>> FollowBill(Arguments arguments, RequestContext context)
    {
        var number = BillNumber.Parse(arguments.Text("number"));
        Open(context, DemandSight);
        var feed = context.Service<LiveFeed>();
        return new(StateStream.FollowAsync(feed, feed.Bills, number));
    }

    private static ValueTask<IAsyncEnumerable<StateAt<TraceTrackTotals>>> FollowTotals(Arguments arguments, RequestContext context)
    {
        Open(context, DemandSight);
        var feed = context.Service<LiveFeed>();
        return new(StateStream.FollowAsync(feed, feed.Totals, 0));
    }

    private static LiveStream Open(RequestContext context, Action<Actor> demand)
    {
        var stream = context.Stream!;
        demand(context.Actor!);
        stream.Demand = demand;
        stream.Place = context.Service<StreamPlaces>().Take(context.Actor!);
        return stream;
    }

    // A query finds nothing then; a stream of nothing would only puzzle.
    private static void DemandSight(Actor actor) =>
        AccessRules.Demand(AccessRules.MaySeeFigures(actor), "A dispatcher without an area sees nothing.");
}
