namespace TraceTrack.DemoData;

/// <summary>How many parents there are and how many children each of them holds. Immutable, and small whatever the number of parents.</summary>
public sealed class ParentFill
{
    /// <summary>After so many parents the numbers of children repeat.</summary>
    private const int PatternLength = 1_000;

    private readonly FillRun[] _runs;

    private ParentFill(int capacity, params FillRun[] runs)
    {
        (Capacity, _runs) = (capacity, runs);
        Parents = runs.Sum(run => run.Parents);
        Children = runs.Sum(run => run.Children);
        FullParents = runs.Sum(run => run.ParentsWith(capacity));
    }

    /// <summary>No parents.</summary>
    public static ParentFill None { get; } = new(DemoWarehouse.ParentCapacity);

    /// <summary>Children in a full parent; must be the store's <see cref="TraceTrackOptions.ParentCapacity"/>.</summary>
    public int Capacity { get; }

    public int Parents { get; }

    /// <summary>Children in all parents together.</summary>
    public int Children { get; }

    public int FullParents { get; }

    /// <summary>Parents with these numbers of children, in turn, from the beginning again when there are more parents.</summary>
    /// <param name="parents">How many parents.</param>
    /// <param name="children">Numbers from 0 to the capacity; not empty.</param>
    /// <param name="capacity">Children in a full parent.</param>
    public static ParentFill Of(int parents, IReadOnlyList<int> children, int capacity = DemoWarehouse.ParentCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parents);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentNullException.ThrowIfNull(children);
        if (children.Count == 0 || children.Any(count => count < 0 || count > capacity))
            throw new ArgumentException($"A parent holds 0–{capacity} children.", nameof(children));
        return parents == 0 ? new(capacity) : new(capacity, new FillRun(parents, [.. children]));
    }

    /// <summary>Full parents only.</summary>
    public static ParentFill Full(int parents, int capacity = DemoWarehouse.ParentCapacity) => Of(parents, [capacity], capacity);

    /// <summary>Full, partly filled and empty parents, well mixed; the shares are met to a thousandth, or to one parent when they are fewer.</summary>
    /// <param name="parents">How many parents.</param>
    /// <param name="full">The share of full parents, 0–1.</param>
    /// <param name="empty">The share of empty parents; together with the full ones at most 1.</param>
    /// <param name="seed">Another seed mixes them otherwise.</param>
    /// <param name="capacity">Children in a full parent.</param>
    /// <param name="weights">How frequent a parent with 1, 2, 3 … children is among those partly filled; all alike up to the capacity when left out.</param>
    public static ParentFill Shares(
        int parents, double full, double empty, int seed, int capacity = DemoWarehouse.ParentCapacity, IReadOnlyList<int>? weights = null)
    {
        if (full is not (>= 0 and <= 1) || empty is not (>= 0 and <= 1) || full + empty > 1.000_000_1)
            throw new ArgumentOutOfRangeException(nameof(full), "Shares are from 0 to 1, and 1 in all.");
        weights ??= [.. Enumerable.Repeat(1, Math.Max(1, capacity - 1))];
        if (weights.Any(weight => weight < 0) || weights.Sum() == 0)
            throw new ArgumentException("A weight is negative, or there is none.", nameof(weights));
        if (parents == 0)
            return Of(0, [0], capacity);
        var sizes = new int[Math.Min(parents, PatternLength)];
        var fulls = Math.Min(sizes.Length, (int)((full * sizes.Length) + 0.5));
        var empties = Math.Min(sizes.Length - fulls, (int)((empty * sizes.Length) + 0.5));
        var parts = sizes.Length - fulls - empties;
        Array.Fill(sizes, capacity, 0, fulls);
        for (var part = 0; part < parts; part++)
            sizes[fulls + part] = SizeAt(weights, part, parts);
        var order = new ScatteredOrder(new(seed), Noise.Stream.FillOrder, sizes.Length);
        return Of(parents, [.. Enumerable.Range(0, sizes.Length).Select(i => sizes[order.At(i)])], capacity);
    }

    /// <summary>As many full parents as there is room for, and one that holds the rest.</summary>
    /// <param name="bags">Parents and children together; 1 is a parent without children.</param>
    /// <param name="capacity">Children in a full parent.</param>
    public static ParentFill ForBags(int bags, int capacity = DemoWarehouse.ParentCapacity)
    {
        var (full, rest) = Math.DivRem(bags, capacity + 1);
        return rest == 0 ? Full(full, capacity) : Full(full, capacity).Then(Of(1, [rest - 1], capacity));
    }

    /// <summary>These parents, and behind them others of the same capacity.</summary>
    public ParentFill Then(ParentFill more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return more.Capacity == Capacity ? new(Capacity, [.. _runs, .. more._runs]) : throw new ArgumentException("Its parents hold another number of children.", nameof(more));
    }

    /// <summary>The children of a parent: the first one's number and how many there are.</summary>
    public (int First, int Count) ChildrenOf(int parent)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)parent, (uint)Parents, nameof(parent));
        var (children, at) = (0, 0);
        while (parent >= _runs[at].Parents)
        {
            parent -= _runs[at].Parents;
            children += _runs[at++].Children;
        }

        return (children + _runs[at].FirstOf(parent), _runs[at].CountOf(parent));
    }

    internal int ParentOf(int child) => Find(child, static run => run.Children, static (run, number) => run.ParentOf(number));

    internal int ParentAt(int row) => Find(row, static run => run.Parents + run.Children, static (run, number) => run.ParentAt(number));

    private int Find(int number, Func<FillRun, int> length, Func<FillRun, int, int> find)
    {
        var (parents, at) = (0, 0);
        while (number >= length(_runs[at]))
        {
            number -= length(_runs[at]);
            parents += _runs[at++].Parents;
        }

        return parents + find(_runs[at], number);
    }

    /// <summary>Parts spread over the weights evenly, so that the distribution is met and not only likely.</summary>
    private static int SizeAt(IReadOnlyList<int> weights, int part, int parts)
    {
        var at = ((2L * part) + 1) * weights.Sum() / (2L * parts);
        var size = 0;
        while (at >= weights[size])
            at -= weights[size++];
        return size + 1;
    }
}
