using System.Globalization;
using System.Text;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace TraceTrack.Testing.Order;

/// <summary>
/// What a call was answered: text that every store must give alike, times included, and apart from it the versions, which each store draws for itself.
/// </summary>
public sealed class Answer
{
    private readonly StringBuilder _text = new();
    private readonly List<SeenRow> _rows = [];

    public string Text => _text.ToString();

    /// <summary>The rows shown, with the version each had.</summary>
    public IReadOnlyList<SeenRow> Rows => _rows;

    /// <summary>The store's time under the locks, where something was written; null when nothing was, and so nothing tells the moment.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>The key of the first row written to the log: of two calls of the same microsecond the later one's is higher.</summary>
    public long EventId { get; private set; }

    /// <summary>The last bill shown.</summary>
    public Bill? Bill { get; private set; }

    /// <summary>Turned away before anything was decided.</summary>
    public bool IsBusy { get; private set; }

    public void Say(string text) => _text.Append(text).Append(' ');

    public void Show(TraceTrackException error, string name)
    {
        IsBusy = error.Code == ErrorCodes.StoreBusy;
        Say(error.Code);
        if (error is ConflictException { ActualVersion: { } version })
            _rows.Add(new(name, version));
    }

    public void Show(ScanResult result)
    {
        var scan = result.Scan;
        Say($"{result.Outcome} {result.IsReplay} {scan.Action} {scan.Qr} {scan.ParentQr} from {scan.FromParentQr} {scan.BillNumber} {scan.Outcome} "
            + $"{result.Rejection} {scan.Rejection} '{result.Fact}' '{scan.Fact}' {scan.ActorId} {scan.Area} undoes {scan.Undoes} "
            + $"{scan.ScanId} {Time(scan.RecordedAt)} {Time(scan.ScannedAt)};");
        if (!result.IsReplay && At is null)
            (At, EventId) = (scan.RecordedAt, scan.EventId);
        Show("bag", result.Bag);
        Show("parent", result.Parent);
        Show("from", result.FromParent);
        Show("bill", result.Bill);
    }

    public void Show(string what, Bag? bag)
    {
        Say(bag is null ? $"{what}: none" : string.Create(CultureInfo.InvariantCulture,
            $"{what}: {bag.Qr} {bag.Kind} {bag.Status} {bag.Area} {bag.WeightKg} {bag.ChildCount} {bag.ContentWeightKg} in {bag.ParentQr} on {bag.BillNumber} ")
            + $"({bag.ParentId is not null} {bag.BillId is not null}) {Time(bag.LinkedAt)} {Time(bag.CreatedAt)} {Time(bag.ChangedAt)}");
        if (bag is not null)
            _rows.Add(new(bag.Qr.Value, bag.Version));
    }

    public void Show(string what, Bill? bill, bool isChanged = false)
    {
        Say(bill is null ? $"{what}: none" : string.Create(CultureInfo.InvariantCulture,
            $"{what}: {bill.Number} {bill.Status} {bill.ParentCount}/{bill.Capacity} {bill.ActualWeightKg} {bill.ExpectedWeightKg} {bill.CreatedBy} ")
            + $"{Time(bill.CreatedAt)} {Time(bill.CompletedAt)} {Time(bill.ChangedAt)}");
        if (bill is null)
            return;
        _rows.Add(new(bill.Number.Value, bill.Version));
        Bill = bill;
        if (isChanged)
            At ??= bill.ChangedAt;
    }

    private static string Time(DateTimeOffset? time) => time?.ToString("mm:ss.ffffff", CultureInfo.InvariantCulture) ?? "-";
}

/// <summary>A row as an answer showed it.</summary>
/// <param name="Name">Its code or number.</param>
/// <param name="Version">Its version.</param>
public readonly record struct SeenRow(string Name, long Version);
