using System.Diagnostics.CodeAnalysis;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Users;

namespace TraceTrack.Scans;

/// <summary>The least that a store does around the rules, so that they are tested without one.</summary>
internal sealed class RulesWarehouse(TraceTrackOptions options)
{
    /// <summary>What <see cref="State"/> says of a bag that is loose or holds nothing.</summary>
    public const string Empty = "Pending 0 0.000  ";

    private readonly Dictionary<ScanId, ScanReceipt> _receipts = [];
    private long _id;
    private long _version;

    public Dictionary<QrCode, Bag> Bags { get; } = [];

    public Dictionary<BillNumber, Bill> Bills { get; } = [];

    public List<Scan> Log { get; } = [];

    public List<LinkInterval> Links { get; } = [];

    public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void AddBill(string number, int capacity, BillStatus status = BillStatus.New)
    {
        var bill = new Bill
        {
            Id = ++_id,
            Number = BillNumber.Parse(number),
            Capacity = capacity,
            Status = status,
            CreatedBy = "a",
            CreatedAt = Now,
            ChangedAt = Now,
            Version = ++_version,
        };
        Bills.Add(bill.Number, bill);
    }

    /// <summary>Decides without writing.</summary>
    public ScanChanges Decide(Actor actor, params RecordScan[] scans)
    {
        var request = new ScanRequest(scans, options, new(options), actor);
        var undoable = Undoable(actor).Take(request.Undos.Count).ToArray();
        var concerned = undoable.Concat(request.Undos.Select(id => _receipts.GetValueOrDefault(id)?.Scan).OfType<Scan>()).ToArray();
        var shown = new Dictionary<QrCode, Bag>();
        foreach (var (qr, kind) in request.Bags)
        {
            if (Bags.TryGetValue(qr, out var bag))
                shown[qr] = bag;
            else if (request.RegisterUnknownBags)
                shown[qr] = new() { Id = _id + shown.Count + 1, Qr = qr, Kind = kind };
            if (bag?.ParentQr is { } parent)
                shown[parent] = Bags[parent];
        }

        foreach (var qr in concerned.SelectMany(scan => new[] { scan.Qr, scan.ParentQr, scan.FromParentQr }).OfType<QrCode>().Where(Bags.ContainsKey))
        {
            shown[qr] = Bags[qr];
            if (Bags[qr].ParentQr is { } parent)
                shown[parent] = Bags[parent];
        }

        var numbers = request.Bills.Concat(concerned.Select(scan => scan.BillNumber).OfType<BillNumber>());
        if (request.NeedsBillsOfBags)
            numbers = numbers.Concat(request.Bags.Select(bag => shown.GetValueOrDefault(bag.Qr)?.BillNumber).OfType<BillNumber>());
        var bills = numbers.Distinct().Select(number => Bills.GetValueOrDefault(number)).OfType<Bill>();
        var receipts = scans.Select(scan => _receipts.GetValueOrDefault(scan.Id)).OfType<ScanReceipt>();
        return ScanRules.Decide(new(shown.Values, bills, receipts, Now, undoable), scans, actor, options);
    }

    public ScanChanges Record(Actor actor, params RecordScan[] scans)
    {
        var changes = Decide(actor, scans);
        _id += 1000;
        foreach (var bag in changes.Bags)
            Bags[bag.Qr] = bag with { Version = ++_version };
        foreach (var claim in changes.Claims)
        {
            var rest = Bags.Values.Where(bag => bag.ParentId == claim.ParentId && changes.Bags.All(changed => changed.Qr != bag.Qr)).ToArray();
            foreach (var child in rest)
                Bags[child.Qr] = child with { Area = claim.Area, ChangedAt = claim.ChangedAt, Version = ++_version };
        }

        foreach (var bill in changes.Bills)
            Bills[bill.Number] = bill with { Version = ++_version };
        Links.AddRange(changes.EndedLinks);
        foreach (var decision in changes.Decisions.Where(decision => !decision.IsReplay))
        {
            Log.Add(decision.Scan);
            if (decision.KeepsReceipt)
                _receipts[decision.Scan.ScanId] = new(decision.PayloadHash, decision.Scan);
        }

        foreach (var (scan, undoneBy) in changes.Undone)
        {
            Assert.Null(_receipts[scan].UndoneBy);
            _receipts[scan] = _receipts[scan] with { UndoneBy = undoneBy };
        }

        return changes;
    }

    public bool IsUndone(ScanId id) => _receipts[id].UndoneBy is not null;

    /// <summary>The actor's recorded scans that stand, the latest first: in the order of the log, since the clock of these tests goes back at times.</summary>
    public IEnumerable<Scan> Undoable(Actor actor) => Enumerable.Reverse(Log).Where(scan =>
        scan is { Outcome: ScanOutcome.Recorded, Action: not ScanAction.Undo } && scan.ActorId == actor.Id && !IsUndone(scan.ScanId));

    /// <summary>Where each bag and bill stands, without areas.</summary>
    [SuppressMessage("Performance", "CA1305", Justification = "Invariant globalization is on; the text is compared with its like only.")]
    public SortedDictionary<string, string> State() => new(
        Bags.Values.ToDictionary(bag => bag.Qr.Value, bag => $"{bag.Status} {bag.ChildCount} {bag.ContentWeightKg:0.000} {bag.ParentQr} {bag.BillNumber}")
            .Concat(Bills.Values.ToDictionary(bill => $"bill {bill.Number}", bill => $"{bill.Status} {bill.ParentCount} {bill.ActualWeightKg:0.000}"))
            .ToDictionary(),
        StringComparer.Ordinal);

    /// <summary>Everything but keys, versions and times, for comparing two ways that lead to one state.</summary>
    [SuppressMessage("Performance", "CA1305", Justification = "Invariant globalization is on; the text is compared with its like only.")]
    public string Shape() => string.Join(
        '\n',
        [
            .. Bags.Values.OrderBy(bag => bag.Qr).Select(bag =>
                $"{bag.Qr} {bag.Kind} {bag.Status} {bag.Area} {bag.WeightKg:0.000} {bag.ChildCount} {bag.ContentWeightKg:0.000} {bag.ParentQr} {bag.BillNumber}"),
            .. Bills.Values.OrderBy(bill => bill.Number).Select(bill => $"{bill.Number} {bill.Status} {bill.ParentCount} {bill.ActualWeightKg:0.000}"),
            .. Log.Select(scan => $"{scan.ScanId} {scan.Outcome} {scan.Rejection} {scan.Fact} {scan.Qr} {scan.ParentQr} {scan.FromParentQr} {scan.BillNumber} {scan.Undoes} {scan.Area}"),
        ]);
}
