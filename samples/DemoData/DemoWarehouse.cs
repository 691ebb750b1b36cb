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
    private readonly ParentFill _fill;

    /// <summary>The first parent on each bill, and one more entry: how many parents are on bills at all.</summary>
    private readonly int[] _billStarts;

    /// <param name="bags">How many bags, parents and children together; 1 or more.</param>
    /// <param name="seed">Another seed makes another warehouse of the same size.</param>
    public DemoWarehouse(int bags = DefaultBags, int seed = DefaultSeed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bags, 1);
        (Bags, Seed, _noise) = (bags, seed, new Noise(seed));

        FullParents = Math.Min(bags / (ParentCapacity + 1), Share(26_000));
        var parts = PlanParts(bags - (FullParents * (ParentCapacity + 1)));
        PartParents = parts.Count;
        _fill = parts.Count == 0 ? ParentFill.Full(FullParents) : ParentFill.Full(FullParents).Then(ParentFill.Of(parts.Count, parts));
        Generator = new(new() { Seed = seed, Fill = _fill, LooseChildren = bags - _fill.Parents - _fill.Children });

        _billStarts = PlanBills(Math.Max(1, bags / 81));
        Users = PlanUsers(Math.Max(10, bags / 1_620));
        HistoryRows = Math.Max(1, (int)((long)bags * 10 / 27));
    }

    public int Bags { get; }

    public int Seed { get; }

    /// <summary>Makes the rows.</summary>
    public BagGenerator Generator { get; }

    public int Parents => FullParents + PartParents;

    /// <summary>Parents with <see cref="ParentCapacity"/> children.</summary>
    public int FullParents { get; }

    /// <summary>Parents with 1–10 children.</summary>
    public int PartParents { get; }

    public int Children => Bags - Parents;

    public int LinkedChildren => _fill.Children;

    public int LooseChildren => Children - LinkedChildren;

    /// <summary>SB0000001 for 0.</summary>
    public static QrCode Parent(int index) =>
        QrCode.FromStored(string.Create(CultureInfo.InvariantCulture, stackalloc char[16], $"{BagGenerator.DefaultParentPrefix}{index + 1:D7}"));

    /// <summary>CB00000001 for 0.</summary>
    public static QrCode Child(int index) =>
        QrCode.FromStored(string.Create(CultureInfo.InvariantCulture, stackalloc char[16], $"{BagGenerator.DefaultChildPrefix}{index + 1:D8}"));

    /// <summary>A1 … A8, in turn: the area of a parent and its children, of a loose child, or of a dispatcher.</summary>
    public static string Area(int index) => AreaNames[index % Areas];

    /// <inheritdoc cref="ParentFill.ChildrenOf"/>
    public (int First, int Count) ChildrenOf(int parent) => _fill.ChildrenOf(parent);

    /// <summary>Every bag, a parent before its children.</summary>
    public IEnumerable<BagRow> Rows() => Generator.Rows();

    /// <summary>The same rows, as imports take them.</summary>
    public IAsyncEnumerable<BagRow> RowsAsync() => Generator.RowsAsync();

    /// <summary>How much of something a warehouse of this size has, when one of the default size has so much.</summary>
    private int Share(int ofDefault) => (int)((((long)Bags * ofDefault) + (DefaultBags / 2)) / DefaultBags);

    /// <summary>How many children each parent holds that is not full.</summary>
    private List<int> PlanParts(int room)
    {
        var sizes = new List<int>();
        for (var wanted = Math.Max(1, Share(500)); wanted > 0 && room >= 2; wanted--)
        {
            sizes.Add(Math.Min(1 + _noise.Below(MaxPartSize, Noise.Stream.PartSize, sizes.Count + 1), room - 1));
            room -= 1 + sizes[^1];
        }

        return sizes;
    }
}
