using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Postgres.Tests.Support;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Scans;

/// <summary>The connection breaks between the commit and its answer: the scan is in, and nobody was told.</summary>
public sealed class LostAnswerTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly QrCode Child = QrCode.Parse("C0001");
    private static readonly QrCode Parent = QrCode.Parse("SB00001");
    private CutAfterCommit _cut = null!;
    private NpgsqlDataSource _source = null!;

    public ValueTask InitializeAsync()
    {
        _cut = new(server.ConnectionString);
        _source = NpgsqlDataSource.Create(_cut.ConnectionString);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_store_asks_again_and_is_told_what_was_recorded()
    {
        await using var store = await PostgresStore.CreateAsync(server, source: _source);
        var scans = store.TraceTrack.As(Actor.System).Scans;
        _cut.Arm();
        var result = await scans.RecordAsync(RecordScan.Link(ScanId.New(), Child, Parent), TestContext.Current.CancellationToken);
        Assert.Equal((ScanOutcome.Replayed, true, Parent), (result.Outcome, result.IsReplay, result.Bag!.ParentQr));
        Assert.Equal((1, 1L), (_cut.Cuts, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan")));
    }

    [Fact]
    public async Task A_device_that_got_an_error_sends_the_scan_again_and_nothing_is_done_twice()
    {
        await using var store = await PostgresStore.CreateAsync(server, source: _source, postgres: postgres => postgres.MaxRetries = 0);
        var scans = store.TraceTrack.As(Actor.System).Scans;
        var link = RecordScan.Link(ScanId.New(), Child, Parent);
        await LosesItsAnswerAsync(link);
        Assert.Equal(ScanOutcome.Replayed, (await scans.RecordAsync(link, TestContext.Current.CancellationToken)).Outcome);

        var refused = RecordScan.Link(ScanId.New(), Child, QrCode.Parse("SB00002"));
        await LosesItsAnswerAsync(refused);
        var again = await scans.RecordAsync(refused, TestContext.Current.CancellationToken);
        Assert.Equal((ScanOutcome.Rejected, ScanRejection.LinkedElsewhere, "SB00001", true), (again.Outcome, again.Rejection, again.Fact, again.IsReplay));

        var undo = RecordScan.Undo(ScanId.New());
        await scans.RecordAsync(RecordScan.Observe(ScanId.New(), Parent), TestContext.Current.CancellationToken);
        await LosesItsAnswerAsync(undo);
        var undone = await scans.RecordAsync(undo, TestContext.Current.CancellationToken);
        Assert.Equal((ScanOutcome.Replayed, Parent), (undone.Outcome, undone.Bag!.Qr));
        Assert.Equal(Parent, (await store.TraceTrack.As(Actor.System).Bags.FindAsync(Child, TestContext.Current.CancellationToken))!.ParentQr);
        Assert.Equal((3, 4L), (_cut.Cuts, await store.ScalarAsync<long>("SELECT count(*) FROM tracetrack.scan")));

        async Task LosesItsAnswerAsync(RecordScan scan)
        {
            _cut.Arm();
            await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await scans.RecordAsync(scan, TestContext.Current.CancellationToken));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _cut.DisposeAsync();
    }
}
