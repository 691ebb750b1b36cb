using System.Globalization;
using TraceTrack.DemoData;
using TraceTrack.Imports;

namespace TraceTrack.LoadTest.Bulk;

/// <summary>
/// A file for a store that holds a warehouse already: new bags, an eighth as many as are there, a fifth as many known ones among them, and one
/// bad row for a hundred new ones; well mixed, and the same each time.
/// </summary>
internal sealed class AppendRows(DemoWarehouse warehouse)
{
    private const int PerParent = DemoWarehouse.ParentCapacity + 1;

    public int New { get; } = warehouse.Bags / 8;

    public int Known { get; } = warehouse.Bags / 40;

    public int Bad { get; } = warehouse.Bags / 800;

    public int Linked => New - ((New + PerParent - 1) / PerParent);

    public IAsyncEnumerable<BagRow> RowsAsync() => Rows().ToAsyncEnumerable();

    private IEnumerable<BagRow> Rows()
    {
        var (created, known, bad) = (0, 0, 0);
        while (created < New)
        {
            yield return NewRow(created++);
            if (known < Known && created % 5 == 0)
                yield return new(DemoWarehouse.Child(known++ * (warehouse.Children / Known)).Value);
            if (bad < Bad && created % 100 == 0)
                yield return BadRow(bad++);
        }
    }

    private static BagRow NewRow(int number) => number % PerParent == 0
        ? new(NewParent(number / PerParent), Area: DemoWarehouse.Area(number))
        : new(NewChild(number), NewParent(number / PerParent));

    private static BagRow BadRow(int number) => (number % 4) switch
    {
        0 => new(string.Create(CultureInfo.InvariantCulture, $"?{number}")),
        1 => new(string.Create(CultureInfo.InvariantCulture, $"LOST{number:D6}"), "SB9999999999"),
        2 => new(NewChild(1)),
        _ => new(string.Create(CultureInfo.InvariantCulture, $"WRONG{number:D6}"), NewChild(1)),
    };

    private static string NewParent(int number) => string.Create(CultureInfo.InvariantCulture, $"SB9{number:D7}");

    private static string NewChild(int number) => string.Create(CultureInfo.InvariantCulture, $"CN{number:D8}");
}
