using System.Globalization;
using System.Text;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace TraceTrack.Testing.Order;

/// <summary>
/// What a call was answered: text that every store must give alike, and apart from it what each store draws for itself, so that two stores'
/// answers can be compared. Whatever the text names is kept too: calls that name nothing in common cannot concern each other.
/// </summary>
public sealed class Answer
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<SeenRow> _rows = [];

    public string Text => _text.ToString();

    public IReadOnlySet<string> Names => _names;

    /// <summary>The rows shown, with the version and time each had.</summary>
    public IReadOnlyList<SeenRow> Rows => _rows;

    /// <summary>The store's time under the lock, where the answer tells it.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>What was hidden may be anything.</summary>
    public bool HidesNames { get; private set; }

    /// <summary>The codes deleted.</summary>
    public HashSet<string> Deleted { get; } = new(StringComparer.Ordinal);

    /// <summary>The codes and numbers that were not there. No lock is taken on what is not there, nor by what only reads.</summary>
    public HashSet<string> Absent { get; } = new(StringComparer.Ordinal);

    /// <summary>The last bill shown.</summary>
    public Bill? Bill { get; private set; }

    /// <summary>Nothing was to be changed.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Refused as a whole, and so nothing was changed.</summary>
    public bool IsError { get; private set; }

    public void Say(string text) => _text.Append(text).Append(' ');

    public void Name(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (name is not null)
                _names.Add(name);
        }
    }

    public void Show(TraceTrackException error)
    {
        IsError = true;
        Say(error.Code);
        if (error is ConflictException { ActualVersion: not null })
            Say("(stale)");
    }

    public void Show(ScanResult result)
    {
        var scan = result.Scan;
        Say($"{result.Outcome} {result.IsReplay} {scan.Action} {scan.Qr} {scan.ParentQr} from {scan.FromParentQr} {scan.BillNumber} {scan.Outcome} "
            + $"{scan.Rejection} '{scan.Fact}' {scan.ActorId} {scan.Area} undoes {scan.Undoes};");
        Name(scan.Qr?.Value, scan.ParentQr?.Value, scan.FromParentQr?.Value, scan.BillNumber?.Value, scan.Fact, scan.ScanId.ToString());
        if (!result.IsReplay)
            At ??= scan.RecordedAt;
        // Nothing is told of what made it so.
        if (result.Rejection is ScanRejection.UnknownBill or ScanRejection.UnknownBag && !result.IsReplay)
            Absent.Add(result.Fact!);
        HidesNames |= result.Rejection is ScanRejection.OutOfArea || (result.Rejection is ScanRejection.LinkedElsewhere && result.Fact is null);
        Show("bag", result.Bag);
        Show("parent", result.Parent);
        Show("from", result.FromParent);
        // A bill that the scan does not concern itself is shown where the batch happens to have read it.
        if (scan.BillNumber is not null)
            Show("bill", result.Bill);
    }

    public void Read(string name, Bag? bag)
    {
        Show("bag", bag);
        IsRead = true;
        if (bag is null)
            Absent.Add(name);
    }

    public void Read(string name, Bill? bill)
    {
        Show("bill", bill);
        IsRead = true;
        if (bill is null)
            Absent.Add(name);
    }

    public void Show(string what, Bag? bag)
    {
        Say(bag is null ? $"{what}: none" : string.Create(CultureInfo.InvariantCulture,
            $"{what}: {bag.Qr} {bag.Kind} {bag.Status} {bag.Area} {bag.WeightKg} {bag.ChildCount} {bag.ContentWeightKg} in {bag.ParentQr} on {bag.BillNumber} ")
            + $"({bag.ParentId is not null} {bag.LinkedAt is not null} {bag.BillId is not null})");
        if (bag is null)
            return;
        Name(bag.Qr.Value, bag.ParentQr?.Value, bag.BillNumber?.Value);
        _rows.Add(new(bag.Qr.Value, bag.Id, bag.Version, bag.ChangedAt));
    }

    public void Show(string what, Bill? bill, bool isChanged = false)
    {
        Say(bill is null ? $"{what}: none" : string.Create(CultureInfo.InvariantCulture,
            $"{what}: {bill.Number} {bill.Status} {bill.ParentCount}/{bill.Capacity} {bill.ActualWeightKg} {bill.ExpectedWeightKg} {bill.CreatedBy} {bill.CompletedAt is not null}"));
        if (bill is null)
            return;
        Name(bill.Number.Value);
        _rows.Add(new(bill.Number.Value, bill.Id, bill.Version, bill.ChangedAt));
        Bill = bill;
        if (isChanged)
            At ??= bill.ChangedAt;
    }
}

/// <summary>A row as an answer showed it.</summary>
/// <param name="Name">Its code or number.</param>
/// <param name="Id">The store's key: another one after the row was deleted and made again.</param>
/// <param name="Version">Its version.</param>
/// <param name="ChangedAt">When that was written.</param>
public readonly record struct SeenRow(string Name, long Id, long Version, DateTimeOffset ChangedAt);
