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
            yield return Entry(scan) with { OtherBag = Named(scan.Qr == bag.Qr ? scan.ParentQr : scan.Qr, area), Fact = FactOf(scan, area) };
        foreach (var entry in StaysOf(bag).SelectMany(link => EntriesOf(link, bag, link.ParentId, Find(link.ParentId), area)))
            yield return entry;
        foreach (var (link, child) in StaysOfChildren(bag))
        {
            foreach (var entry in EntriesOf(link, child, child.Id, child, area))
            {
                if (entry is not { Kind: HistoryKind.Entered, ImportId: not null } || entry.At != bag.CreatedAt)
                    yield return entry;
            }
        }

        if (ImportAt(bag.CreatedAt) is { } origin && !IsScanned(bag.Qr, bag.CreatedAt))
            yield return new() { At = bag.CreatedAt, Kind = HistoryKind.Imported, Key = origin, ImportId = origin };
    }

    private IEnumerable<(LinkInterval Link, Bag Child)> StaysOfChildren(Bag parent)
    {
        var stays = StaysIn(parent).ToLookup(link => link.ChildId);
        return stays.Count == 0 ? [] : state.Bags.Rows.SelectMany(child => stays[child.Id].Select(link => (link, child)));
    }

    /// <summary>A stay's beginning and end, where no scan of the log tells them.</summary>
    private IEnumerable<HistoryEntry> EntriesOf(LinkInterval link, Bag child, long key, Bag? other, string? area)
    {
        var named = Named(other?.Qr, area);
        if (!IsScanned(child.Qr, link.LinkedAt))
            yield return new() { At = link.LinkedAt, Kind = HistoryKind.Entered, Key = key, OtherBag = named, ImportId = link.ImportId };
        if (link.UnlinkedAt == DateTimeOffset.MaxValue || IsScanned(child.Qr, link.UnlinkedAt))
            yield break;
        // An import that takes a child out puts it elsewhere at that moment.
        var import = StaysOf(child).FirstOrDefault(next => next.LinkedAt == link.UnlinkedAt)?.ImportId;
        yield return new() { At = link.UnlinkedAt, Kind = HistoryKind.Left, Key = key, OtherBag = named, ImportId = import };
    }

    /// <summary>The fact, unless it names a bag outside the area.</summary>
    private string? FactOf(Scan scan, string? area) => scan is { Rejection: ScanRejection.LinkedElsewhere, Fact: { } code }
        ? Named(QrCode.FromStored(code), area)?.Value
        : scan.Fact;

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
