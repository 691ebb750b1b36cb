using Microsoft.Extensions.DependencyInjection;
using TraceTrack.Bags;
using TraceTrack.Imports;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>A pattern of parents' codes that was changed over a full store, as it should not be: every bag stays what it was stored as.</summary>
public abstract class ImportKindContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_bag_does_not_take_what_a_row_of_another_kind_says()
    {
        var before = await FillAsync();
        await using var services = Reopen(before, Changed);
        var warehouse = new Warehouse(services);
        var report = await warehouse.ImportWithAsync(
            OnExisting.Update,
            new BagRow("P01", Area: "NORTH"), new("SB1", "P09"), new("P09"), new("C02", "P01"), new("SB2", null, "EAST", 2m), new("P02", Area: "WEST"), new("C01", "P09"));
        Assert.Equal(
            ["1 Rejected WrongKind", "2 Rejected WrongKind P09", "4 Rejected UnknownParent P01", "5 Rejected WrongKind", "6 Rejected WrongKind"],
            await warehouse.TellAsync(report));
        Assert.Equal((1, 0, 1), (report.Parents, report.Children, report.Updated));
        Assert.Equal(["C01"], Codes(await warehouse.ChildrenAsync("P09")));
        Assert.Equal(["P02"], Codes(await warehouse.ChildrenAsync("SB1")));
        await AssertKindsAsync(warehouse);
    }

    [Theory]
    [InlineData(OnExisting.Keep)]
    [InlineData(OnExisting.Reject)]
    public async Task A_bag_of_another_kind_is_known_all_the_same_and_takes_no_child(OnExisting onExisting)
    {
        var before = await FillAsync();
        await using var services = Reopen(before, Changed);
        var warehouse = new Warehouse(services);
        var outcome = onExisting == OnExisting.Keep ? "Kept" : "Rejected";
        var report = await warehouse.ImportWithAsync(onExisting, new BagRow("P01"), new("C02", "P01"), new("SB1"), new("P02"), new("SB2", "P09"), new("P09"));
        Assert.Equal(
            [$"1 {outcome} AlreadyExists", "2 Rejected UnknownParent P01", $"3 {outcome} AlreadyExists", $"4 {outcome} AlreadyExists", $"5 {outcome} AlreadyExists"],
            await warehouse.TellAsync(report));
        Assert.Equal((1, 0), (report.Parents, report.Children));
        await AssertKindsAsync(warehouse);
    }

    /// <summary>The same store, to an application with other rules.</summary>
    protected abstract ServiceProvider Reopen(Warehouse warehouse, Action<TraceTrackOptions> options);

    private static void Changed(TraceTrackOptions options) => options.ParentQrPattern = "^P[0-9]+$";

    private async Task<Warehouse> FillAsync()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(new BagRow("SB1"), new("SB2"), new("C01", "SB1"), new("P01"), new("P02", "SB1"));
        return warehouse;
    }

    private static async Task AssertKindsAsync(Warehouse warehouse)
    {
        foreach (var (qr, kind) in new[] { ("SB1", BagKind.Parent), ("SB2", BagKind.Parent), ("P01", BagKind.Child), ("P02", BagKind.Child), ("P09", BagKind.Parent) })
            Assert.Equal((qr, kind), (qr, (await warehouse.BagAsync(qr)).Kind));
        await Consistency.AssertHoldsAsync(warehouse);
    }
}
