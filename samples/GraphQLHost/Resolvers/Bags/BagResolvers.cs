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
        table.Type<BagByQr>("BagByQr")
            .Field("qr", asked => asked.Qr.Value)
            .Batch("bag", loaders.BagByQr, asked => (QrCode?)asked.Qr);
        table.Query("bag", loaders.BagByQr, arguments => QrCode.Parse(arguments.Text("qr")))
            .Query("bagsByQr", FindMany).Query("bags", List).Query("search", Search);
    }

    // The codes alone: the bags are looked up together, and with all others that the level names.
    private static ValueTask<List<BagByQr>> FindMany(Arguments arguments, RequestContext context) =>
        new([.. Batches.Read(context, arguments.Texts("qrs"), QrCode.Parse).Select(qr => new BagByQr(qr))]);

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

    private sealed record BagByQr(QrCode Qr);
}
