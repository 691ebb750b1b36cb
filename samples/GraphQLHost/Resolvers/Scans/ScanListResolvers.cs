using GraphQLHost.Engines;
using TraceTrack;
using TraceTrack.Bags;
using TraceTrack.Paging;
using TraceTrack.Scans;

namespace GraphQLHost.Resolvers.Scans;

/// <summary>The scan log: as a list, newest first, and as a feed, in the order of its commits.</summary>
internal static class ScanListResolvers
{
    public static void Bind(ResolverTable table)
    {
        Connections.Bind<Scan>(table, "Scan");
        table.Type<ScanFeedPage>("ScanFeedPage").Field("position", page => page.Position?.ToString());
        table.Type<ScanEvent>("ScanEvent").Field("position", happened => happened.Position.ToString());
        table.Query("scans", List).Query("scansAfter", ReadAfter);
    }

    private static ValueTask<Page<Scan>> List(Arguments arguments, RequestContext context) =>
        context.Tracker().Scans.ListAsync(Filter(arguments.InputOrNull("filter")), arguments.Page(), context.CancellationToken);

    private static ValueTask<ScanFeedPage> ReadAfter(Arguments arguments, RequestContext context)
    {
        var after = arguments.TextOrNull("position") is { } position ? EventPosition.Parse(position) : (EventPosition?)null;
        var size = arguments.NumberOrNull("first") ?? PageRequest.DefaultSize;
        // The feed itself gives more; a query costs by pages of the size that lists have.
        return size <= PageRequest.MaxSize
            ? context.Tracker().Scans.ReadAfterAsync(after, size, context.CancellationToken)
            : throw new InvalidInputException(ErrorCodes.InvalidPage, $"A page holds 1–{PageRequest.MaxSize} rows.");
    }

    private static ScanFilter Filter(Arguments? input) => input is not { } filter ? ScanFilter.All : new()
    {
        ActorId = filter.TextOrNull("actorId"),
        Qr = filter.TextOrNull("qr") is { } qr ? QrCode.Parse(qr) : null,
        Area = filter.TextOrNull("area"),
        Recorded = filter.Range("recorded"),
    };
}
