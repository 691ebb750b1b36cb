namespace TraceTrack.DemoData;

/// <summary>What a <see cref="BagGenerator"/> makes.</summary>
public sealed record BagGeneratorOptions
{
    /// <summary>The same options and seed give the same rows on every computer.</summary>
    public int Seed { get; init; } = DemoWarehouse.DefaultSeed;

    /// <summary>Parents and the children in them.</summary>
    public ParentFill Fill { get; init; } = ParentFill.None;

    public int LooseChildren { get; init; }

    /// <summary>Areas A1, A2, … of parents and loose children in turn; 0 for bags without an area.</summary>
    public int Areas { get; init; } = DemoWarehouse.Areas;

    public BagRowOrder Order { get; init; }

    /// <summary>Rows are shuffled within windows of so many; 1 keeps the order, and <see cref="int.MaxValue"/> shuffles the whole file.</summary>
    public int ShuffleWindow { get; init; } = 1;

    /// <summary>Before a parent's number; in normal form, and such that the store takes it for a parent's.</summary>
    public string ParentPrefix { get; init; } = BagGenerator.DefaultParentPrefix;

    /// <summary>Before a child's number.</summary>
    public string ChildPrefix { get; init; } = BagGenerator.DefaultChildPrefix;

    /// <summary>
    /// Bags are numbered from one above it. Another generator with the same prefixes has no code in common when it begins
    /// <see cref="BagGenerator.RowCount"/> later than this one; all but the codes of <see cref="BagDirt.Contradictions"/>.
    /// </summary>
    public int Offset { get; init; }

    /// <summary>The share of good rows whose codes are typed carelessly: lower case, blanks, invisible characters. They are taken all the same.</summary>
    public double Untidy { get; init; }

    public BagDirt Dirt { get; init; } = BagDirt.None;

    /// <summary>Rows of bags that the store holds already; null for an empty store.</summary>
    public KnownBags? Known { get; init; }
}
