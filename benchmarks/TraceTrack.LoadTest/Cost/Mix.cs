using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.DemoData;
using TraceTrack.Paging;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.LoadTest.Cost;

/// <summary>What a run of the mix asked, and what reached the database for its reads.</summary>
internal sealed record MixCounts(int Reads, long Statements, int ReadsWithout)
{
    public double PerRead => (double)Statements / Reads;

    public double WithoutDatabase => (double)ReadsWithout / Reads;
}

/// <summary>
/// A warehouse's requests, the same each time: of a hundred 45 bags by code, 10 with their children, 10 searches, 8 bills, 5 pages of a list, 4
/// totals, 15 scans and 2 changes of bills; the log-in is the host's. Of the bags asked for, nine in ten were scanned lately.
/// </summary>
internal sealed class Mix(ITraceTrack traceTrack, DemoWarehouse warehouse, SentStatements sent)
{
    private const int Recent = 1_500;

    private readonly Random _random = new(7);
    private readonly ITracker[] _users = [.. Enumerable.Range(0, DemoWarehouse.Areas).Select(area => traceTrack.As(new Actor("mix" + area, UserRole.Biller)))];
    private readonly int _firstRecent = warehouse.LoadedParents * DemoWarehouse.ParentCapacity;
    private readonly HashSet<int> _out = [];
    private int _bills;

    public async Task<MixCounts> RunAsync(int requests, CancellationToken cancellation)
    {
        int reads = 0, without = 0;
        long statements = 0;
        for (var i = 0; i < requests; i++)
        {
            var tracker = _users[i % _users.Length];
            var kind = _random.Next(99);
            if (kind >= 82)
            {
                await WriteAsync(tracker, isScan: kind < 97, cancellation);
                continue;
            }

            var before = sent.Count;
            await ReadAsync(tracker, kind, cancellation);
            var took = sent.Count - before;
            reads++;
            without += took == 0 ? 1 : 0;
            statements += took;
        }

        return new(reads, statements, without);
    }

    /// <summary>Puts back what is out, so that another run finds the warehouse as this one did.</summary>
    public async Task TidyAsync(CancellationToken cancellation)
    {
        foreach (var number in _out)
            await _users[0].Scans.RecordAsync(Link(number), cancellation);
        _out.Clear();
    }

    private async Task ReadAsync(ITracker tracker, int kind, CancellationToken cancellation)
    {
        switch (kind)
        {
            case < 45:
                Demand(await tracker.Bags.FindAsync(Pick(), cancellation) is not null, "bag");
                break;
            case < 55:
                var parent = DemoWarehouse.Parent(PickParent());
                Demand(await tracker.Bags.FindAsync(parent, cancellation) is not null, "parent");
                Demand((await tracker.Bags.ChildrenOfAsync([parent], cancellation))[0].Count > 0, "children");
                break;
            case < 65:
                Demand((await tracker.Bags.SearchAsync(Pick().Value[..^2], cancellationToken: cancellation)).Count > 0, "search");
                break;
            case < 73:
                Demand(await tracker.Bills.FindAsync(warehouse.Bill(Zipf(warehouse.BillCount)).Number, cancellation) is not null, "bill");
                break;
            case < 78:
                var filter = new BagFilter { Kind = BagKind.Parent, Area = DemoWarehouse.Area(_random.Next(DemoWarehouse.Areas)) };
                Demand((await tracker.Bags.ListAsync(filter, PageRequest.First(), cancellation)).Items.Count > 0, "list");
                break;
            default:
                Demand((await tracker.Totals.GetAsync(cancellation)).Bags == warehouse.Bags, "totals");
                break;
        }
    }

    /// <summary>A child is taken out of its parent, or put back.</summary>
    private async Task WriteAsync(ITracker tracker, bool isScan, CancellationToken cancellation)
    {
        if (!isScan)
        {
            await tracker.Bills.CreateAsync(new(BillNumber.Parse($"MIX-{Guid.NewGuid():N}-{_bills++}"), 5), cancellation);
            return;
        }

        // Never all of a parent's.
        var number = PickParent() * DemoWarehouse.ParentCapacity;
        var scan = _out.Remove(number) ? Link(number) : RecordScan.Unlink(ScanId.New(), DemoWarehouse.Child(number));
        if (scan.Action == ScanAction.Unlink)
            _out.Add(number);
        var result = await tracker.Scans.RecordAsync(scan, cancellation);
        Demand(result.Outcome == ScanOutcome.Recorded, $"scan ({result.Rejection})");
    }

    private static RecordScan Link(int number) =>
        RecordScan.Link(ScanId.New(), DemoWarehouse.Child(number), DemoWarehouse.Parent(number / DemoWarehouse.ParentCapacity));

    private QrCode Pick() => _random.Next(10) == 0
        ? DemoWarehouse.Child(Zipf(warehouse.LinkedChildren))
        : DemoWarehouse.Child(_firstRecent + _random.Next(Math.Min(Recent, warehouse.LinkedChildren - _firstRecent)));

    /// <summary>Of those on no bill, since nothing is taken out of the others.</summary>
    private int PickParent() =>
        warehouse.LoadedParents + _random.Next(Math.Min(Recent / DemoWarehouse.ParentCapacity, warehouse.FullParents - warehouse.LoadedParents));

    /// <summary>Zipf's law with the exponent 1, by its continuous form: half of all draws fall among the square root of them.</summary>
    private int Zipf(int count) => (int)Math.Pow(count, _random.NextDouble()) - 1;

    private static void Demand(bool right, string what)
    {
        if (!right)
            throw new InvalidOperationException($"The work was not done: {what}.");
    }
}
