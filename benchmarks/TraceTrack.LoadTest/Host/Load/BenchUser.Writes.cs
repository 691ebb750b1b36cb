using System.Globalization;
using TraceTrack.DemoData;

namespace TraceTrack.LoadTest.Host;

internal sealed partial class BenchUser
{
    /// <summary>Scans out of fifteen that link; the others only look.</summary>
    private const int LinksOfFifteen = 13;

    public const int NewBillCapacity = 10;

    private const int ResizedBillCapacity = 20;

    private KnownParent? _filling;
    private int _bills;
    private bool _resizes;

    private ValueTask ScanAsync(CancellationToken cancellation) =>
        _random.Next(15) < LinksOfFifteen ? LinkAsync(cancellation) : ObserveAsync(cancellation);

    private async ValueTask LinkAsync(CancellationToken cancellation)
    {
        if (_filling is not { Children: < DemoWarehouse.ParentCapacity } parent)
            _filling = parent = _place.TakeParent();
        var child = _place.TakeChild();
        try
        {
            await SendAsync(
                Operation.Scan, Documents.Scan,
                $$$"""{"input":{"scanId":"{{{Guid.CreateVersion7()}}}","action":"LINK","qr":"{{{child}}}","parent":"{{{parent.Qr}}}"}}""", cancellation);
            var answer = Read("qr"u8);
            DemandRecorded(answer, child);
            Demand(answer.ChildCount == parent.Children + 1, "another number of children");
        }
        catch
        {
            // Whether the child is in it nobody knows now.
            _filling = null;
            throw;
        }

        parent.Linked();
        _place.Bags.Add(child);
        if (parent.Children == 1)
        {
            _place.Bags.Add(parent.Qr);
            _place.Parents.Add(parent);
        }
    }

    private async ValueTask ObserveAsync(CancellationToken cancellation)
    {
        var qr = PickBag();
        await SendAsync(
            Operation.Scan, Documents.Scan, $$$"""{"input":{"scanId":"{{{Guid.CreateVersion7()}}}","action":"OBSERVE","qr":"{{{qr}}}"}}""", cancellation);
        DemandRecorded(Read("qr"u8), qr);
        _place.Bags.Add(qr);
    }

    private void DemandRecorded(in Answer answer, string qr)
    {
        Demand(answer.Outcome.SequenceEqual("RECORDED"u8) && Is(answer.Name, qr), "the scan was not recorded");
        Recorded++;
    }

    /// <summary>A new bill, then its resizing, in turn.</summary>
    private async ValueTask ChangeBillAsync(CancellationToken cancellation)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"BENCH-{Index:D3}-{_bills:D6}");
        var capacity = _resizes ? ResizedBillCapacity : NewBillCapacity;
        await SendAsync(
            Operation.BillChange, _resizes ? Documents.Resize : Documents.Create,
            string.Create(CultureInfo.InvariantCulture, $$$"""{"input":{"number":"{{{number}}}","capacity":{{{capacity}}}}}"""), cancellation, asBiller: true);
        var answer = Read("number"u8);
        Demand(Is(answer.Name, number) && answer.Capacity == capacity, "another bill was changed");
        if (!_resizes)
            crowd.RecentBills.Add(number);
        else
            _bills++;
        _resizes = !_resizes;
    }
}
