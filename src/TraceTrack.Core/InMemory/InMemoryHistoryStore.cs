using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.History;
using TraceTrack.Paging;
using TraceTrack.Scans;

namespace TraceTrack.InMemory;

internal sealed class InMemoryHistoryStore(InMemoryState state) : IHistoryStore
{
    public ValueTask<IReadOnlyList<Stay>> ContentsAtAsync(QrCode parent, DateTimeOffset at, string? area, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<Stay>>(
            () => Visible(parent, area) is { } bag
                ? [.. StaysIn(bag).Where(link => Holds(link, at)).Select(link => StayOf(link, area)).OfType<Stay>().OrderBy(stay => stay.Child)]
                : [],
            cancellationToken);

    public ValueTask<Stay?> ParentAtAsync(QrCode child, DateTimeOffset at, string? area, CancellationToken cancellationToken) =>
        state.RunAsync(
            () => Visible(child, area) is { } bag
                ? StaysOf(bag).Where(link => Holds(link, at)).Select(link => StayOf(link, area)).OfType<Stay>().SingleOrDefault()
                : null,
            cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEntry>> OfBagAsync(
        QrCode qr, string? area, Slice<HistoryPosition> slice, CancellationToken cancellationToken) =>
        state.RunAsync(() => Visible(qr, area) is { } bag ? Take(EntriesOf(bag, area), slice) : [], cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEntry>> OfBillAsync(
        BillNumber number, string? area, Slice<HistoryPosition> slice, CancellationToken cancellationToken) =>
        state.RunAsync(() => BillsEver(number) is { Count: > 0 } bills ? Take(EntriesOf(number, bills, area), slice) : [], cancellationToken);

    private IEnumerable<HistoryEntry> EntriesOf(Bag bag, string? area)
    {
        foreach (var scan in state.Log.Where(scan => (scan.Qr == bag.Qr || scan.ParentQr == bag.Qr || scan.FromParentQr == bag.Qr) && (area is null || scan.Area == area)))
            yield return Entry(scan) with { OtherBag = Named(scan.Qr == bag.Qr ? scan.ParentQr : scan.Qr, area) };
        var stays = StaysOf(bag).ToArray();
        foreach (var link in stays)
        {
            var other = Named(Find(link.ParentId)?.Qr, area);
            if (!IsScanned(bag.Qr, link.LinkedAt))
                yield return new() { At = link.LinkedAt, Kind = HistoryKind.Entered, Key = link.ParentId, OtherBag = other, ImportId = link.ImportId };
            if (link.UnlinkedAt == DateTimeOffset.MaxValue || IsScanned(bag.Qr, link.UnlinkedAt))
                continue;
            // An import that takes a child out puts it elsewhere at that moment.
            var import = Array.Find(stays, next => next.LinkedAt == link.UnlinkedAt)?.ImportId;
            yield return new() { At = link.UnlinkedAt, Kind = HistoryKind.Left, Key = link.ParentId, OtherBag = other, ImportId = import };
        }

        if (ImportAt(bag.CreatedAt) is { } origin && !IsScanned(bag.Qr, bag.CreatedAt))
            yield return new() { At = bag.CreatedAt, Kind = HistoryKind.Imported, Key = origin, ImportId = origin };
    }

    /// <summary>Keys of the bill of a number, and of the deleted ones that had it before.</summary>
    private HashSet<long> BillsEver(BillNumber number)
    {
        HashSet<long> keys = [.. state.BillEvents.Where(happened => happened.Number == number).Select(happened => happened.BillId)];
        if (state.Bills.Find(number) is { } bill)
            keys.Add(bill.Id);
        return keys;
    }

    private IEnumerable<HistoryEntry> EntriesOf(BillNumber number, HashSet<long> bills, string? area)
    {
        foreach (var happened in state.BillEvents.Where(happened => bills.Contains(happened.BillId)))
            yield return new() { At = happened.At, Kind = happened.Kind, Key = happened.Version, Bill = number, ActorId = happened.ActorId };
        foreach (var scan in state.Log.Where(scan => scan.BillNumber == number))
        {
            var named = Named(scan.Qr, area);
            yield return Entry(scan) with { OtherBag = named, Fact = named is null ? null : scan.Fact };
        }
    }

    private static HistoryEntry Entry(Scan scan) => new()
    {
        At = scan.RecordedAt,
        Kind = HistoryKind.Scanned,
        Key = scan.EventId,
        Action = scan.Action,
        Rejection = scan.Rejection,
        Fact = scan.Fact,
        Bill = scan.BillNumber,
        ActorId = scan.ActorId,
        ScanId = scan.ScanId,
    };

    private static IReadOnlyList<HistoryEntry> Take(IEnumerable<HistoryEntry> entries, Slice<HistoryPosition> slice)
    {
        var beyond = slice.From is not { } from
            ? entries
            : entries.Where(entry => Order(entry).CompareTo((from.At, from.Kind, from.Key)) is var order && (slice.Backward ? order > 0 : order < 0));
        return [.. (slice.Backward ? beyond.OrderBy(Order) : beyond.OrderByDescending(Order)).Take(slice.Count)];
    }

    private static (DateTimeOffset At, HistoryKind Kind, long Key) Order(HistoryEntry entry) => (entry.At, entry.Kind, entry.Key);

    private IEnumerable<LinkInterval> StaysIn(Bag parent) =>
        [.. state.Links.Where(link => link.ParentId == parent.Id), .. state.Bags.ChildrenOf(parent.Id).SelectMany(Current)];

    private IEnumerable<LinkInterval> StaysOf(Bag child) => [.. state.Links.Where(link => link.ChildId == child.Id), .. Current(child)];

    /// <summary>The current stay, as one that ends never.</summary>
    private static IEnumerable<LinkInterval> Current(Bag child) => child is { ParentId: { } parentId, LinkedAt: { } linkedAt }
        ? [new(child.Id, parentId, linkedAt, DateTimeOffset.MaxValue, child.ImportId)]
        : [];

    private static bool Holds(LinkInterval link, DateTimeOffset at) => link.LinkedAt <= at && at < link.UnlinkedAt;

    private Stay? StayOf(LinkInterval link, string? area) => Find(link.ChildId) is { } child && Find(link.ParentId) is { } parent
        && IsIn(child, area) && IsIn(parent, area)
            ? new()
            {
                Child = child.Qr,
                Parent = parent.Qr,
                Since = link.LinkedAt,
                Until = link.UnlinkedAt < DateTimeOffset.MaxValue ? link.UnlinkedAt : null,
                ImportId = link.ImportId,
                ScanId = link.ImportId is null ? LinkingScan(child.Qr, link.LinkedAt)?.ScanId : null,
            }
            : null;

    private Scan? LinkingScan(QrCode child, DateTimeOffset at) => state.Log.LastOrDefault(scan =>
        scan.Qr == child && scan.RecordedAt == at && scan.Outcome == ScanOutcome.Recorded && scan.Action is not (ScanAction.Observe or ScanAction.Unlink));

    private bool IsScanned(QrCode qr, DateTimeOffset at) => state.Log.Exists(scan =>
        scan.RecordedAt == at && scan.Outcome == ScanOutcome.Recorded && (scan.Qr == qr || scan.ParentQr == qr));

    private long? ImportAt(DateTimeOffset at) =>
        state.ImportTimes.Where(import => import.Value == at).Select(import => (long?)import.Key).FirstOrDefault();

    private Bag? Visible(QrCode qr, string? area) => state.Bags.Find(qr) is { } bag && IsIn(bag, area) ? bag : null;

    private QrCode? Named(QrCode? qr, string? area) => qr is { } code && (area is null || state.Bags.Find(code)?.Area == area) ? code : null;

    private static bool IsIn(Bag bag, string? area) => area is null || bag.Area == area;

    private Bag? Find(long id) => state.Bags.Rows.FirstOrDefault(bag => bag.Id == id);
}
