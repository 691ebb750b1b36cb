namespace TraceTrack.DemoData;

/// <summary>
/// Rows that come on top of the good ones: how many of each kind for one good row, 0–1. Each is refused for one reason, wherever it stands,
/// and takes nothing from a good row; only <see cref="Contradictions"/> may.
/// </summary>
public sealed record BagDirt
{
    public static BagDirt None { get; } = new();

    /// <summary>A bag once more, its code perhaps in another spelling.</summary>
    public double Duplicates { get; init; }

    /// <summary>Codes, or parents' codes, that are missing, too short, too long, or have characters that no code has.</summary>
    public double BadCodes { get; init; }

    /// <summary>Children of parents that nobody knows.</summary>
    public double Orphans { get; init; }

    /// <summary>Children beyond a full parent's capacity; of parents that are full only.</summary>
    public double Overflows { get; init; }

    /// <summary>Bags inside a child, and parents inside a parent.</summary>
    public double WrongKinds { get; init; }

    public double BadAreas { get; init; }

    public double BadWeights { get; init; }

    /// <summary>Rows that a reader could not make out.</summary>
    public double Malformed { get; init; }

    /// <summary>
    /// Rows made of any codes, parents, areas and weights of the file and a little beyond, good ones among them. What becomes of them, and of the
    /// rows they contradict, depends on all the others: <see cref="BagGenerator.Counts"/> is then null.
    /// </summary>
    public double Contradictions { get; init; }

    internal double[] Rates => [Duplicates, BadCodes, Orphans, Overflows, WrongKinds, BadAreas, BadWeights, Malformed, Contradictions];

    /// <summary>Some of everything that is refused for sure.</summary>
    /// <param name="rate">Bad rows for one good one, 0–1, in all.</param>
    /// <param name="overflows">Whether there is a full parent.</param>
    public static BagDirt Even(double rate, bool overflows = true)
    {
        var each = rate / (overflows ? 8 : 7);
        return new()
        {
            Duplicates = each,
            BadCodes = each,
            Orphans = each,
            Overflows = overflows ? each : 0,
            WrongKinds = each,
            BadAreas = each,
            BadWeights = each,
            Malformed = each,
        };
    }
}
