using GraphQLHost.Engines;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;

namespace GraphQLHost.Resolvers.Bags;

internal static class BagResolvers
{
    private const int DefaultSearchSize = 20;

    public static void Bind(ResolverTable table, Loaders loaders)
    {
        table.Enum<BagKind>("BagKind").Enum<BagStatus>("BagStatus");
        table.Type<Bag>("Bag")
            .Field("qr", bag => bag.Qr.Value)
            .Batch("parent", loaders.BagByQr, bag => bag.ParentQr)
            // A parent that holds nothing, and every child, needs no look-up.
            .Batch("children", loaders.ChildrenOfParent, bag => bag.ChildCount > 0 ? bag.Qr : null, none: [])
            .Batch("bill", loaders.BillByNumber, bag => bag.BillNumber);
        Connections.Bind<Bag>(table, "Bag");
        table.Query("bag", Find).Query("bags", List).Query("search", Search);
    }

    private static ValueTask<Bag?> Find(Arguments arguments, RequestContext context) =>
        context.Tracker().Bags.FindAsync(QrCode.Parse(arguments.Text("qr")), context.CancellationToken);

    private static ValueTask<Page<Bag>> List(Arguments arguments, RequestContext context) =>
        context.Tracker().Bags.ListAsync(Filter(arguments.InputOrNull("filter")), arguments.Page(), context.CancellationToken);

    private static ValueTask<IReadOnlyList<Bag>> Search(Arguments arguments, RequestContext context) =>
        context.Tracker().Bags.SearchAsync(arguments.Text("text"), arguments.NumberOrNull("first") ?? DefaultSearchSize, context.CancellationToken);

    private static BagFilter Filter(Arguments? input) => input is not { } filter ? BagFilter.All : new()
    {
        Kind = filter.ChoiceOrNull<BagKind>("kind"),
        Status = filter.ChoiceOrNull<BagStatus>("status"),
        Area = filter.TextOrNull("area"),
        Parent = filter.TextOrNull("parent") is { } parent ? QrCode.Parse(parent) : null,
        Bill = filter.TextOrNull("bill") is { } bill ? BillNumber.Parse(bill) : null,
        Created = filter.Range("created"),
    };
}
