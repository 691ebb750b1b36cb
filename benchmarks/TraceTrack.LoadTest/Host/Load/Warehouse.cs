using System.Globalization;
using TraceTrack.DemoData;
using TraceTrack.Imports;

namespace TraceTrack.LoadTest.Host;

/// <summary>A parent and how many children were linked into it, as far as the load generator knows.</summary>
internal sealed class KnownParent(string qr, int children)
{
    private int _children = children;

    public string Qr { get; } = qr;

    public int Children => Volatile.Read(ref _children);

    public void Linked() => Interlocked.Increment(ref _children);
}

/// <summary>
/// Bags that came in ahead of the run, each area's own, to be linked by its users. When they are used up the codes go on, and are new to the store.
/// </summary>
internal sealed record Delivery(int Children)
{
    private const int FirstChild = 90_000_000;
    private const int FirstParent = 9_000_000;

    public int Parents => Children / DemoWarehouse.ParentCapacity;

    /// <summary>How the codes of its parents begin, and no others.</summary>
    public const string ParentPrefix = "SB9";

    public static string Child(int index) => string.Create(CultureInfo.InvariantCulture, $"CB{FirstChild + index}");

    public static string Parent(int index) => string.Create(CultureInfo.InvariantCulture, $"SB{FirstParent + index}");

    public async IAsyncEnumerable<BagRow> RowsAsync()
    {
        await Task.CompletedTask;
        for (var i = 0; i < Parents; i++)
            yield return new(Parent(i), Area: DemoWarehouse.Area(i));
        for (var i = 0; i < Children; i++)
            yield return new(Child(i), Area: DemoWarehouse.Area(i));
    }
}

/// <summary>One area of the warehouse: what its users scanned lately, and what they take next.</summary>
internal sealed class Workplace(int area, DemoWarehouse warehouse)
{
    private const int CodesOfParent = DemoWarehouse.ParentCapacity + 1;

    private static readonly int ScansAnHour = Mix.AnHour(Operation.Scan) / DemoWarehouse.Areas;

    private readonly Zipf _zipf = new(warehouse.FullParents * CodesOfParent);
    private int _children;
    private int _parents;

    public string Area { get; } = DemoWarehouse.Area(area);

    /// <summary>Each scan's bag.</summary>
    public RecentList<string> Bags { get; } = new(ScansAnHour);

    /// <summary>Each parent that filling began of.</summary>
    public RecentList<KnownParent> Parents { get; } = new(ScansAnHour / DemoWarehouse.ParentCapacity);

    public int ChildrenTaken => Volatile.Read(ref _children);

    public string TakeChild() => Delivery.Child(area + (DemoWarehouse.Areas * (Interlocked.Increment(ref _children) - 1)));

    public KnownParent TakeParent() => new(Delivery.Parent(area + (DemoWarehouse.Areas * (Interlocked.Increment(ref _parents) - 1))), 0);

    /// <summary>Any bag of the area, parents and children; a few of them are asked for very often.</summary>
    public string AnyBag(Random random)
    {
        var code = Code(random);
        var parent = OwnParent(code / CodesOfParent);
        var place = code % CodesOfParent;
        return place == 0 ? DemoWarehouse.Parent(parent).Value : DemoWarehouse.Child(warehouse.ChildrenOf(parent).First + place - 1).Value;
    }

    public KnownParent AnyParent(Random random)
    {
        var parent = OwnParent(Code(random) / CodesOfParent);
        return new(DemoWarehouse.Parent(parent).Value, warehouse.ChildrenOf(parent).Count);
    }

    // What is asked for often does not lie together in the store.
    private int Code(Random random) => (int)(_zipf.Draw(random) * 7_368_787L % (warehouse.FullParents * CodesOfParent));

    private int OwnParent(int parent)
    {
        var own = parent - (parent % DemoWarehouse.Areas) + area;
        return own < warehouse.FullParents ? own : own - DemoWarehouse.Areas;
    }
}
