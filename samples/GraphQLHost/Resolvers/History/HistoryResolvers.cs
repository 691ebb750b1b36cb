using GraphQLHost.Engines;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.History;
using TraceTrack.Paging;

namespace GraphQLHost.Resolvers.History;

/// <summary>
/// Histories are asked for one bag or bill at a time, at the root and not below a list, where each row would be a statement of its own.
/// What an entry names is fetched for all entries at once.
/// </summary>
internal static class HistoryResolvers
{
    public static void Bind(ResolverTable table, Loaders loaders)
    {
        table.Enum<HistoryKind>("HistoryKind");
        table.Type<HistoryEntry>("HistoryEntry")
            .Field("reason", entry => entry.Rejection)
            .Field("detail", entry => entry.Fact)
            .Field("otherQr", entry => entry.OtherBag?.Value)
            .Field("billNumber", entry => entry.Bill?.Value)
            .Field("scanId", entry => entry.ScanId?.ToString())
            .Field("importKey", entry => entry.ImportId)
            .Batch("other", loaders.BagByQr, entry => entry.OtherBag)
            .Batch("bill", loaders.BillByNumber, entry => entry.Bill)
            .Batch("user", loaders.UserById, entry => entry.ActorId);
        Connections.Bind<HistoryEntry>(table, "History");
        table.Type<Stay>("Stay")
            .Field("childQr", stay => stay.Child.Value)
            .Field("parentQr", stay => stay.Parent.Value)
            .Field("scanId", stay => stay.ScanId?.ToString())
            .Field("importKey", stay => stay.ImportId)
            .Batch("child", loaders.BagByQr, stay => (QrCode?)stay.Child)
            .Batch("parent", loaders.BagByQr, stay => (QrCode?)stay.Parent);
        table.Query("contentsAt", ContentsAt).Query("parentAt", ParentAt).Query("bagHistory", OfBag).Query("billHistory", OfBill);
    }

    private static async ValueTask<IReadOnlyList<Stay>?> ContentsAt(Arguments arguments, RequestContext context)
    {
        var parent = QrCode.Parse(arguments.Text("parent"));
        var stays = await context.Tracker().History.ContentsAtAsync(parent, arguments.Time("at"), context.CancellationToken);
        return stays.Count > 0 || await IsThereAsync(parent, context) ? stays : null;
    }

    private static ValueTask<Stay?> ParentAt(Arguments arguments, RequestContext context) =>
        context.Tracker().History.ParentAtAsync(QrCode.Parse(arguments.Text("child")), arguments.Time("at"), context.CancellationToken);

    private static async ValueTask<Page<HistoryEntry>?> OfBag(Arguments arguments, RequestContext context)
    {
        var qr = QrCode.Parse(arguments.Text("qr"));
        var page = await context.Tracker().History.OfBagAsync(qr, arguments.Page(), context.CancellationToken);
        return page.Items.Count > 0 || await IsThereAsync(qr, context) ? page : null;
    }

    private static async ValueTask<Page<HistoryEntry>?> OfBill(Arguments arguments, RequestContext context)
    {
        var number = BillNumber.Parse(arguments.Text("number"));
        var page = await context.Tracker().History.OfBillAsync(number, arguments.Page(), context.CancellationToken);
        return page.Items.Count > 0 || await context.Tracker().Bills.FindAsync(number, context.CancellationToken) is not null ? page : null;
    }

    // Only an empty answer leaves it open whether there is such a bag.
    private static async ValueTask<bool> IsThereAsync(QrCode qr, RequestContext context) =>
        await context.Tracker().Bags.FindAsync(qr, context.CancellationToken) is not null;
}
