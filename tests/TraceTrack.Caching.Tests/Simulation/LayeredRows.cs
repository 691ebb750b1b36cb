using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;
using TraceTrack.Scans;

namespace TraceTrack.Caching.Simulation;

/// <summary>Names of what is read and written.</summary>
internal static class Names
{
    public static string Of(QrCode qr) => $"{BagCodec.Letter}:{qr.Value}";

    public static string Of(BillNumber number) => $"{BillCodec.Letter}:{number.Value}";

    public static string OfChildren(QrCode parent) => $"{ChildrenCodec.Letter}:{parent.Value}";

    public static string OfSession(string key) => $"{LoginSessionCodec.Letter}:{key}";

    public static string OfSearch(string text, string? area, int limit) => $"{SearchCodec.Letter}:{text}|{area}|{limit}";

    /// <summary>What a search answers, or which children a parent has, as one value.</summary>
    public static string Codes(IEnumerable<QrCode> codes) => string.Join(',', codes);
}

internal sealed class LayeredBagStore(IBagStore inner, StoreLayer layer) : IBagStore
{
    public ValueTask<Bag?> FindAsync(QrCode qr, CancellationToken cancellationToken) =>
        layer.ReadAsync([Names.Of(qr)], () => inner.FindAsync(qr, cancellationToken), static (bag, _) => bag);

    public ValueTask<IReadOnlyList<Bag?>> FindManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken) =>
        layer.ReadAsync([.. qrs.Select(Names.Of)], () => inner.FindManyAsync(qrs, cancellationToken), static (bags, i) => bags[i]);

    public ValueTask<IReadOnlyList<QrCode>> SearchAsync(string text, string? area, int limit, CancellationToken cancellationToken) =>
        layer.ReadAsync(
            [Names.OfSearch(text, area, limit)], () => inner.SearchAsync(text, area, limit, cancellationToken), static (codes, _) => Names.Codes(codes));

    public ValueTask<BagDeletion> DeleteManyAsync(IReadOnlyList<QrCode> qrs, CancellationToken cancellationToken) =>
        layer.WriteAsync("delete bags", () => inner.DeleteManyAsync(qrs, cancellationToken));

    public ValueTask<IReadOnlyList<Bag>> ChildrenOfAsync(IReadOnlyList<QrCode> parents, CancellationToken cancellationToken) =>
        layer.ReadAsync(
            [.. parents.Select(Names.OfChildren)], () => inner.ChildrenOfAsync(parents, cancellationToken),
            (children, i) => Names.Codes(children.Where(child => child.ParentQr == parents[i]).Select(child => child.Qr)));

    public ValueTask<IReadOnlyList<Bag>> OnBillsAsync(IReadOnlyList<BillNumber> bills, CancellationToken cancellationToken) =>
        inner.OnBillsAsync(bills, cancellationToken);

    public ValueTask<IReadOnlyList<Bag>> ListAsync(BagFilter filter, Slice<QrCode> slice, CancellationToken cancellationToken) =>
        inner.ListAsync(filter, slice, cancellationToken);
}

internal sealed class LayeredBillStore(IBillStore inner, StoreLayer layer) : IBillStore
{
    public ValueTask<Bill?> FindAsync(BillNumber number, CancellationToken cancellationToken) =>
        layer.ReadAsync([Names.Of(number)], () => inner.FindAsync(number, cancellationToken), static (bill, _) => bill);

    public ValueTask<IReadOnlyList<Bill?>> FindManyAsync(IReadOnlyList<BillNumber> numbers, CancellationToken cancellationToken) =>
        layer.ReadAsync([.. numbers.Select(Names.Of)], () => inner.FindManyAsync(numbers, cancellationToken), static (bills, i) => bills[i]);

    public ValueTask<Bill?> CreateAsync(CreateBill command, string createdBy, CancellationToken cancellationToken) =>
        layer.WriteAsync("create bill", () => inner.CreateAsync(command, createdBy, cancellationToken));

    public ValueTask<IReadOnlyList<BillCommit>> ChangeManyAsync(
        IReadOnlyList<BillNumber> numbers, Func<IReadOnlyList<BillState>, IReadOnlyList<BillChange>> decide, CancellationToken cancellationToken) =>
        layer.WriteAsync("change bills", () => inner.ChangeManyAsync(numbers, decide, cancellationToken));

    public ValueTask<BillCommit?> RecountAsync(
        BillNumber number, Func<BillState, IReadOnlyList<ParentContent>, BillChange?> decide, CancellationToken cancellationToken) =>
        layer.WriteAsync("recount", () => inner.RecountAsync(number, decide, cancellationToken));

    public ValueTask<IReadOnlyList<Bill>> ListAsync(BillFilter filter, Slice<BillPosition> slice, CancellationToken cancellationToken) =>
        inner.ListAsync(filter, slice, cancellationToken);

    public ValueTask<IReadOnlyList<BillerSummary>> SummarizeAsync(TimeRange created, CancellationToken cancellationToken) =>
        inner.SummarizeAsync(created, cancellationToken);
}

internal sealed class LayeredScanStore(IScanStore inner, StoreLayer layer) : IScanStore
{
    public ValueTask<ScanCommit> RecordAsync(ScanRequest request, Func<ScanState, ScanChanges> decide, CancellationToken cancellationToken) =>
        layer.WriteAsync(
            string.Join('+', request.Commands.Select(command => command.Action)),
            () => inner.RecordAsync(request, decide, cancellationToken),
            static commit =>
            [
                .. commit.Bags.Select(bag => (Names.Of(bag.Qr), (object)bag)),
                .. commit.Bills.Select(bill => (Names.Of(bill.Number), (object)bill)),
            ]);

    public ValueTask<IReadOnlyList<Scan>> ListAsync(ScanFilter filter, Slice<ScanPosition> slice, CancellationToken cancellationToken) =>
        inner.ListAsync(filter, slice, cancellationToken);

    public ValueTask<IReadOnlyList<ScanEvent>?> ReadAfterAsync(EventPosition? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadAfterAsync(after, limit, cancellationToken);

    public ValueTask<EventPosition> FindFeedEndAsync(CancellationToken cancellationToken) => inner.FindFeedEndAsync(cancellationToken);
}
