using TraceTrack.Bags;
using TraceTrack.Imports;
using TraceTrack.Scans;

namespace TraceTrack.Testing;

/// <summary>Bills that many change at once.</summary>
public abstract class BillCrowdContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Fifty_loaders_keep_a_bills_count_weights_and_variance_exact()
    {
        var warehouse = await OpenAsync();
        // Each parent weighs what no other does, so that one lost or counted twice shows.
        await warehouse.ImportAsync(
        [
            .. Enumerable.Range(0, 50).Select(i => new BagRow($"SB{i:00}")),
            .. Enumerable.Range(0, 100).Select(i => new BagRow($"C{i:000}", $"SB{i % 50:00}", null, 0.001m * (1 << (i % 20)))),
        ]);
        await warehouse.CreateBillAsync("B1", 40);
        var loads = await AtOnce(50, i => warehouse.LoadAsync($"SB{i:00}", "B1"));
        var loaded = loads.Where(load => load.Outcome == ScanOutcome.Recorded).Select(load => load.Scan.Qr!.Value).ToArray();
        Assert.Equal(40, loaded.Length);
        Assert.All(loads.Where(load => load.Outcome == ScanOutcome.Rejected), load => Assert.Equal(ScanRejection.BillFull, load.Rejection));
        await AssertExactAsync(warehouse, loaded);

        // Half of them off again, while others come on in their places.
        var waiting = Enumerable.Range(0, 50).Select(i => QrCode.Parse($"SB{i:00}")).Except(loaded).ToArray();
        var moves = await AtOnce(50, i => i < 40 && i % 2 == 0 ? warehouse.UnloadAsync(loaded[i].Value) : warehouse.LoadAsync(waiting[i % 10].Value, "B1"));
        var on = loads.Concat(moves).Where(move => move.Outcome == ScanOutcome.Recorded).GroupBy(move => move.Scan.Qr!.Value)
            .Where(scans => scans.MaxBy(move => move.Scan.RecordedAt)!.Scan.Action == ScanAction.Load).Select(scans => scans.Key).ToArray();
        await AssertExactAsync(warehouse, on);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task One_bill_deleted_by_many_at_once_is_deleted_once()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1");
        await warehouse.CreateBillAsync("B2");
        var errors = await AtOnce(12, _ => CodeOf(() => warehouse.DeleteBillAsync("B1")));
        Assert.Equal(1, errors.Count(error => error is null));
        Assert.All(errors.Where(error => error is not null), error => Assert.Equal(ErrorCodes.BillNotFound, error));
        Assert.Equal(1, (await warehouse.TotalsAsync()).Bills);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_bill_is_loaded_or_deleted_and_no_parent_is_left_on_what_is_gone()
    {
        var warehouse = await OpenAsync();
        for (var round = 0; round < 10; round++)
        {
            await warehouse.CreateBillAsync("B1");
            var (parent, deleted) = ($"SB{round:00}", false);
            await AtOnce(6, async i =>
            {
                if (i % 2 == 0)
                    return (await warehouse.LoadAsync(parent, "B1")).Rejection?.ToString();
                var error = await CodeOf(() => warehouse.DeleteBillAsync("B1"));
                Assert.Contains(error, new[] { null, ErrorCodes.BillNotFound, ErrorCodes.BillNotNew });
                deleted |= error is null;
                return error;
            });
            Assert.Equal(deleted, await warehouse.FindBillAsync("B1") is null);
            Assert.Equal(deleted, (await warehouse.FindBagAsync(parent))?.BillNumber is null);
            await Consistency.AssertHoldsAsync(warehouse);
            if (deleted)
                continue;
            await warehouse.UnloadAsync(parent);
            await warehouse.DeleteBillAsync("B1");
        }
    }

    [Fact]
    public async Task A_number_deleted_and_taken_again_by_many_at_once_is_read_as_it_is_stored()
    {
        var warehouse = await OpenAsync();
        await AtOnce(8, async i =>
        {
            for (var step = 0; step < 15; step++)
            {
                var error = await CodeOf(() => (i + step) % 2 == 0 ? warehouse.CreateBillAsync("B1") : warehouse.DeleteBillAsync("B1"));
                Assert.Contains(error, new[] { null, ErrorCodes.BillExists, ErrorCodes.BillNotFound });
                await warehouse.FindBillAsync("B1");
            }

            return i;
        });
        var listed = await warehouse.AllBillsAsync();
        Assert.Equal(listed.SingleOrDefault(), await warehouse.FindBillAsync("B1"));
        Assert.Equal(listed.Count, (await warehouse.TotalsAsync()).Bills);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_capacity_that_shrinks_while_many_load_is_never_exceeded()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1", 30);
        await AtOnce(40, async i =>
        {
            if (i % 4 != 0)
                return (await warehouse.LoadAsync($"SB{i:00}", "B1")).Rejection?.ToString();
            var error = await CodeOf(() => warehouse.ResizeAsync("B1", 1 + (i / 4)));
            Assert.Contains(error, new[] { null, ErrorCodes.BillCapacityExceeded });
            return error;
        });
        var bill = await warehouse.BillAsync("B1");
        Assert.InRange(bill.ParentCount, 0, bill.Capacity);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Of_many_who_saw_the_same_version_one_changes_the_bill()
    {
        var warehouse = await OpenAsync();
        var seen = await warehouse.CreateBillAsync("B1", 30);
        var errors = await AtOnce(12, i => CodeOf(() => warehouse.ResizeAsync("B1", 31 + i, seen.Version)));
        Assert.Equal(1, errors.Count(error => error is null));
        Assert.Equal(11, errors.Count(error => error == ErrorCodes.StaleVersion));
    }

    [Fact]
    public async Task Recalculations_among_scans_find_nothing()
    {
        var warehouse = await OpenSmallAsync();
        await warehouse.CreateBillAsync("B1", 6);
        await AtOnce(40, async i =>
        {
            for (var step = 0; step < 5; step++)
            {
                var parent = $"SB{(i + step) % 8}0";
                switch ((i + step) % 4)
                {
                    case 0:
                        Assert.Empty((await warehouse.RecalculateAsync("B1")).Differences);
                        break;
                    case 1:
                        await warehouse.LoadAsync(parent, "B1");
                        break;
                    case 2:
                        await warehouse.UnloadAsync(parent);
                        break;
                    default:
                        await warehouse.LinkAsync($"C{i:00}{step}", parent);
                        break;
                }
            }

            return i;
        });
        await Consistency.AssertHoldsAsync(warehouse);
    }

    private static async Task AssertExactAsync(Warehouse warehouse, QrCode[] on)
    {
        var bill = await warehouse.BillAsync("B1");
        var weight = (await warehouse.System.Bags.FindManyAsync(on)).Sum(parent => parent!.ContentWeightKg);
        Assert.Equal((on.Length, weight, 30m * on.Length, weight - (30m * on.Length)), (bill.ParentCount, bill.ActualWeightKg, bill.ExpectedWeightKg, bill.VarianceKg));
        Assert.Equal(on.Order(), (await warehouse.System.Bags.OnBillsAsync([bill.Number]))[0].Select(parent => parent.Qr));
        Assert.True((await warehouse.RecalculateAsync("B1")).IsExact);
    }

    private static async Task<string?> CodeOf(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (TraceTrackException error)
        {
            return error.Code;
        }
    }
}
