using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Totals;

namespace TraceTrack.InMemory;

internal sealed class InMemoryScanStore(InMemoryState state) : IScanStore
{
    public ValueTask<ScanCommit> RecordAsync(ScanRequest request, Func<ScanState, ScanChanges> decide, CancellationToken cancellationToken) =>
        state.RunAsync(() => Record(request, decide), cancellationToken);

    public ValueTask<IReadOnlyList<Scan>> ListAsync(ScanFilter filter, Slice<ScanPosition> slice, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<Scan>>(
            () =>
            {
                var rows = state.Log.Where(scan => Matches(scan, filter) && IsBeyond(scan, slice));
                var ordered = slice.Backward
                    ? rows.OrderBy(scan => scan.RecordedAt).ThenBy(scan => scan.EventId)
                    : rows.OrderByDescending(scan => scan.RecordedAt).ThenByDescending(scan => scan.EventId);
                return [.. ordered.Take(slice.Count)];
            },
            cancellationToken);

    // Everything is committed when it is there, so the key of a row is its place.
    public ValueTask<IReadOnlyList<ScanEvent>?> ReadAfterAsync(EventPosition? after, int limit, CancellationToken cancellationToken) =>
        state.RunAsync<IReadOnlyList<ScanEvent>?>(
            () => after > new EventPosition(0, state.Log.Count)
                ? null
                : [.. state.Log.Skip((int)(after?.EventId ?? 0)).Take(limit).Select(scan => new ScanEvent(new(0, scan.EventId), scan))],
            cancellationToken);

    public ValueTask<EventPosition> FindFeedEndAsync(CancellationToken cancellationToken) =>
        state.RunAsync(() => new EventPosition(0, state.Log.Count), cancellationToken);

    private static bool Matches(Scan scan, ScanFilter filter) =>
        (filter.ActorId is null || scan.ActorId == filter.ActorId)
        && (filter.Qr is not { } qr || scan.Qr == qr)
        && (filter.Area is null || scan.Area == filter.Area)
        && filter.Recorded.Contains(scan.RecordedAt);

    private static bool IsBeyond(Scan scan, Slice<ScanPosition> slice)
    {
        if (slice.From is not { } from)
            return true;
        var order = (scan.RecordedAt, scan.EventId).CompareTo((from.RecordedAt, from.EventId));
        return slice.Backward ? order > 0 : order < 0;
    }

    private ScanCommit Record(ScanRequest request, Func<ScanState, ScanChanges> decide)
    {
        var undoable = Undoable(request);
        Scan[] concerned = [.. undoable, .. Repeated(request)];
        var bags = Shown(request, concerned);
        var bills = request.Bills.Concat(concerned.Select(scan => scan.BillNumber).OfType<BillNumber>());
        if (request.NeedsBillsOfBags)
            bills = bills.Concat(request.Bags.Select(bag => bags.GetValueOrDefault(bag.Qr)?.BillNumber).OfType<BillNumber>());
        var shownBills = bills.Distinct().Select(state.Bills.Find).OfType<Bill>().ToDictionary(bill => bill.Number);
        var receipts = request.Commands.Select(command => state.Receipts.GetValueOrDefault(command.Id)).OfType<ScanReceipt>();
        var changes = decide(new(bags.Values, shownBills.Values, receipts, state.Now(), undoable));
        if (!changes.IsNothing)
            Write(changes, bags, shownBills);
        return new(changes, EventIds(changes), [.. bags.Values.Where(bag => bag.Version > 0)], [.. shownBills.Values]);
    }

    /// <summary>Another's Undo, or another action under the same id, is no repeat and shows nothing.</summary>
    private IEnumerable<Scan> Repeated(ScanRequest request) => request.Undos.Select(state.Receipts.GetValueOrDefault).OfType<ScanReceipt>()
        .Select(receipt => receipt.Scan).Where(scan => scan.Action == ScanAction.Undo && scan.ActorId == request.ActorId);

    private Scan[] Undoable(ScanRequest request)
    {
        if (request.Undos.Count == 0)
            return [];
        var oldest = state.Now() - request.ReplayWindow;
        return
        [
            .. state.Log
                .Where(scan => scan is { Outcome: ScanOutcome.Recorded, Action: not ScanAction.Undo } && scan.ActorId == request.ActorId
                    && scan.RecordedAt >= oldest && state.Receipts.TryGetValue(scan.ScanId, out var receipt)
                    && receipt.Scan.EventId == scan.EventId && receipt.UndoneBy is null)
                .OrderByDescending(scan => scan.RecordedAt).ThenByDescending(scan => scan.EventId)
                .Take(request.Undos.Count),
        ];
    }

    /// <summary>
    /// The bags named (by commands, or by scans that an Undo concerns), the parents of named children, and (where unknown codes may be
    /// registered) bags of version 0.
    /// </summary>
    private Dictionary<QrCode, Bag> Shown(ScanRequest request, Scan[] concerned)
    {
        var shown = new Dictionary<QrCode, Bag>();
        foreach (var (qr, kind) in request.Bags)
        {
            if (!state.Bags.TryFind(qr, out _) && request.RegisterUnknownBags)
                shown[qr] = new() { Id = state.NextId(), Qr = qr, Kind = kind };
        }

        var undone = concerned.SelectMany(scan => new[] { scan.Qr, scan.ParentQr, scan.FromParentQr }).OfType<QrCode>();
        foreach (var qr in request.Bags.Select(bag => bag.Qr).Concat(undone))
        {
            if (!state.Bags.TryFind(qr, out var bag))
                continue;
            shown[qr] = bag;
            if (bag.ParentQr is { } parent)
                shown[parent] = state.Bags.Find(parent)!;
        }

        return shown;
    }

    private void Write(ScanChanges changes, Dictionary<QrCode, Bag> bags, Dictionary<BillNumber, Bill> bills)
    {
        foreach (var bag in changes.Bags)
            Put(bag, bags);
        var decided = changes.Bags.Select(bag => bag.Qr).ToHashSet();
        foreach (var claim in changes.Claims)
        {
            foreach (var child in state.Bags.ChildrenOf(claim.ParentId).Where(child => !decided.Contains(child.Qr)).ToArray())
                Put(child with { Area = claim.Area, ChangedAt = claim.ChangedAt }, bags);
        }

        foreach (var bill in changes.Bills)
        {
            var stored = bill with { Version = state.NextVersion() };
            state.Bills.Put(stored);
            bills[stored.Number] = stored;
        }

        state.Links.AddRange(changes.EndedLinks);
        foreach (var decision in changes.Decisions.Where(decision => !decision.IsReplay))
        {
            var scan = decision.Scan with { EventId = state.NextEventId() };
            state.Log.Add(scan);
            state.Totals += new TraceTrackTotals { Scans = 1 };
            if (decision.KeepsReceipt)
                state.Receipts[scan.ScanId] = new(decision.PayloadHash, scan);
        }

        foreach (var (scan, undoneBy) in changes.Undone)
            state.Receipts[scan] = state.Receipts[scan] with { UndoneBy = undoneBy };
    }

    private void Put(Bag bag, Dictionary<QrCode, Bag> shown)
    {
        var stored = bag with { Version = state.NextVersion() };
        shown[stored.Qr] = stored;
        if (!state.Bags.Put(stored))
            return;
        state.Totals += stored.Kind == BagKind.Parent
            ? new TraceTrackTotals { Bags = 1, Parents = 1 }
            : new TraceTrackTotals { Bags = 1, Children = 1 };
    }

    /// <summary>A replay has its first one's key, be that of an earlier call or of this batch.</summary>
    private long[] EventIds(ScanChanges changes)
    {
        var next = state.Log.Count - changes.Decisions.Count(decision => !decision.IsReplay);
        return [.. changes.Decisions.Select(decision =>
            decision.IsReplay ? state.Receipts[decision.Scan.ScanId].Scan.EventId : state.Log[next++].EventId)];
    }
}
