using Npgsql;
using TraceTrack.Bags;
using TraceTrack.Scans;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Totals;

public sealed class ReconcileTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recount_that_a_long_write_holds_off_gives_up_and_scanning_goes_on()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var tracker = store.TraceTrack.As(Actor.System);
        await using var connection = await server.Source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var command = new NpgsqlCommand($"LOCK TABLE {store.Schema}.totals IN ROW EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync(Stop);
        var error = await Assert.ThrowsAsync<ConflictException>(async () => await tracker.Totals.ReconcileAsync(Stop));
        Assert.Equal(ErrorCodes.StoreBusy, error.Code);
        Assert.Equal(ScanOutcome.Recorded, (await tracker.Scans.RecordAsync(RecordScan.Observe(ScanId.New(), QrCode.Parse("C001")), Stop)).Outcome);
        await transaction.RollbackAsync(Stop);
        Assert.True((await tracker.Totals.ReconcileAsync(Stop)).IsExact);
    }
}
