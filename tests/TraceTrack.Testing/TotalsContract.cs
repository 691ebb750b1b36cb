using TraceTrack.Imports;
using TraceTrack.Totals;
using TraceTrack.Users;

namespace TraceTrack.Testing;

public abstract class TotalsContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task An_empty_store_counts_nothing()
    {
        var warehouse = await OpenAsync();
        Assert.Equal(default, await warehouse.TotalsAsync());
        Assert.Equal(new(default, default), await warehouse.System.Totals.ReconcileAsync());
    }

    [Fact]
    public async Task Everything_that_is_stored_is_counted_as_it_is_stored()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "SB00001");
        Assert.Equal(new TraceTrackTotals(2, 1, 1, 0, 1, 0), await warehouse.TotalsAsync());
        await warehouse.CreateBillAsync("B1");
        Assert.Equal(new TraceTrackTotals(2, 1, 1, 1, 1, 0), await warehouse.TotalsAsync());
        await warehouse.LoadAsync("SB00002", "B1");
        Assert.Equal(new TraceTrackTotals(3, 2, 1, 1, 2, 0), await warehouse.TotalsAsync());
        await warehouse.System.Users.CreateAsync(new("ada", UserRole.Admin, null, "hash"));
        Assert.Equal(new TraceTrackTotals(3, 2, 1, 1, 2, 1), await warehouse.TotalsAsync());
        Assert.True((await warehouse.System.Totals.ReconcileAsync()).IsExact);
    }

    [Fact]
    public async Task Refused_scans_are_counted_as_scans_and_register_no_bag()
    {
        var warehouse = await OpenAsync();
        await warehouse.LinkAsync("C0001", "C0002");
        await warehouse.LoadAsync("SB00001", "NONE");
        Assert.Equal(new TraceTrackTotals(0, 0, 0, 0, 2, 0), await warehouse.TotalsAsync());
    }

    [Fact]
    public async Task An_import_is_counted_with_what_was_there_before()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.LinkAsync("C0001", "C0002");
        await warehouse.ImportAsync(new BagRow("SB00001"), new("C0001", "SB00001"), new("C0002"), new("C0003", "SB00009"));
        Assert.Equal(new TraceTrackTotals(3, 1, 2, 1, 1, 0), await warehouse.TotalsAsync());
        Assert.True((await warehouse.System.Totals.ReconcileAsync()).IsExact);
    }

    [Fact]
    public async Task Totals_are_exact_after_much_work_by_many_at_once()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1", 3);
        await warehouse.CreateBillAsync("B2", 3);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async worker =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 30; i++)
            {
                var (child, parent, bill) = ($"C{random.Next(12):000}", $"SB{random.Next(5)}", $"B{random.Next(1, 4)}");
                _ = random.Next(5) switch
                {
                    0 => await warehouse.ObserveAsync(child),
                    1 => await warehouse.UnlinkAsync(child),
                    2 => await warehouse.LoadAsync(parent, bill),
                    3 => await warehouse.UnloadAsync(parent),
                    _ => await warehouse.LinkAsync(child, parent),
                };
            }
        }));
        Assert.Equal(180, (await warehouse.TotalsAsync()).Scans);
        await Consistency.AssertHoldsAsync(warehouse);
    }
}
