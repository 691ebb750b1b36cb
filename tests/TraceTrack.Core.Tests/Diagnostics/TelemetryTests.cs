using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TraceTrack.Bags;
using TraceTrack.Bills;
using TraceTrack.Exports;
using TraceTrack.Imports;
using TraceTrack.Scans;
using TraceTrack.Testing;
using TraceTrack.Users;

namespace TraceTrack.Diagnostics;

public sealed class TelemetryTests : IDisposable
{
    private readonly Measurements _measured = new();
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider _services;
    private readonly Warehouse _warehouse;

    public TelemetryTests()
    {
        _services = new ServiceCollection()
            .AddSingleton<IMeterFactory>(_measured)
            .AddSingleton<TimeProvider>(_clock)
            .AddTraceTrack(o => o.ParentCapacity = 1).UseInMemory().Services.BuildServiceProvider();
        _warehouse = new(_services);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Scans_are_counted_by_action_and_outcome_and_rejections_by_reason()
    {
        var scan = RecordScan.Link(ScanId.New(), QrCode.Parse("C001"), QrCode.Parse("SB1"));
        await _warehouse.RecordAsync(scan);
        await _warehouse.RecordAsync(scan);
        await _warehouse.LinkAsync("C002", "SB1");
        await _warehouse.ObserveAsync("C003");
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["tracetrack.action=link tracetrack.outcome=recorded"] = 1,
                ["tracetrack.action=link tracetrack.outcome=replayed"] = 1,
                ["tracetrack.action=link tracetrack.outcome=rejected"] = 1,
                ["tracetrack.action=observe tracetrack.outcome=recorded"] = 1,
            },
            _measured.Sums(TraceTrackDiagnostics.Scans));
        Assert.Equal(
            new Dictionary<string, double> { ["tracetrack.action=link tracetrack.reason=parent_full"] = 1 },
            _measured.Sums(TraceTrackDiagnostics.ScanRejections));
        Assert.Equal(4, _measured.Values(TraceTrackDiagnostics.ScanDuration).Length);
    }

    [Fact]
    public async Task Changes_of_bills_are_counted_by_action_and_recalculations_by_what_they_found()
    {
        await _warehouse.CreateBillAsync("B1");
        await _warehouse.ResizeAsync("B1", 5);
        await _warehouse.RecalculateAsync("B1");
        await _warehouse.Port<IBillStore>().ChangeManyAsync(
            [BillNumber.Parse("B1")], states => [new(states[0].Bill with { ActualWeightKg = 3m, ChangedAt = states[0].Now }, null)], CancellationToken.None);
        await _warehouse.RecalculateAsync("B1");
        await _warehouse.DeleteBillAsync("B1");
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["tracetrack.action=create_bill"] = 1,
                ["tracetrack.action=resize_bill"] = 1,
                ["tracetrack.action=delete_bill"] = 1,
            },
            _measured.Sums(TraceTrackDiagnostics.BillChanges));
        Assert.Equal(
            new Dictionary<string, double> { ["tracetrack.outcome=exact"] = 1, ["tracetrack.outcome=mended"] = 1 },
            _measured.Sums(TraceTrackDiagnostics.BillRecalculations));
    }

    [Fact]
    public async Task A_batch_counts_each_scan_as_if_it_came_alone_and_is_timed_once()
    {
        await _warehouse.RecordManyAsync(
            null, [.. new[] { "C001", "C002", "C003" }.Select(qr => RecordScan.Link(ScanId.New(), QrCode.Parse(qr), QrCode.Parse("SB1")))]);
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["tracetrack.action=link tracetrack.outcome=recorded"] = 1,
                ["tracetrack.action=link tracetrack.outcome=rejected"] = 2,
            },
            _measured.Sums(TraceTrackDiagnostics.Scans));
        Assert.Equal(
            new Dictionary<string, double> { ["tracetrack.action=link tracetrack.reason=parent_full"] = 2 },
            _measured.Sums(TraceTrackDiagnostics.ScanRejections));
        Assert.Equal(["tracetrack.action=record_scans tracetrack.outcome=done"], _measured.Sums(TraceTrackDiagnostics.ScanDuration).Keys);
    }

    [Fact]
    public async Task Deleted_bags_and_changed_bills_are_counted_also_in_batches()
    {
        await _warehouse.LinkAsync("C001", "SB1");
        await _warehouse.ObserveAsync("C002");
        await _warehouse.DeleteManyAsync("C001", "C002", "C002", "SB1");
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["tracetrack.outcome=deleted"] = 1,
                ["tracetrack.outcome=refused tracetrack.reason=in_parent"] = 1,
                ["tracetrack.outcome=refused tracetrack.reason=unknown_bag"] = 1,
                ["tracetrack.outcome=refused tracetrack.reason=has_children"] = 1,
            },
            _measured.Sums(TraceTrackDiagnostics.BagDeletions));
        await _warehouse.CreateBillAsync("B1");
        await _warehouse.LoadAsync("SB1", "B1");
        await _warehouse.SetStatusAsync(Bills.BillStatus.Completed, ["B1", "B2", "B1"]);
        await _warehouse.SetStatusAsync(Bills.BillStatus.Processing, ["B1"]);
        await _warehouse.CompleteAsync("B1");
        await _warehouse.ReopenAsync("B1");
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["tracetrack.action=create_bill"] = 1,
                ["tracetrack.action=complete_bill"] = 2,
                ["tracetrack.action=reopen_bill"] = 2,
            },
            _measured.Sums(TraceTrackDiagnostics.BillChanges));
    }

    [Fact]
    public async Task Durations_are_seconds_of_the_applications_clock()
    {
        async IAsyncEnumerable<BagRow> Slow()
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1500));
            yield return new(QrCode.Parse("SB1").Value);
            await Task.Yield();
        }

        await _warehouse.System.Imports.ImportAsync(Slow(), new());
        Assert.Equal([1.5], _measured.Values(TraceTrackDiagnostics.ImportDuration));
    }

    [Fact]
    public async Task Bills_and_log_in_sessions_are_counted()
    {
        await _warehouse.CreateBillAsync("B1");
        await Assert.ThrowsAsync<ConflictException>(() => _warehouse.CompleteAsync("B1"));
        var user = await _warehouse.System.Users.CreateAsync(new("kim", UserRole.Biller, null, "hash"));
        var ticket = await _warehouse.System.Users.StartSessionAsync(user.Id);
        Assert.NotNull(await _warehouse.System.Users.FindSessionAsync(ticket.Token));
        Assert.Null(await _warehouse.System.Users.FindSessionAsync("nonsense"));
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Null(await _warehouse.System.Users.FindSessionAsync(ticket.Token));
        Assert.Equal(new Dictionary<string, double> { ["tracetrack.action=create_bill"] = 1 }, _measured.Sums(TraceTrackDiagnostics.BillChanges));
        Assert.Equal(
            new Dictionary<string, double> { ["tracetrack.outcome=started"] = 1, ["tracetrack.outcome=found"] = 1, ["tracetrack.outcome=refused"] = 2 },
            _measured.Sums(TraceTrackDiagnostics.LoginSessions));
    }

    [Fact]
    public async Task Rows_of_an_import_are_counted_once_taken_or_refused_by_reason()
    {
        var options = new ImportOptions();
        BagRow[] rows = [new("SB1"), new("C001", "SB1"), new("C002", "SB1"), new("?")];
        for (var i = 0; i < 2; i++)
            await _warehouse.System.Imports.ImportAsync(rows.ToAsyncEnumerable(), options);
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["tracetrack.action=import_bags tracetrack.outcome=taken"] = 2,
                ["tracetrack.action=import_bags tracetrack.outcome=refused tracetrack.reason=parent_full"] = 1,
                ["tracetrack.action=import_bags tracetrack.outcome=refused tracetrack.reason=invalid_qr_code"] = 1,
            },
            _measured.Sums(TraceTrackDiagnostics.ImportRows));
        Assert.Equal(
            ["tracetrack.action=import_bags tracetrack.outcome=done", "tracetrack.action=import_bags tracetrack.outcome=replayed"],
            _measured.Sums(TraceTrackDiagnostics.ImportDuration).Keys);
    }

    [Fact]
    public async Task Bags_of_an_export_are_counted_when_it_is_whole()
    {
        using var traces = new Traces(TraceTrackDiagnostics.ActivitySourceName);
        await _warehouse.System.Imports.ImportAsync(new BagRow[] { new("SB1", Area: "NORTH"), new("C001", "SB1"), new("C002") }.ToAsyncEnumerable(), new());
        await _warehouse.System.Exports.ExportAsync(BagFilter.All, ExportFormat.Csv, Stream.Null);
        await _warehouse.Dispatcher("NORTH").Exports.ExportAsync(BagFilter.All, ExportFormat.NdJson, Stream.Null);
        await _warehouse.Dispatcher(null).Exports.ExportAsync(BagFilter.All, ExportFormat.NdJson, Stream.Null);
        Assert.Equal(new Dictionary<string, double> { ["tracetrack.action=export_bags"] = 5 }, _measured.Sums(TraceTrackDiagnostics.ExportRows));
        Assert.Equal(["tracetrack.action=export_bags tracetrack.outcome=done"], _measured.Sums(TraceTrackDiagnostics.ExportDuration).Keys);
        Assert.Equal(
            ["tracetrack.export_bags tracetrack.count=3 tracetrack.outcome=done", "tracetrack.export_bags tracetrack.count=2 tracetrack.outcome=done", "tracetrack.export_bags tracetrack.count=0 tracetrack.outcome=done"],
            traces.All.Skip(1));
    }

    [Fact]
    public async Task Each_operation_at_the_door_is_an_activity_with_its_outcome()
    {
        using var traces = new Traces(TraceTrackDiagnostics.ActivitySourceName);
        await _warehouse.LinkAsync("C001", "SB1");
        await _warehouse.LinkAsync("C002", "SB1");
        await _warehouse.CreateBillAsync("B1");
        await Assert.ThrowsAsync<ConflictException>(() => _warehouse.CompleteAsync("B1"));
        await _warehouse.SearchAsync("C0");
        await _warehouse.RecordManyAsync(null, RecordScan.Observe(ScanId.New(), QrCode.Parse("C009")), RecordScan.Load(ScanId.New(), QrCode.Parse("SB1"), Bills.BillNumber.Parse("B1")));
        await _warehouse.SetStatusAsync(Bills.BillStatus.Completed, ["B1", "B2"]);
        await _warehouse.DeleteManyAsync("C009");
        await Assert.ThrowsAsync<NotAllowedException>(() => _warehouse.CreateBillAsync("B2", by: _warehouse.Dispatcher("A")));
        Assert.Equal(
            [
                "tracetrack.link tracetrack.count=1 tracetrack.outcome=recorded",
                "tracetrack.link tracetrack.count=1 tracetrack.outcome=rejected tracetrack.reason=parent_full",
                "tracetrack.create_bill tracetrack.count=0 tracetrack.outcome=done",
                "tracetrack.complete_bill error.type=BILL_EMPTY Error",
                "tracetrack.search_bags tracetrack.count=1 tracetrack.outcome=done",
                "tracetrack.record_scans tracetrack.count=2 tracetrack.outcome=done",
                "tracetrack.complete_bills tracetrack.count=2 tracetrack.outcome=done",
                "tracetrack.delete_bags tracetrack.count=1 tracetrack.outcome=done",
                "tracetrack.create_bill error.type=NOT_ALLOWED Error",
            ],
            traces.All);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_no_error()
    {
        using var traces = new Traces(TraceTrackDiagnostics.ActivitySourceName);
        using var given = new CancellationTokenSource();

        async IAsyncEnumerable<BagRow> Rows()
        {
            yield return new("SB1");
            await given.CancelAsync();
            yield return new("SB2");
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _warehouse.System.Imports.ImportAsync(Rows(), new(), null, given.Token));
        Assert.Equal(["tracetrack.import_bags tracetrack.outcome=cancelled"], traces.All);
    }

    [Fact]
    public async Task Without_a_listener_an_operation_costs_no_allocation()
    {
        // Nothing else in this assembly listens: tests of one class do not run at the same time.
        using var meter = new TraceTrackMeter(null);
        var telemetry = new Telemetry(meter, TimeProvider.System);
        var self = new object();
        IReadOnlyList<Bag> nothing = [];
        var before = 0L;
        for (var i = 0; i < 1_001; i++)
        {
            Assert.Same(nothing, await telemetry.Search.RunAsync(
                SearchOperation.Bags, (self, nothing), static (state, _) => ValueTask.FromResult(state.nothing), CancellationToken.None));
            telemetry.Sessions.Answered(found: true);
            if (i == 0)
                before = GC.GetAllocatedBytesForCurrentThread();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_bare_container_has_a_meter_of_its_own_that_ends_with_it()
    {
        var ended = new List<string>();
        using var listener = new MeterListener();
        Meter? meter = null;
        using (var services = new ServiceCollection().AddTraceTrack().UseInMemory().Services.BuildServiceProvider())
        {
            services.GetRequiredService<ITraceTrack>();
            meter = services.GetRequiredService<TraceTrackMeter>().Meter;
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter, meter))
                    self.EnableMeasurementEvents(instrument);
            };
            listener.MeasurementsCompleted = (instrument, _) => ended.Add(instrument.Name);
            listener.Start();
        }

        Assert.Equal((TraceTrackDiagnostics.MeterName, null), (meter.Name, meter.Scope));
        Assert.Contains(TraceTrackDiagnostics.Scans, ended);
    }

    [Fact]
    public void Tag_values_are_in_lower_case_with_underscores()
    {
        Assert.Equal("scan_id_reused", TagValue.Of(ScanRejection.ScanIdReused));
        Assert.Equal("other", TagValue.Of((ScanRejection)999));
    }
}
