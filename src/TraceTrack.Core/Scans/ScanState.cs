using TraceTrack.Bags;
using TraceTrack.Bills;

namespace TraceTrack.Scans;

/// <summary>
/// The rows a store has locked for a batch of scans: every bag named, the parents that named children are in, every bill named and
/// (where <see cref="ScanRequest.NeedsBillsOfBags"/> says so) the bills that named parents are on, the receipts of the scans' ids,
/// and for Undos the scans they may take back with what these name.
/// A decision works on it in memory, scan after scan.
/// </summary>
public sealed class ScanState
{
    private readonly Dictionary<QrCode, Bag> _bags = [];
    private readonly Dictionary<BillNumber, Bill> _bills = [];
    private readonly Dictionary<ScanId, ScanReceipt> _receipts = [];
    // The newest on top.
    private readonly Stack<Scan> _undoable;
    private readonly HashSet<QrCode> _changedBags = [];
    private readonly HashSet<BillNumber> _changedBills = [];
    private readonly HashSet<string?> _changedAreas = [];
    // Made when first asked for: only a claim asks, and a batch may hold thousands of bags.
    private Dictionary<long, HashSet<QrCode>>? _everInside;

    /// <summary>Takes the locked rows.</summary>
    /// <param name="bags">Bags; one of version 0 is not registered yet and is kept only if a recorded scan uses it.</param>
    /// <param name="bills">Bills.</param>
    /// <param name="receipts">Receipts of the scans' ids.</param>
    /// <param name="now">The server's time, read after the last lock was taken; cut to microseconds here.</param>
    /// <param name="undoable">
    /// The actor's latest scans that are recorded, not undone and no Undos themselves, newest first: one for each of
    /// <see cref="ScanRequest.Undos"/>, fewer when there are no more; null for none.
    /// </param>
    public ScanState(
        IEnumerable<Bag> bags, IEnumerable<Bill> bills, IEnumerable<ScanReceipt> receipts, DateTimeOffset now, IEnumerable<Scan>? undoable = null)
    {
        ArgumentNullException.ThrowIfNull(bags);
        ArgumentNullException.ThrowIfNull(bills);
        ArgumentNullException.ThrowIfNull(receipts);
        // A store's placeholder may carry the time it was made; the scan that registers the bag sets the true one.
        foreach (var bag in bags)
            _bags[bag.Qr] = bag.Version == 0 ? bag with { CreatedAt = default, ChangedAt = default } : bag;
        foreach (var bill in bills)
            _bills[bill.Number] = bill;
        foreach (var receipt in receipts)
            _receipts[receipt.Scan.ScanId] = receipt;
        _undoable = new((undoable ?? []).Reverse());
        Now = RecordedTime.Truncate(now);
    }

    /// <summary>The time of the latest scan decided, or of the locks.</summary>
    public DateTimeOffset Now { get; private set; }

    internal IEnumerable<Bag> ChangedBags => _changedBags.Select(qr => _bags[qr]);

    internal IEnumerable<Bill> ChangedBills => _changedBills.Select(number => _bills[number]);

    internal IEnumerable<QrCode> UnusedBags =>
        _bags.Values.Where(bag => bag.Version == 0 && !_changedBags.Contains(bag.Qr)).Select(bag => bag.Qr);

    internal IReadOnlyCollection<string?> ChangedAreas => _changedAreas;

    internal Bag? Bag(QrCode qr) => _bags.GetValueOrDefault(qr);

    internal Bill? Bill(BillNumber number) => _bills.GetValueOrDefault(number);

    internal ScanReceipt? Receipt(ScanId id) => _receipts.GetValueOrDefault(id);

    internal IEnumerable<Bag> ChildrenAtHand(long parentId)
    {
        if (_everInside is null)
        {
            _everInside = [];
            foreach (var bag in _bags.Values)
                Enter(bag);
        }

        return _everInside.TryGetValue(parentId, out var codes)
            ? codes.Select(code => _bags[code]).Where(bag => bag.ParentId == parentId).ToArray()
            : [];
    }

    /// <summary>The scan an Undo would take back; null for none.</summary>
    internal Scan? Undoable => _undoable.TryPeek(out var scan) ? scan : null;

    internal void Keep(ScanReceipt receipt)
    {
        _receipts[receipt.Scan.ScanId] = receipt;
        if (receipt.Scan.Outcome != ScanOutcome.Recorded)
            return;
        if (receipt.Scan.Action == ScanAction.Undo)
            _undoable.Pop();
        else
            _undoable.Push(receipt.Scan);
    }

    internal void Put(Bag bag)
    {
        var before = _bags.GetValueOrDefault(bag.Qr);
        if (before is null or { Version: 0 } || before.Area != bag.Area)
        {
            _changedAreas.Add(before?.Area);
            _changedAreas.Add(bag.Area);
        }

        _bags[bag.Qr] = bag;
        _changedBags.Add(bag.Qr);
        if (_everInside is not null)
            Enter(bag);
    }

    internal void Put(Bill bill)
    {
        _bills[bill.Number] = bill;
        _changedBills.Add(bill.Number);
    }

    /// <summary>Moves the time on: later than every scan decided and every change of the rows concerned, so that history has one order.</summary>
    internal DateTimeOffset Advance(params ReadOnlySpan<DateTimeOffset?> changes)
    {
        var now = Now;
        foreach (var change in changes)
        {
            if (change >= now)
                now = change.Value + RecordedTime.Step;
        }

        return Now = RecordedTime.Truncate(now);
    }

    private void Enter(Bag bag)
    {
        if (bag.ParentId is not { } parentId)
            return;
        if (!_everInside!.TryGetValue(parentId, out var codes))
            _everInside.Add(parentId, codes = []);
        codes.Add(bag.Qr);
    }
}
