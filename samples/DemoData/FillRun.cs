namespace TraceTrack.DemoData;

/// <summary>Parents in a row whose numbers of children repeat in a pattern, so that nothing is kept but the pattern.</summary>
internal sealed class FillRun
{
    private readonly IReadOnlyList<int> _sizes;

    /// <summary>The first child of each parent of the pattern, and one more entry: children of the whole pattern.</summary>
    private readonly int[] _starts;

    public FillRun(int parents, IReadOnlyList<int> sizes)
    {
        (Parents, _sizes) = (parents, sizes);
        _starts = new int[sizes.Count + 1];
        for (var i = 0; i < sizes.Count; i++)
            _starts[i + 1] = _starts[i] + sizes[i];
        Children = checked((int)(((long)(parents / sizes.Count) * _starts[^1]) + _starts[parents % sizes.Count]));
    }

    public int Parents { get; }

    public int Children { get; }

    public int CountOf(int parent) => _sizes[parent % _sizes.Count];

    public int FirstOf(int parent) => (parent / _sizes.Count * _starts[^1]) + _starts[parent % _sizes.Count];

    public int ParentsWith(int children)
    {
        var inPattern = _sizes.Count(size => size == children);
        return (Parents / _sizes.Count * inPattern) + _sizes.Take(Parents % _sizes.Count).Count(size => size == children);
    }

    public int ParentOf(int child) => (child / _starts[^1] * _sizes.Count) + Place(child % _starts[^1], rows: 0);

    /// <summary>Whose row or child's row it is, when each parent comes before its children.</summary>
    public int ParentAt(int row)
    {
        var rows = _starts[^1] + _sizes.Count;
        return (row / rows * _sizes.Count) + Place(row % rows, rows: 1);
    }

    /// <summary>The last place of the pattern that begins at or before a number; of empty parents, the one behind them.</summary>
    private int Place(int number, int rows)
    {
        var (low, high) = (0, _sizes.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_starts[middle] + (middle * rows) <= number)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }
}
