using TraceTrack.Bags;
using TraceTrack.Scans;

namespace TraceTrack.DemoData;

/// <summary>One dispatcher at one job: the log rows it leaves, as the rules of scanning would have written them; without times and ids.</summary>
internal sealed class DemoScanner(DemoWarehouse warehouse, Noise noise, string actorId, int area)
{
    private readonly string _area = DemoWarehouse.Area(area);

    /// <summary>Looks at the parent and puts its children into it.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="mistakes">How many scans are refused.</param>
    /// <param name="earlier">A parent of the same area that is filled already; negative for none.</param>
    public IEnumerable<Scan> Fill(int parent, int mistakes, int earlier)
    {
        var (first, count) = warehouse.ChildrenOf(parent);
        yield return Observed(DemoWarehouse.Parent(parent));
        for (var i = 0; i < count; i++)
        {
            yield return Linked(DemoWarehouse.Child(first + i), DemoWarehouse.Parent(parent));
            for (var mistake = 0; mistake < mistakes; mistake++)
            {
                if (PlaceOf(parent, mistake, count) == i)
                    yield return Mistake(parent, mistake, first + i, earlier, isFull: i + 1 == DemoWarehouse.ParentCapacity);
            }
        }
    }

    /// <summary>Looks at bags here and there.</summary>
    /// <param name="job">Makes each check another.</param>
    /// <param name="rows">How many bags.</param>
    /// <param name="surelyFilled">Parents up to this one were filled before; negative for none.</param>
    /// <param name="filled">As good as surely.</param>
    public IEnumerable<Scan> Check(int job, int rows, int surelyFilled, int filled)
    {
        for (var i = 0; i < rows; i++)
        {
            var place = ((long)job << 8) + i;
            yield return Pick(place, surelyFilled >= 0 ? surelyFilled : filled) is var (qr, itsArea) && itsArea % DemoWarehouse.Areas == area
                ? Observed(qr)
                : Refused(ScanAction.Observe, qr, null, ScanRejection.OutOfArea, null);
        }
    }

    /// <summary>A bag of the scanner's own area nearly always.</summary>
    private (QrCode Qr, int Area) Pick(long place, int newest)
    {
        if (newest < 0)
        {
            var loose = warehouse.LooseChildren;
            var child = loose > 0
                ? warehouse.LinkedChildren + noise.Below(loose, Noise.Stream.Checked, place)
                : noise.Below(warehouse.Children, Noise.Stream.Checked, place);
            // A child that is put into a parent later takes the area of whoever is here first; a loose one has its own.
            return (DemoWarehouse.Child(child), loose > 0 ? child : area);
        }

        var parent = noise.Below(newest + 1, Noise.Stream.Checked, place);
        var own = parent - (parent % DemoWarehouse.Areas) + area;
        if (own <= newest && noise.Below(25, Noise.Stream.MistakeKind, place) > 0)
            parent = own;
        var (first, count) = warehouse.ChildrenOf(parent);
        var inside = noise.Below(count + 1, Noise.Stream.MistakePlace, place);
        return (inside == 0 ? DemoWarehouse.Parent(parent) : DemoWarehouse.Child(first + inside - 1), parent);
    }

    private int PlaceOf(int parent, int mistake, int count) => noise.Below(count, Noise.Stream.MistakePlace, Place(parent, mistake));

    private Scan Mistake(int parent, int mistake, int child, int earlier, bool isFull)
    {
        var (parentQr, childQr) = (DemoWarehouse.Parent(parent), DemoWarehouse.Child(child));
        if (isFull && LooseOfArea(parent) is { } loose)
            return Refused(ScanAction.Link, loose, parentQr, ScanRejection.ParentFull, $"{DemoWarehouse.ParentCapacity}/{DemoWarehouse.ParentCapacity}");

        if (earlier >= 0 && noise.Below(3, Noise.Stream.MistakeKind, Place(parent, mistake)) is var kind and > 0)
        {
            var other = DemoWarehouse.Parent(earlier);
            return kind == 1
                ? Refused(ScanAction.Link, other, parentQr, ScanRejection.NotAChild, other.Value)
                : Refused(ScanAction.Link, DemoWarehouse.Child(warehouse.ChildrenOf(earlier).First), parentQr, ScanRejection.LinkedElsewhere, other.Value);
        }

        return Refused(ScanAction.Link, childQr, parentQr, ScanRejection.AlreadyLinkedHere, parentQr.Value);
    }

    /// <summary>A loose child of the scanner's area; null where there is none.</summary>
    private QrCode? LooseOfArea(int parent)
    {
        var first = (area - (warehouse.LinkedChildren % DemoWarehouse.Areas) + DemoWarehouse.Areas) % DemoWarehouse.Areas;
        var count = (warehouse.LooseChildren - first + DemoWarehouse.Areas - 1) / DemoWarehouse.Areas;
        return count > 0
            ? DemoWarehouse.Child(warehouse.LinkedChildren + first + (DemoWarehouse.Areas * noise.Below(count, Noise.Stream.MistakeKind, ~(long)parent)))
            : null;
    }

    private static long Place(int parent, int mistake) => ((long)parent << 4) + mistake;

    private Scan Observed(QrCode qr) => Row(ScanAction.Observe, qr, null);

    private Scan Linked(QrCode child, QrCode parent) => Row(ScanAction.Link, child, parent);

    private Scan Refused(ScanAction action, QrCode qr, QrCode? parent, ScanRejection reason, string? fact) =>
        Row(action, qr, parent) with { Outcome = ScanOutcome.Rejected, Rejection = reason, Fact = fact };

    // The area of a taken scan is the bag's, of a refused one the scanner's: the same, since dispatchers reach no other.
    private Scan Row(ScanAction action, QrCode qr, QrCode? parent) => new()
    {
        ScanId = default,
        Action = action,
        Qr = qr,
        ParentQr = parent,
        Outcome = ScanOutcome.Recorded,
        ActorId = actorId,
        Area = _area,
        ScannedAt = default,
        RecordedAt = default,
    };
}
