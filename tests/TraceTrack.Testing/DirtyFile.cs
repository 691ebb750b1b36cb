using TraceTrack.DemoData;

namespace TraceTrack.Testing;

/// <summary>
/// Random options for files with every kind of dirt, for a store whose parents are full with three. Files of other seeds speak of the same bags, so
/// that known bags, moves and parents of earlier files come of themselves.
/// </summary>
public static class DirtyFile
{
    private const int Capacity = 3;

    /// <param name="random">Draws the options.</param>
    /// <param name="bags">Good rows, about.</param>
    /// <param name="contradictions">Rows that depend on the others, for one good one; with any, the counts are unknown.</param>
    /// <param name="prefix">In front of the numbers; codes of other prefixes are other bags'.</param>
    /// <param name="known">Bags of an earlier file to be named again.</param>
    public static BagGenerator Of(Random random, int bags, double contradictions = 0, string prefix = "", KnownBags? known = null)
    {
        var full = random.NextDouble();
        var fill = ParentFill.Shares(random.Next((bags / 3) + 1), full, (1 - full) * random.NextDouble(), random.Next(), Capacity);
        return new(new()
        {
            Seed = random.Next(),
            Fill = fill,
            LooseChildren = Math.Max(0, bags - fill.Parents - fill.Children),
            Areas = random.Next(4),
            Order = (BagRowOrder)random.Next(3),
            ShuffleWindow = random.Next(3) == 0 ? 1 : random.Next(1, bags + 2),
            ParentPrefix = BagGenerator.DefaultParentPrefix + prefix,
            ChildPrefix = BagGenerator.DefaultChildPrefix + prefix,
            Untidy = random.NextDouble() / 3,
            Dirt = BagDirt.Even(random.NextDouble() / 2, fill.FullParents > 0) with { Contradictions = contradictions },
            Known = known,
        });
    }
}
