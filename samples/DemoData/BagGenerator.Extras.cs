using TraceTrack.Imports;

namespace TraceTrack.DemoData;

/// <summary>What comes on top of the good rows, and what an import makes of all.</summary>
public sealed partial class BagGenerator
{
    /// <summary>Known bags, then each kind of dirt in the order of <see cref="BagDirt.Rates"/>: how many rows.</summary>
    private readonly int[] _extras;

    private const int OverflowKind = 4;

    private readonly int _extraCount;

    private readonly ScatteredOrder _extraOrder;

    /// <summary>What an import into a store that holds nothing but <see cref="BagGeneratorOptions.Known"/>'s bags reports; null when there are contradictions.</summary>
    public GeneratedCounts? Counts => _extras[^1] > 0 ? null : new(
        RowCount,
        Parents,
        Children,
        LinkedChildren,
        _extras[0],
        _extras.Skip(1).Zip(Reasons).Where(pair => pair.First > 0).ToDictionary(pair => pair.Second, pair => (long)pair.First));

    private static IEnumerable<RowReason> Reasons =>
    [
        RowReason.DuplicateInFile, RowReason.InvalidQrCode, RowReason.UnknownParent, RowReason.ParentFull, RowReason.WrongKind, RowReason.InvalidArea,
        RowReason.InvalidWeight, RowReason.Malformed,
    ];

    private int[] PlanExtras() => [_options.Known?.Count ?? 0, .. _options.Dirt.Rates.Select(rate => (int)((rate * Bags) + 0.5))];

    /// <summary>How many of them stand before a good row.</summary>
    private int ExtrasBy(int position) => (int)((long)position * _extraCount / Bags);

    private bool IsOverflow(int index) => Kind(index).Kind == OverflowKind;

    private (int Kind, int Number) Kind(int index)
    {
        var number = _extraOrder.At(index);
        var kind = 0;
        while (number >= _extras[kind])
            number -= _extras[kind++];
        return (kind, number);
    }

    private BagRow Extra(int index, int position)
    {
        var (kind, number) = Kind(index);
        return kind switch
        {
            0 => Known(_options.Known!, number),
            1 => Respelled(Row(_noise.Below(position + 1, Noise.Stream.DirtPlace, index), new()), index),
            2 => BadCode(number, index),
            3 => new(SpareCode(index), UnknownParent(number), WeightKg: Weight(index)),
            5 => WrongKind(index),
            6 => new(SpareCode(index), Area: BadArea(number)),
            7 => new(SpareCode(index), WeightKg: BadWeight(number)),
            8 => new(SpareCode(index), Problem: "6 fields where the heading has 4."),
            _ => Contradiction(index),
        };
    }

    private static BagRow Known(KnownBags known, int number)
    {
        var row = known.Generator.Row((int)((long)number * known.Generator.Bags / known.Count), new());
        return known.CodesOnly ? new(row.Qr) : row;
    }
}
