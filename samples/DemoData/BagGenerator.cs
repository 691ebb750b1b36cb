using System.Globalization;
using TraceTrack.Bags;
using TraceTrack.Imports;

namespace TraceTrack.DemoData;

/// <summary>
/// Rows for imports: any number of bags, in any order, as dirty as wanted, the same for the same options on every computer. It says what an
/// import of them must report. Any row is worked out by itself, so that eight million take no more memory than eight.
/// </summary>
/// <remarks>
/// Parents are numbered through, and children too: those of the first parent, of the second, …, and at the end the loose ones. Dirt and known
/// bags are spread evenly over the file.
/// </remarks>
public sealed partial class BagGenerator
{
    public const string DefaultParentPrefix = "SB";

    public const string DefaultChildPrefix = "CB";

    private readonly BagGeneratorOptions _options;
    private readonly ParentFill _fill;
    private readonly Noise _noise;
    private readonly ScatteredOrder _order;
    private readonly string[] _areas;

    public BagGenerator(BagGeneratorOptions options)
    {
        Check(options);
        (_options, _fill, _noise) = (options, options.Fill, new(options.Seed));
        Bags = checked(_fill.Parents + _fill.Children + options.LooseChildren);
        _areas = [.. Enumerable.Range(1, options.Areas).Select(area => string.Create(CultureInfo.InvariantCulture, $"A{area}"))];
        _order = new(_noise, Noise.Stream.RowOrder, Bags, options.ShuffleWindow);
        _extras = PlanExtras();
        _extraCount = _extras.Sum();
        _extraOrder = new(_noise, Noise.Stream.ExtraOrder, _extraCount);
    }

    public BagGeneratorOptions Options => _options;

    public int Parents => _fill.Parents;

    public int Children => Bags - Parents;

    public int LinkedChildren => _fill.Children;

    public int LooseChildren => _options.LooseChildren;

    /// <summary>Good rows: one a bag.</summary>
    public int Bags { get; }

    /// <summary>All rows: bags, dirt and known bags.</summary>
    public int RowCount => Bags + _extraCount;

    public QrCode Parent(int index) => QrCode.FromStored(ParentCode(index));

    public QrCode Child(int index) => QrCode.FromStored(ChildCode(index));

    /// <summary>The rows, made one by one as they are read.</summary>
    public IEnumerable<BagRow> Rows()
    {
        var last = new LastParent();
        var (extra, overflows) = (0, 0);
        for (var position = 0; position < Bags; position++)
        {
            yield return Spelled(Row(position, last), position);
            for (var until = ExtrasBy(position + 1); extra < until; extra++)
            {
                if (!IsOverflow(extra))
                {
                    yield return Extra(extra, position);
                }
                else if (Overflow(overflows, position) is { } row)
                {
                    overflows++;
                    yield return row;
                }
            }
        }

        // Those that came before their parent was full, and files that name known bags only.
        for (; overflows < _extras[OverflowKind]; overflows++)
            yield return Overflow(overflows, Bags)!.Value;
        for (; extra < _extraCount; extra++)
            yield return Extra(extra, 0);
    }

    /// <summary>The same rows, as imports take them.</summary>
    public IAsyncEnumerable<BagRow> RowsAsync() => Rows().ToAsyncEnumerable();

    /// <summary>The good row of a place among the good rows.</summary>
    private BagRow Row(int position, LastParent last)
    {
        var place = _order.At(position);
        switch (_options.Order)
        {
            case BagRowOrder.ParentsFirst:
                return place < Parents ? ParentRow(place) : ChildRow(place - Parents, last);
            case BagRowOrder.ChildrenFirst:
                return place < Children ? ChildRow(place, last) : ParentRow(place - Children);
            default:
                if (place >= Parents + LinkedChildren)
                    return ChildRow(place - Parents, last);
                if (!last.Holds(place - last.Index - 1))
                    Remember(last, _fill.ParentAt(place));
                var child = place - last.Index - 1;
                return child < last.First ? ParentRow(last.Index) : LinkedRow(child, last);
        }
    }

    private BagRow ParentRow(int index) => new(ParentCode(index), Area: AreaOf(index));

    private BagRow ChildRow(int index, LastParent last)
    {
        if (index >= LinkedChildren)
            return new(ChildCode(index), Area: AreaOf(index), WeightKg: Weight(index));
        if (!last.Holds(index))
            Remember(last, _fill.ParentOf(index));
        return LinkedRow(index, last);
    }

    private BagRow LinkedRow(int index, LastParent last) => new(ChildCode(index), last.Code, WeightKg: Weight(index));

    private void Remember(LastParent last, int parent)
    {
        (last.Index, last.Code) = (parent, ParentCode(parent));
        (last.First, last.Count) = _fill.ChildrenOf(parent);
    }

    /// <summary>One child in ten was put on the scales; the others weigh what all do.</summary>
    private decimal? Weight(int child) => _noise.Below(10, Noise.Stream.HasOwnWeight, child) == 0
        ? new decimal(900 + _noise.Below(201, Noise.Stream.OwnWeight, child), 0, 0, isNegative: false, scale: 3)
        : null;

    private string? AreaOf(int index) => _areas.Length == 0 ? null : _areas[index % _areas.Length];

    private string ParentCode(int index) =>
        string.Create(CultureInfo.InvariantCulture, stackalloc char[64], $"{_options.ParentPrefix}{_options.Offset + index + 1:D7}");

    private string ChildCode(int index) =>
        string.Create(CultureInfo.InvariantCulture, stackalloc char[64], $"{_options.ChildPrefix}{_options.Offset + index + 1:D8}");

    private static void Check(BagGeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.LooseChildren, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Areas, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Offset, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ShuffleWindow, 1, nameof(options));
        if (options.Dirt.Rates.Append(options.Untidy).Any(rate => rate is not (>= 0 and <= 1)))
            throw new ArgumentException("A rate is from 0 to 1.", nameof(options));
        if (options.Dirt.Overflows > 0 && options.Fill.FullParents == 0)
            throw new ArgumentException("No parent is full, so none can have a child too many.", nameof(options));
        if (options.Known is { } known && (known.Count < 0 || known.Count > known.Generator.Bags))
            throw new ArgumentException($"Of {known.Generator.Bags} known bags, {known.Count} cannot be named.", nameof(options));
        foreach (var prefix in new[] { options.ParentPrefix, options.ChildPrefix })
        {
            var longest = prefix + "000000000000";
            if (!QrCode.TryParse(longest, out var code) || code.Value != longest)
                throw new ArgumentException($"'{prefix}' begins no code in normal form.", nameof(options));
        }
    }

    /// <summary>Neighbours have the same parent: it is looked for, and its code made, once.</summary>
    private sealed class LastParent
    {
        public int Index { get; set; }

        public string? Code { get; set; }

        public int First { get; set; }

        public int Count { get; set; }

        public bool Holds(int child) => (uint)(child - First) < (uint)Count;
    }
}
