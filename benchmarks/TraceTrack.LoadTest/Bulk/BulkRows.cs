using System.Globalization;
using TraceTrack.Imports;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>The rows of the benchmark: parents, each followed by its thirty children, until there are as many bags as asked for.</summary>
internal sealed class BulkRows
{
    private const int Group = 1 + TraceTrackOptions.DefaultParentCapacity;

    private readonly BagRow[] _rows;

    public BulkRows(int bags)
    {
        // Made before the clock starts: reading a file is not what is measured.
        _rows = new BagRow[bags];
        var parent = "";
        for (var i = 0; i < bags; i++)
        {
            if (i % Group == 0)
                _rows[i] = new(parent = string.Create(CultureInfo.InvariantCulture, $"SB{i / Group:0000000}"), Area: Area(i / Group));
            else
                _rows[i] = new(string.Create(CultureInfo.InvariantCulture, $"CB{i:00000000}"), parent);
        }

        Parents = (bags + Group - 1) / Group;
    }

    public BagRow this[int index] => _rows[index];

    public int Bags => _rows.Length;

    public int Parents { get; }

    public int Children => Bags - Parents;

    public async IAsyncEnumerable<BagRow> StreamAsync()
    {
        await Task.CompletedTask;
        foreach (var row in _rows)
            yield return row;
    }

    private static string Area(int parent) => string.Create(CultureInfo.InvariantCulture, $"A{1 + (parent % 8)}");
}
