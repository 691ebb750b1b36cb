using System.Globalization;
using TraceTrack.Bags;
using TraceTrack.Imports;

namespace TraceTrack.DemoData;

/// <summary>
/// A believable warehouse of any size, the same for the same size and seed on every computer. Nothing is kept in memory but a few
/// numbers a bill, so eight million bags stream as well as eight.
/// </summary>
/// <remarks>
/// Parents come first in the numbering: the full ones, then those being filled. Children are numbered through: those of the first
/// parent, of the second, …, and at the end the loose ones.
/// </remarks>
public sealed partial class DemoWarehouse
{
    /// <summary>The size the report speaks of: 800,000 bags and more.</summary>
    public const int DefaultBags = 810_000;

    public const int DefaultSeed = 2026;

    /// <summary>Children in a full parent.</summary>
    public const int ParentCapacity = TraceTrackOptions.DefaultParentCapacity;

    public const int Areas = 8;

    private const int MaxPartSize = 10;

    private static readonly string[] AreaNames = [.. Enumerable.Range(1, Areas).Select(area => string.Create(CultureInfo.InvariantCulture, $"A{area}"))];

    private readonly Noise _noise;

    /// <summary>The first child of each parent that is not full, and one more entry: where the loose children begin.</summary>
    private readonly int[] _partStarts;

    /// <summary>The first parent on each bill, and one more entry: how many parents are on bills at all.</summary>
    private readonly int[] _billStarts;

    /// <param name="bags">How many bags, parents and children together; 1 or more.</param>
    /// <param name="seed">Another seed makes another warehouse of the same size.</param>
    public DemoWarehouse(int bags = DefaultBags, int seed = DefaultSeed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bags, 1);
        (Bags, Seed, _noise) = (bags, seed, new Noise(seed));

        FullParents = Math.Min(bags / (ParentCapacity + 1), Share(26_000));
        _partStarts = PlanParts(bags - (FullParents * (ParentCapacity + 1)));
        Children = bags - Parents;

        _billStarts = PlanBills(Math.Max(1, bags / 81));
        Users = PlanUsers(Math.Max(10, bags / 1_620));
        HistoryRows = Math.Max(1, (int)((long)bags * 10 / 27));
    }

    public int Bags { get; }

    public int Seed { get; }

    public int Parents => FullParents + PartParents;

    /// <summary>Parents with <see cref="ParentCapacity"/> children.</summary>
    public int FullParents { get; }

    /// <summary>Parents with 1–10 children.</summary>
    public int PartParents => _partStarts.Length - 1;

    public int Children { get; }

    public int LinkedChildren => _partStarts[^1];

    public int LooseChildren => Children - LinkedChildren;

    /// <summary>SB0000001 for 0.</summary>
    public static QrCode Parent(int index) =>
        QrCode.FromStored(string.Create(CultureInfo.InvariantCulture, stackalloc char[16], $"SB{index + 1:D7}"));

    /// <summary>CB00000001 for 0.</summary>
    public static QrCode Child(int index) =>
        QrCode.FromStored(string.Create(CultureInfo.InvariantCulture, stackalloc char[16], $"CB{index + 1:D8}"));

    /// <summary>A1 … A8, in turn: the area of a parent and its children, of a loose child, or of a dispatcher.</summary>
    public static string Area(int index) => AreaNames[index % Areas];

    /// <summary>The children of a parent: the first one's number and how many there are.</summary>
    public (int First, int Count) ChildrenOf(int parent)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)parent, (uint)Parents, nameof(parent));
        if (parent < FullParents)
            return (parent * ParentCapacity, ParentCapacity);
        var part = parent - FullParents;
        return (_partStarts[part], _partStarts[part + 1] - _partStarts[part]);
    }

    /// <summary>Every bag, a parent before its children.</summary>
    public IEnumerable<BagRow> Rows()
    {
        for (var parent = 0; parent < Parents; parent++)
        {
            var qr = Parent(parent).Value;
            yield return new(qr, Area: Area(parent));
            var (first, count) = ChildrenOf(parent);
            for (var child = first; child < first + count; child++)
                yield return new(Child(child).Value, qr, WeightKg: Weight(child));
        }

        for (var child = LinkedChildren; child < Children; child++)
            yield return new(Child(child).Value, Area: Area(child), WeightKg: Weight(child));
    }

    /// <summary>The same rows, as imports take them.</summary>
    public IAsyncEnumerable<BagRow> RowsAsync() => Rows().ToAsyncEnumerable();

    /// <summary>One child in ten was put on the scales; the others weigh what all do.</summary>
    private decimal? Weight(int child) => _noise.Below(10, Noise.Stream.HasOwnWeight, child) == 0
        ? new decimal(900 + _noise.Below(201, Noise.Stream.OwnWeight, child), 0, 0, isNegative: false, scale: 3)
        : null;

    /// <summary>How much of something a warehouse of this size has, when one of the default size has so much.</summary>
    private int Share(int ofDefault) => (int)((((long)Bags * ofDefault) + (DefaultBags / 2)) / DefaultBags);

    private int[] PlanParts(int room)
    {
        var starts = new List<int> { FullParents * ParentCapacity };
        for (var wanted = Math.Max(1, Share(500)); wanted > 0 && room >= 2; wanted--)
        {
            var size = Math.Min(1 + _noise.Below(MaxPartSize, Noise.Stream.PartSize, starts.Count), room - 1);
            starts.Add(starts[^1] + size);
            room -= 1 + size;
        }

        return [.. starts];
    }
}
