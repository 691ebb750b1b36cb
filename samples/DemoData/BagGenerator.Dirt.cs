using System.Globalization;
using TraceTrack.Imports;

namespace TraceTrack.DemoData;

/// <summary>Rows that are wrong, each in its own way.</summary>
public sealed partial class BagGenerator
{
    private const int BadCodeKinds = 12;

    private BagRow BadCode(int number, int index) => (number % BadCodeKinds) switch
    {
        0 => new(""),
        1 => new(null, Parents > 0 ? ParentCode(_noise.Below(Parents, Noise.Stream.DirtParent, index)) : null),
        2 => new(" \t ", Area: AreaOf(index)),
        3 => new("C1"),
        4 => new("\u200b\u200bC\u200d1\u200b"),
        5 => new(SpareCode(index).PadRight(65, '0')),
        6 => new(SpareCode(index).PadRight(300, 'X')),
        7 => new(SpareCode(index) + "!"),
        8 => new("CB " + SpareCode(index)),
        9 => new($"\"{SpareCode(index)}\", heavy"),
        10 => new($"Säckchen {index} ✓"),
        _ => new(SpareCode(index), "?"),
    };

    private BagRow WrongKind(int index)
    {
        var place = _noise.Bits(Noise.Stream.DirtPlace, index);
        if (Children == 0 || (Parents > 0 && place % 2 == 0))
            return new(ParentCode(_noise.Below(Parents, Noise.Stream.DirtPlace, index)), ParentCode(_noise.Below(Parents, Noise.Stream.DirtParent, index)));
        return new(SpareCode(index), ChildCode(_noise.Below(Children, Noise.Stream.DirtPlace, index)));
    }

    private static string BadArea(int number) => (number % 3) switch
    {
        0 => "no area!",
        1 => "A1,A2",
        _ => new('A', Area.MaxLength + 1),
    };

    private static decimal BadWeight(int number) => (number % 3) switch
    {
        0 => -1m,
        1 => 0.0001m,
        _ => TraceTrack.Weight.MaxKg + 1,
    };

    /// <summary>A child too many, or null while the parent that chance names has not all its own: it would take the place of one of them.</summary>
    private BagRow? Overflow(int number, int position)
    {
        // Of the parents so far, as parents and children come in turn.
        var parent = _noise.Below(Math.Max(1, (int)((long)Parents * Math.Min(position + 1, Bags) / Bags)), Noise.Stream.DirtParent, number);
        while (_fill.ChildrenOf(parent).Count < _fill.Capacity)
            parent = (parent + 1) % Parents;
        return position < LastChildOf(parent)
            ? null
            : new(string.Create(CultureInfo.InvariantCulture, $"{_options.ChildPrefix}Y{_options.Offset + number + 1:D8}"), ParentCode(parent), WeightKg: Weight(number));
    }

    /// <summary>The last position at which a child of a full parent may stand.</summary>
    private long LastChildOf(int parent)
    {
        var (first, count) = _fill.ChildrenOf(parent);
        var place = _options.Order switch
        {
            BagRowOrder.ParentsFirst => Parents + first + count - 1,
            BagRowOrder.ChildrenFirst => first + count - 1,
            _ => parent + first + count,
        };
        return Math.Min((((long)place / _options.ShuffleWindow) + 1) * _options.ShuffleWindow, Bags) - 1;
    }

    private BagRow Contradiction(int index)
    {
        var place = _noise.Bits(Noise.Stream.DirtPlace, index);
        // A little beyond the file: what an earlier and larger one brought, or nobody.
        var parent = ParentCode(_noise.Below((Parents * 3 / 2) + 1, Noise.Stream.DirtParent, index));
        var child = ChildCode(_noise.Below((Children * 3 / 2) + 1, Noise.Stream.DirtKind, index));
        var area = _noise.Below(6, Noise.Stream.DirtArea, index) switch
        {
            0 => "north",
            1 => " ",
            2 => "no area!",
            3 => AreaOf(index),
            _ => null,
        };
        var weight = _noise.Below(6, Noise.Stream.DirtWeight, index) switch
        {
            0 => 0.0001m,
            1 => 2.5m,
            2 => 0m,
            _ => (decimal?)null,
        };
        return Respelled(
            (place % 10) switch
            {
                0 or 1 => new(parent, Area: area),
                2 => new(child, " ", area, weight),
                3 => new(child, index % 2 == 0 ? child : "?", area, weight),
                4 => new(index % 2 == 0 ? null : "no code!", parent),
                _ => new(child, parent, area, weight),
            },
            index);
    }

    /// <summary>The code of a bag that has no good row; longer than a good one's.</summary>
    private string SpareCode(int index) => string.Create(CultureInfo.InvariantCulture, $"{_options.ChildPrefix}X{_options.Offset + index + 1:D8}");

    /// <summary>Has zeros that no good one has.</summary>
    private string UnknownParent(int number) => string.Create(CultureInfo.InvariantCulture, $"{_options.ParentPrefix}{_options.Offset + number + 1:D12}");

    private BagRow Spelled(BagRow row, int position) =>
        _options.Untidy > 0 && _noise.Below(1_000_000, Noise.Stream.Untidy, position) < _options.Untidy * 1_000_000 ? Respelled(row, position) : row;

    /// <summary>The same bag to an import, though not to the eye.</summary>
    private BagRow Respelled(BagRow row, int index) =>
        row with { Qr = Spelling(row.Qr, index), ParentQr = row.ParentQr is { } parent ? Spelling(parent, ~index) : null };

    private string? Spelling(string? code, int index) => code is null ? null : _noise.Below(6, Noise.Stream.Spelling, index) switch
    {
        0 => code.ToLowerInvariant(),
        1 => $" {code}\t",
        2 => "\u200b" + code,
        3 => code.Insert(Math.Min(2, code.Length), "\u200d").ToLowerInvariant(),
        _ => code,
    };
}
