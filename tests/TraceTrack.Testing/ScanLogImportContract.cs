using TraceTrack.Bags;
using TraceTrack.Scans;
using TraceTrack.Totals;
using static TraceTrack.Testing.BrokenRows;
using static TraceTrack.Testing.Warehouse;

namespace TraceTrack.Testing;

/// <summary>The log of an earlier system.</summary>
public abstract class ScanLogImportContract(ITrackerFixture fixture) : TrackerContract(fixture)
{
    [Fact]
    public async Task A_scan_log_is_appended_counted_and_changes_no_bag()
    {
        var warehouse = await OpenAsync();
        var bag = (await warehouse.ObserveAsync("C0001")).Bag;
        var importId = Guid.NewGuid();
        Scan[] log = [History("C0001"), History("C0002"), History("C0003") with { Outcome = ScanOutcome.Rejected, Rejection = ScanRejection.ParentFull, Fact = "30/30" }];
        var report = await warehouse.System.Imports.ImportScansAsync(log.ToAsyncEnumerable(), new() { ImportId = importId });
        Assert.Equal((3, 3, 0, 0, 0), (report.Scans, report.RowsRead, report.Parents, report.Children, report.RejectedRows));
        Assert.Equal(new TraceTrackTotals(1, 0, 1, 0, 4, 0), await warehouse.TotalsAsync());
        Assert.Equal(bag, await warehouse.BagAsync("C0001"));
        var again = await warehouse.System.Imports.ImportScansAsync(Throwing<Scan>(0, _ => log[0]), new() { ImportId = importId });
        Assert.Equal((true, 3, report.Key), (again.IsReplay, again.Scans, again.Key));
        Assert.True((await warehouse.System.Totals.ReconcileAsync()).IsExact);
    }

    [Fact]
    public async Task A_scan_log_keeps_no_receipts()
    {
        var warehouse = await OpenAsync();
        var scan = History("C0001");
        await warehouse.System.Imports.ImportScansAsync(new[] { scan, scan }.ToAsyncEnumerable(), new());
        Assert.False(Recorded(await warehouse.RecordAsync(RecordScan.Observe(scan.ScanId, scan.Qr!.Value))).IsReplay);
        Assert.Equal(3, (await warehouse.TotalsAsync()).Scans);
    }

    [Fact]
    public async Task A_scan_log_with_a_row_that_is_no_log_row_is_refused_as_a_whole()
    {
        var warehouse = await OpenAsync();
        Scan[] bad =
        [
            History("C0002") with { Outcome = ScanOutcome.Replayed }, History("C0002") with { Outcome = ScanOutcome.Rejected },
            History("C0002") with { Rejection = ScanRejection.NotLinked }, History("C0002") with { ScanId = default },
            History("C0002") with { Qr = default }, History("C0002") with { Action = (ScanAction)99 }, History("C0002") with { ActorId = "a\0b" },
            History("C0002") with { Fact = "a\0b" }, History("C0002") with { Area = "a\0b" },
        ];
        foreach (var scan in bad)
        {
            await FailsAsync<InvalidInputException>(ErrorCodes.InvalidImport, () => warehouse.System.Imports.ImportScansAsync(
                new[] { History("C0001"), scan }.ToAsyncEnumerable(), new()).AsTask());
        }

        Assert.Equal(0, (await warehouse.TotalsAsync()).Scans);
    }

    private static Scan History(string qr) => new()
    {
        ScanId = ScanId.New(),
        Action = ScanAction.Observe,
        Qr = QrCode.Parse(qr),
        Outcome = ScanOutcome.Recorded,
        ActorId = "long ago",
        ScannedAt = new(2023, 5, 1, 8, 0, 0, TimeSpan.FromHours(5.5)),
        RecordedAt = new(2023, 5, 1, 2, 30, 1, TimeSpan.Zero),
    };
}
