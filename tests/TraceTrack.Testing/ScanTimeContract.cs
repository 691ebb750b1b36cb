using TraceTrack.Bags;
using TraceTrack.Paging;
using TraceTrack.Scans;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>Scans of devices that were offline, or whose clocks are wrong: the server's order counts, the device's time is kept and shown.</summary>
public abstract class ScanTimeContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    private static readonly QrCode Child = QrCode.Parse("C0001");
    private static readonly QrCode Parent = QrCode.Parse("SB00001");
    private static readonly QrCode Other = QrCode.Parse("SB00002");

    [Fact]
    public async Task A_queue_is_recorded_in_its_own_order_whatever_its_times_say()
    {
        var warehouse = await OpenAsync();
        var now = Now();
        RecordScan[] queue =
        [
            RecordScan.Link(ScanId.New(), Child, Parent, now.AddHours(-2)),
            RecordScan.Unlink(ScanId.New(), Child, Parent, now.AddHours(-5)),
            RecordScan.Link(ScanId.New(), Child, Other, now.AddDays(-3)),
            RecordScan.Relink(ScanId.New(), Child, Parent, now.AddHours(-1)),
        ];
        var rows = new List<Scan>();
        foreach (var scan in queue)
            rows.Add(Recorded(await warehouse.RecordAsync(scan)).Scan);
        Assert.Equal(queue.Select(scan => scan.ScannedAt), rows.Select(row => (DateTimeOffset?)row.ScannedAt));
        for (var i = 1; i < rows.Count; i++)
            Assert.True(rows[i].RecordedAt > rows[i - 1].RecordedAt);
        var page = await warehouse.System.Scans.ListAsync(new() { Qr = Child }, PageRequest.First(10));
        Assert.Equal(Enumerable.Reverse(rows), page.Items);
        Assert.Equal(Parent, (await warehouse.BagAsync("C0001")).ParentQr);
    }

    [Fact]
    public async Task A_queue_that_broke_off_and_is_sent_again_is_replayed_and_then_goes_on()
    {
        var warehouse = await OpenAsync();
        var at = Now().AddHours(-1);
        RecordScan[] queue =
        [
            RecordScan.Link(ScanId.New(), Child, Parent, at), RecordScan.Link(ScanId.New(), Child, Other, at.AddSeconds(5)),
            RecordScan.Undo(ScanId.New(), at.AddSeconds(9)), RecordScan.Link(ScanId.New(), Child, Other, at.AddSeconds(12)),
        ];
        ScanOutcome[] first = [(await warehouse.RecordAsync(queue[0])).Outcome, (await warehouse.RecordAsync(queue[1])).Outcome, (await warehouse.RecordAsync(queue[2])).Outcome];
        var again = new List<(ScanOutcome, bool)>();
        foreach (var scan in queue)
        {
            var result = await warehouse.RecordAsync(scan);
            again.Add((result.Outcome, result.IsReplay));
        }

        Assert.Equal([ScanOutcome.Recorded, ScanOutcome.Rejected, ScanOutcome.Recorded], first);
        Assert.Equal(
            [(ScanOutcome.Replayed, true), (ScanOutcome.Rejected, true), (ScanOutcome.Replayed, true), (ScanOutcome.Recorded, false)], again);
        Assert.Equal((Other, 4L), ((await warehouse.BagAsync("C0001")).ParentQr, (await warehouse.TotalsAsync()).Scans));
    }

    [Fact]
    public async Task What_was_recorded_meanwhile_stands_though_the_late_scan_was_made_before_it()
    {
        var warehouse = await OpenAsync();
        await warehouse.RecordAsync(RecordScan.Link(ScanId.New(), Child, Parent, Now().AddMinutes(-1)));
        var late = await warehouse.RecordAsync(RecordScan.Link(ScanId.New(), Child, Other, Now().AddHours(-3)), warehouse.Biller);
        Rejected(ScanRejection.LinkedElsewhere, "SB00001", late);
    }

    [Fact]
    public async Task A_late_scan_can_be_undone_for_the_window_begins_when_it_is_recorded()
    {
        var warehouse = await OpenAsync();
        await warehouse.RecordAsync(RecordScan.Link(ScanId.New(), Child, Parent, Now().AddHours(-7)));
        Recorded(await warehouse.RecordAsync(RecordScan.Undo(ScanId.New(), Now().AddHours(-7))));
    }

    [Fact]
    public async Task A_time_far_ahead_is_an_error_that_leaves_no_trace_and_a_little_ahead_is_kept()
    {
        var warehouse = await OpenAsync();
        var ahead = RecordScan.Observe(ScanId.New(), Child, Now().AddMinutes(6));
        await FailsAsync<InvalidInputException>(ErrorCodes.InvalidScan, () => warehouse.RecordAsync(ahead));
        await FailsAsync<InvalidInputException>(
            ErrorCodes.InvalidScan, () => warehouse.RecordAsync(RecordScan.Observe(ScanId.New(), Child, DateTimeOffset.MaxValue)));
        Assert.Equal(default, await warehouse.TotalsAsync());
        var at = Now().AddMinutes(4);
        var result = Recorded(await warehouse.RecordAsync(RecordScan.Observe(ahead.Id, Child, at)));
        Assert.Equal((at, true), (result.Scan.ScannedAt, result.Scan.RecordedAt < at));
    }

    [Fact]
    public async Task A_batch_with_a_time_far_ahead_or_without_a_scan_is_an_error_that_names_the_position_and_records_nothing()
    {
        var warehouse = await OpenAsync();
        var good = RecordScan.Observe(ScanId.New(), Parent);
        foreach (var bad in new[] { RecordScan.Observe(ScanId.New(), Child, Now().AddMinutes(6)), null! })
        {
            var error = await FailsAsync<InvalidInputException>(
                ErrorCodes.InvalidScan, () => warehouse.RecordManyAsync(warehouse.System, good, bad));
            Assert.Contains("position 1", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(default, await warehouse.TotalsAsync());
        Recorded((await warehouse.RecordManyAsync(warehouse.System, good))[0]);
    }

    [Fact]
    public async Task A_clock_that_was_never_set_is_too_old_and_stands_in_the_log_as_it_was_told()
    {
        var warehouse = await OpenAsync();
        var result = Rejected(ScanRejection.ReplayExpired, null, await warehouse.RecordAsync(RecordScan.Observe(ScanId.New(), Child, DateTimeOffset.UnixEpoch)));
        Rejected(ScanRejection.ReplayExpired, null, await warehouse.RecordAsync(RecordScan.Observe(ScanId.New(), Child, DateTimeOffset.MinValue)));
        var page = await warehouse.System.Scans.ListAsync(ScanFilter.All, PageRequest.First(2));
        Assert.Equal([DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch], page.Items.Select(scan => scan.ScannedAt));
        Assert.Equal(result.Scan, page.Items[1]);
    }

    private static DateTimeOffset Now() => new(TimeProvider.System.GetUtcNow().Ticks / 10 * 10, TimeSpan.Zero);
}
