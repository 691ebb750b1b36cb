using TraceTrack.Imports;

namespace TraceTrack.Testing;

/// <summary>
/// Files with every kind of dirt. So few codes that duplicates, orphans, full parents, moves and bags the store knows come of themselves.
/// </summary>
public sealed class DirtyFile(Random random, int codes, int parents)
{
    public BagRow[] Rows(int count) => [.. Enumerable.Range(0, count).Select(_ => Row())];

    public string Child() => $"C{random.Next(codes):00}";

    public string Parent() => $"SB{random.Next(1, parents + 1)}";

    private BagRow Row() => random.Next(24) switch
    {
        0 => new(random.Next(2) == 0 ? "no code!" : null, Parent()),
        1 => new(Vary(Child()), random.Next(2) == 0 ? "?" : Child()),
        2 => new(Vary(Child()), Vary(Parent()), random.Next(2) == 0 ? "no area!" : "south", random.Next(2) == 0 ? 0.0001m : 2.5m),
        3 => new(Vary(Child()), null, Area(), random.Next(4) == 0 ? -1m : 0.25m),
        < 9 => new(Vary(Parent()), random.Next(12) == 0 ? Parent() : null, Area()),
        < 12 => new(Vary(Child()), "  ", Area(), Weight()),
        _ => new(Vary(Child()), Vary(Parent()), Area(), Weight()),
    };

    private string? Area() => random.Next(5) switch
    {
        0 => "north",
        1 => "SOUTH",
        2 => " ",
        _ => null,
    };

    private decimal? Weight() => random.Next(3) == 0 ? random.Next(4) / 2m : null;

    private string Vary(string code) => random.Next(12) switch
    {
        0 => code.ToLowerInvariant(),
        1 => " " + code + "\t",
        2 => "\u200b" + code,
        _ => code,
    };
}
