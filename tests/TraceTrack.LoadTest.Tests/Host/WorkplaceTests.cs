using TraceTrack.DemoData;
using TraceTrack.LoadTest.Host;

namespace TraceTrack.LoadTest.Tests.Host;

public sealed class WorkplaceTests
{
    private static readonly DemoWarehouse Warehouse = new(20_000);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Any_bag_of_a_place_is_one_of_its_area(int area)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        for (var parent = area; parent < Warehouse.FullParents; parent += DemoWarehouse.Areas)
        {
            own.Add(DemoWarehouse.Parent(parent).Value);
            var (first, count) = Warehouse.ChildrenOf(parent);
            own.UnionWith(Enumerable.Range(first, count).Select(child => DemoWarehouse.Child(child).Value));
        }

        var (place, random) = (new Workplace(area, Warehouse), new Random(1));
        Assert.All(Enumerable.Range(0, 5_000), _ => Assert.Contains(place.AnyBag(random), own));
        Assert.All(Enumerable.Range(0, 5_000), _ => Assert.Contains(place.AnyParent(random).Qr, own));
    }

    [Fact]
    public async Task What_is_taken_was_delivered_to_the_area_and_is_taken_once()
    {
        var delivered = new Delivery(240).RowsAsync().ToBlockingEnumerable().Where(row => row.Area == "A3").Select(row => row.Qr!).ToHashSet();
        var place = new Workplace(2, Warehouse);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() =>
        {
            var child = place.TakeChild();
            lock (delivered)
                Assert.True(delivered.Remove(child), child);
        })));
        Assert.Equal("A3", place.Area);
        Assert.Equal(30, place.ChildrenTaken);
        Assert.Contains(place.TakeParent().Qr, delivered);
    }
}
