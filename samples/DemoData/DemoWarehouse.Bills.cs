using System.Globalization;
using TraceTrack.Bills;
using TraceTrack.Scans;

namespace TraceTrack.DemoData;

/// <summary>A bill and what becomes of it.</summary>
/// <param name="Index">0 up to the number of bills.</param>
/// <param name="Number">BILL-000001 for 0.</param>
/// <param name="Capacity">Parents it may hold.</param>
/// <param name="FirstParent">The first full parent on it; the others follow.</param>
/// <param name="ParentCount">Parents on it; 0 for a new one.</param>
/// <param name="IsCompleted">Whether it left the warehouse.</param>
public readonly record struct DemoBill(int Index, BillNumber Number, int Capacity, int FirstParent, int ParentCount, bool IsCompleted);

public sealed partial class DemoWarehouse
{
    private static readonly int[] Capacities = [4, 10, 20, 30];

    public int BillCount => _billStarts.Length - 1;

    /// <summary>Parents on bills: the oldest, all full.</summary>
    public int LoadedParents => _billStarts[^1];

    /// <summary>Every bill, the oldest first: 1–3 parents on each as long as there are full ones, seven in ten of those completed.</summary>
    public IEnumerable<DemoBill> Bills() => Enumerable.Range(0, BillCount).Select(Bill);

    public DemoBill Bill(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)BillCount, nameof(index));
        var count = _billStarts[index + 1] - _billStarts[index];
        return new(
            index,
            BillNumber.FromStored(string.Create(CultureInfo.InvariantCulture, $"BILL-{index + 1:D6}")),
            Capacities[_noise.Below(Capacities.Length, Noise.Stream.BillCapacity, index)],
            _billStarts[index],
            count,
            count > 0 && _noise.Below(10, Noise.Stream.BillCompleted, index) < 7);
    }

    /// <summary>The identity of the scan that loads a parent: the same each time, so that loading twice changes nothing.</summary>
    public ScanId LoadId(int parent) => new(_noise.Uuid(Noise.Stream.LoadId, Position(parent)));

    /// <summary>The identities of the imports that make this warehouse.</summary>
    internal Guid ImportId(DemoImport import) => _noise.Uuid(Noise.Stream.ImportId, Position((int)import));

    private int[] PlanBills(int count)
    {
        var starts = new int[count + 1];
        for (var bill = 0; bill < count; bill++)
            starts[bill + 1] = Math.Min(starts[bill] + 1 + _noise.Below(3, Noise.Stream.BillSize, bill), FullParents);
        return starts;
    }

    // Warehouses of one seed and different sizes have no identity in common.
    private long Position(int index) => ((long)Bags << 32) | (uint)index;
}

internal enum DemoImport
{
    Bags = 1,
    History = 2,

    /// <summary>An import without rows: the last step of all. That it was made says that all the others were.</summary>
    Finished = 3,
}
