using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Imports;
using TraceTrack.Scans;

namespace TraceTrack.Testing;

/// <summary>What must come out exactly when many scan at once, whoever comes first.</summary>
public abstract class ConcurrencyContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task Fifty_scanners_filling_one_parent_end_with_thirty_children_and_twenty_rejections()
    {
        var warehouse = await OpenAsync();
        var results = await AtOnce(50, i => warehouse.LinkAsync($"C{i:000}", "SB00001"));
        Assert.Equal(30, results.Count(result => result.Outcome == ScanOutcome.Recorded));
        var rejected = results.Where(result => result.Outcome == ScanOutcome.Rejected).ToArray();
        Assert.Equal(20, rejected.Length);
        Assert.All(rejected, result => Assert.Equal((ScanRejection.ParentFull, "30/30"), (result.Rejection, result.Fact)));
        var parent = await warehouse.BagAsync("SB00001");
        Assert.Equal((BagStatus.Completed, 30, 30m), (parent.Status, parent.ChildCount, parent.ContentWeightKg));
        Assert.Equal(30, (await warehouse.ChildrenAsync("SB00001")).Count);
        Assert.Equal((31, 50), ((await warehouse.TotalsAsync()).Bags, (await warehouse.TotalsAsync()).Scans));
        var times = results.Where(result => result.Outcome == ScanOutcome.Recorded).Select(result => result.Scan.RecordedAt);
        Assert.Equal(30, times.Distinct().Count());
        Assert.Equal(50, results.Select(result => result.Scan.EventId).Distinct().Count());
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Many_who_link_one_child_into_different_parents_leave_it_in_one()
    {
        var warehouse = await OpenAsync();
        var results = await AtOnce(16, i => warehouse.LinkAsync("C0001", $"SB{i}00"));
        var winner = Assert.Single(results, result => result.Outcome == ScanOutcome.Recorded);
        Assert.All(results.Except([winner]), result =>
            Assert.Equal((ScanRejection.LinkedElsewhere, winner.Scan.ParentQr!.Value.Value), (result.Rejection, result.Fact)));
        Assert.Equal((1, 1), ((await warehouse.TotalsAsync()).Parents, (await warehouse.TotalsAsync()).Children));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Loaders_onto_one_bill_keep_its_count_and_weights_exact()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync(
        [
            .. Enumerable.Range(0, 24).Select(i => new BagRow($"SB{i:00}")),
            .. Enumerable.Range(0, 120).Select(i => new BagRow($"C{i:000}", $"SB{i % 24:00}", null, 0.1m * (i + 1))),
        ]);
        await warehouse.CreateBillAsync("B1", 20);
        var loads = await AtOnce(24, i => warehouse.LoadAsync($"SB{i:00}", "B1"));
        Assert.Equal(20, loads.Count(result => result.Outcome == ScanOutcome.Recorded));
        Assert.All(
            loads.Where(result => result.Outcome == ScanOutcome.Rejected),
            result => Assert.Equal((ScanRejection.BillFull, "20/20"), (result.Rejection, result.Fact)));
        await Consistency.AssertHoldsAsync(warehouse);
        var loaded = loads.Where(result => result.Outcome == ScanOutcome.Recorded).Select(result => result.Scan.Qr!.Value.Value).ToArray();
        await AtOnce(20, i => i % 2 == 0 ? warehouse.UnloadAsync(loaded[i]) : warehouse.LinkAsync($"X{i:00}", loaded[i]));
        var bill = await warehouse.BillAsync("B1");
        Assert.Equal((10, BillStatus.Processing), (bill.ParentCount, bill.Status));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Links_and_loads_of_the_same_parents_agree_on_the_weight()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1", 4);
        await AtOnce(40, i => i % 10 == 9 ? warehouse.LoadAsync($"SB{i % 4}0", "B1") : warehouse.LinkAsync($"C{i:00}", $"SB{i % 4}0"));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Batches_over_the_same_bags_in_both_directions_all_end()
    {
        var warehouse = await OpenAsync();
        await warehouse.CreateBillAsync("B1", 10);
        await warehouse.CreateBillAsync("B2", 10);
        var steps = Enumerable.Range(0, 8).Select(i => (
            Child: QrCode.Parse($"C{i:000}"), Parent: QrCode.Parse($"SB{i}0"), Bill: BillNumber.Parse($"B{(i % 2) + 1}"))).ToArray();
        var commits = await AtOnce(24, i => warehouse.RecordBatchAsync(
            Users.Actor.System,
            [.. (i % 2 == 0 ? steps : steps.Reverse()).SelectMany(step => i % 3 == 0
                ? new[] { RecordScan.Link(ScanId.New(), step.Child, step.Parent), RecordScan.Load(ScanId.New(), step.Parent, step.Bill) }
                : [RecordScan.Unload(ScanId.New(), step.Parent), RecordScan.Unlink(ScanId.New(), step.Child)])]));
        Assert.Equal(24 * 16, commits.Sum(commit => commit.EventIds.Count));
        Assert.Equal(24 * 16, (await warehouse.TotalsAsync()).Scans);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Scans_that_cross_in_both_directions_all_end()
    {
        var warehouse = await OpenAsync();
        var results = await AtOnce(60, i =>
        {
            var (child, parent) = ($"C{i % 5:000}", $"SB{(i + (i / 5)) % 5}0");
            return i % 2 == 0 ? warehouse.LinkAsync(child, parent) : warehouse.UnlinkAsync(child);
        });
        Assert.Equal(60, results.Select(result => result.Scan.EventId).Distinct().Count());
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task One_scan_sent_by_many_at_once_is_recorded_once()
    {
        var warehouse = await OpenAsync();
        var scan = RecordScan.Link(ScanId.New(), QrCode.Parse("C0001"), QrCode.Parse("SB00001"));
        var results = await AtOnce(12, _ => warehouse.RecordAsync(scan));
        Assert.Single(results, result => result.Outcome == ScanOutcome.Recorded);
        Assert.Equal(11, results.Count(result => result is { Outcome: ScanOutcome.Replayed, IsReplay: true }));
        Assert.Single(results.Select(result => result.Scan).Distinct());
        Assert.Equal(1, (await warehouse.TotalsAsync()).Scans);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task Undos_of_one_actor_at_once_take_back_each_scan_once()
    {
        var warehouse = await OpenAsync();
        await warehouse.FillAsync("SB00001", 12);
        var undos = await AtOnce(16, _ => warehouse.UndoAsync());
        var undone = undos.Where(result => result.Outcome == ScanOutcome.Recorded).Select(result => result.Scan.Undoes).ToArray();
        Assert.Equal((12, 12), (undone.Length, undone.Distinct().Count()));
        Assert.All(
            undos.Where(result => result.Outcome == ScanOutcome.Rejected), result => Assert.Equal(ScanRejection.NothingToUndo, result.Rejection));
        Assert.Equal(0, (await warehouse.BagAsync("SB00001")).ChildCount);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task One_undo_sent_by_many_at_once_takes_back_one_scan()
    {
        var warehouse = await OpenAsync();
        await warehouse.FillAsync("SB00001", 4);
        var undo = RecordScan.Undo(ScanId.New());
        var results = await AtOnce(8, _ => warehouse.RecordAsync(undo));
        Assert.Single(results, result => result.Outcome == ScanOutcome.Recorded);
        Assert.Single(results.Select(result => result.Scan).Distinct());
        Assert.Equal(3, (await warehouse.BagAsync("SB00001")).ChildCount);
    }

    [Fact]
    public async Task Relinks_in_a_ring_with_undos_among_them_lose_no_child()
    {
        var warehouse = await OpenAsync();
        for (var i = 0; i < 6; i++)
            await warehouse.FillAsync($"SB{i}00", 3);
        var results = await AtOnce(20, async i =>
        {
            var actor = warehouse.Door.As(new($"scanner-{i}", Users.UserRole.Biller));
            var last = ScanOutcome.Replayed;
            for (var step = 0; step < 10; step++)
            {
                var (from, to) = ((i + step) % 6, (i + step + 1) % 6);
                var result = step % 4 == 3
                    ? await warehouse.UndoAsync(actor)
                    : await warehouse.RelinkAsync($"SB{from}00-C0{(i % 3) + 1}", $"SB{to}00", actor);
                Assert.True(
                    result.Rejection is null or ScanRejection.AlreadyLinkedHere or ScanRejection.LinkedElsewhere or ScanRejection.NothingToUndo,
                    $"{result.Rejection}");
                last = result.Outcome;
            }

            return last;
        });
        Assert.Equal(20, results.Length);
        Assert.Equal(18, (await warehouse.AllBagsAsync(new() { Kind = BagKind.Child, Status = BagStatus.Linked })).Count);
        Assert.Equal(218, (await warehouse.TotalsAsync()).Scans);
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task A_bill_is_completed_once_and_loaded_by_none_afterwards()
    {
        var warehouse = await OpenAsync(o => o.AllowIncompleteParents = true);
        await warehouse.CreateBillAsync("B1", 50);
        await warehouse.LoadAsync("SB000", "B1");
        var completed = 0;
        await AtOnce(20, async i =>
        {
            if (i % 4 != 0)
                return (object)await warehouse.LoadAsync($"SB{i:000}", "B1");
            try
            {
                var bill = await warehouse.CompleteAsync("B1");
                Interlocked.Increment(ref completed);
                return bill;
            }
            catch (ConflictException error)
            {
                Assert.Equal(ErrorCodes.BillCompleted, error.Code);
                return error;
            }
        });
        Assert.Equal(1, completed);
        Assert.All(
            await warehouse.System.Bags.OnBillsAsync([BillNumber.Parse("B1")]),
            list => Assert.All(list, parent => Assert.Equal(BagStatus.Dispatched, parent.Status)));
        await Consistency.AssertHoldsAsync(warehouse);
    }

    [Fact]
    public async Task One_number_asked_for_by_many_at_once_makes_one_bill()
    {
        var warehouse = await OpenAsync();
        var created = await AtOnce(10, i => warehouse.Port<IBillStore>()
            .CreateAsync(new(BillNumber.Parse("B1"), i + 1), "system", CancellationToken.None).AsTask());
        Assert.Equal(Assert.Single(created, bill => bill is not null), await warehouse.Port<IBillStore>().FindAsync(BillNumber.Parse("B1"), CancellationToken.None));
        Assert.Equal(1, (await warehouse.TotalsAsync()).Bills);
    }

    [Fact]
    public async Task A_claim_and_links_at_once_leave_a_parent_and_its_children_in_one_area()
    {
        var warehouse = await OpenAsync();
        await warehouse.ImportAsync([new("SB00001"), .. Enumerable.Range(0, 10).Select(i => new BagRow($"C{i:000}", "SB00001"))]);
        await AtOnce(12, i => (i % 4) switch
        {
            0 => warehouse.ObserveAsync("SB00001", warehouse.Dispatcher("NORTH")),
            1 => warehouse.ObserveAsync($"C{i % 10:000}", warehouse.Dispatcher("SOUTH")),
            2 => warehouse.LinkAsync($"X{i:000}", "SB00001"),
            _ => warehouse.UnlinkAsync($"C{i % 10:000}"),
        });
        Assert.NotNull((await warehouse.BagAsync("SB00001")).Area);
        await Consistency.AssertHoldsAsync(warehouse);
    }
}
