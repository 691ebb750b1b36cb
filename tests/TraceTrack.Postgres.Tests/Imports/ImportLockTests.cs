using Npgsql;
using TraceTrack.Imports;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Imports;

/// <summary>What an import waits for, and for how long: by commands whose time limit is shorter than that.</summary>
public sealed class ImportLockTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_import_into_an_empty_store_waits_for_the_first_and_is_staged()
    {
        await using var source = Impatient();
        await using var store = await PostgresStore.CreateAsync(server, source: source);
        var imports = store.TraceTrack.As(Actor.System).Imports;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Task.Run(async () => await imports.ImportAsync(Pausing(), new(), cancellationToken: Stop), Stop);
        await begun.Task.WaitAsync(Stop);
        BagRow[] more = [new("C02", "SB1"), new("C01")];
        var second = Task.Run(async () => await imports.ImportAsync(more.ToAsyncEnumerable(), new(), cancellationToken: Stop), Stop);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var third = Task.Run(async () => await imports.ImportAsync(more.ToAsyncEnumerable(), new(), cancellationToken: cancel.Token), Stop);

        // Longer than other work is waited for.
        await Task.Delay(TimeSpan.FromSeconds(6.5), Stop);
        Assert.False(second.IsCompleted || third.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        goOn.SetResult();
        Assert.StartsWith("direct", (await first).Path, StringComparison.Ordinal);
        var report = await second;
        Assert.StartsWith("staged, since the store holds bags", report.Path, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1), (report.Children, report.Linked, report.Kept));

        async IAsyncEnumerable<BagRow> Pausing()
        {
            yield return new("SB1");
            begun.SetResult();
            await goOn.Task;
            yield return new("C01", "SB1");
        }
    }

    [Theory]
    [InlineData(0, OnExisting.Keep, false)]
    [InlineData(1, OnExisting.Keep, false)]
    [InlineData(1, OnExisting.Update, false)]
    [InlineData(0, OnExisting.Keep, true)]
    public async Task A_table_that_others_keep_to_themselves_is_a_busy_store_after_seconds(int bags, OnExisting onExisting, bool dryRun)
    {
        await using var source = Impatient();
        await using var store = await PostgresStore.CreateAsync(server, source: source);
        var imports = store.TraceTrack.As(Actor.System).Imports;
        if (bags > 0)
            await imports.ImportAsync(new BagRow[] { new("C01") }.ToAsyncEnumerable(), new(), cancellationToken: Stop);
        await using var other = await server.Source.OpenConnectionAsync(Stop);
        await using var transaction = await other.BeginTransactionAsync(Stop);
        await using var command = new NpgsqlCommand($"LOCK TABLE {store.Schema}.bag IN ACCESS EXCLUSIVE MODE", other, transaction);
        await command.ExecuteNonQueryAsync(Stop);
        var error = await Assert.ThrowsAsync<ConflictException>(async () => await imports.ImportAsync(
            new BagRow[] { new("C02") }.ToAsyncEnumerable(), new() { OnExisting = onExisting, DryRun = dryRun }, cancellationToken: Stop));
        Assert.Equal(ErrorCodes.StoreBusy, error.Code);
    }

    private NpgsqlDataSource Impatient() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { CommandTimeout = 1, MaxAutoPrepare = 50 }.ConnectionString);
}
