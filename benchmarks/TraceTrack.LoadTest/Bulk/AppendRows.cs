using TraceTrack.DemoData;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>
/// A file for a store that holds a warehouse already: new bags, an eighth as many as are there, a fifth as many known ones among them (their codes), and one
/// bad row for a hundred new ones; well mixed, and the same each time.
/// </summary>
internal static class AppendRows
{
    /// <summary>Of each kind, for one new row.</summary>
    private const double Bad = 0.01 / 4;

    public static BagGenerator Of(DemoWarehouse warehouse) => new(new()
    {
        Fill = ParentFill.ForBags(warehouse.Bags / 8),
        ParentPrefix = "SB9",
        ChildPrefix = "CN",
        Dirt = new() { Duplicates = Bad, BadCodes = Bad, Orphans = Bad, WrongKinds = Bad },
        Known = new(warehouse.Generator, warehouse.Bags / 40, CodesOnly: true),
    });
}
