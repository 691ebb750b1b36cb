using Npgsql;
using TraceTrack.Imports;
using TraceTrack.Users;

namespace TraceTrack.Postgres.Tests.Imports;

/// <summary>Whatever ends an import leaves the store as it was: no row, every index, and free for the next.</summary>
public sealed class InterruptionTests(PostgresServer server)
{
    /// <summary>Enough to have been sent to the server in part.</summary>
    private const int Many = 30_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelled_half_way_nothing_changed()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var before = await ShapeAsync(store);
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImportAsync(store, Rows(_ => source.CancelAsync()), source.Token));
        await AssertUntouchedAsync(store, before);
    }

    [Fact]
    public async Task Rows_that_throw_half_way_change_nothing()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var before = await ShapeAsync(store);
        var error = await Assert.ThrowsAsync<FormatException>(() => ImportAsync(store, Rows(_ => throw new FormatException("line 15,000"))));
        Assert.Equal("line 15,000", error.Message);
        await AssertUntouchedAsync(store, before);
    }

    [Theory]
    [InlineData("COPY tracetrack.bag%")]
    [InlineData("CREATE INDEX bag_kind_child_idx%")]
    [InlineData("ANALYZE tracetrack.bag%")]
    public async Task A_connection_the_server_ends_changes_nothing(string at)
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var before = await ShapeAsync(store);
        using var done = new CancellationTokenSource();
        var killer = KillAsync(at.Replace("tracetrack.", store.Schema + ".", StringComparison.Ordinal), store.Schema, done.Token);
        // The phases after the COPY go by quickly, so it is tried until the moment is met.
        for (var attempt = 0; !killer.IsCompleted && attempt < 20; attempt++)
        {
            try
            {
                await ImportAsync(store, Rows(async i => await Task.Delay(at.StartsWith("COPY", StringComparison.Ordinal) ? 200 : 0, Stop), 100_000));
                await store.ExecuteAsync("TRUNCATE tracetrack.bag; UPDATE tracetrack.totals SET bags = 0, parents = 0, children = 0; TRUNCATE tracetrack.import");
            }
            catch (Exception error) when (error is NpgsqlException or IOException)
            {
                break;
            }
        }

        await done.CancelAsync();
        Assert.True(await killer, "The moment was not met.");
        await AssertUntouchedAsync(store, before);
    }

    [Fact]
    public async Task A_store_that_others_use_is_not_waited_for_longer_than_seconds()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await using var connection = await server.Source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {store.Schema}.bag", connection);
        await command.ExecuteScalarAsync(Stop);
        var error = await Assert.ThrowsAsync<ConflictException>(() => ImportAsync(store, Rows(_ => Task.CompletedTask)));
        Assert.Equal(ErrorCodes.StoreBusy, error.Code);
    }

    [Fact]
    public async Task An_import_id_serves_one_kind_of_import_only()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        var id = Guid.NewGuid();
        var imports = store.TraceTrack.As(Actor.System).Imports;
        await imports.ImportAsync(AsyncEnumerable.Empty<BagRow>(), new() { ImportId = id }, cancellationToken: Stop);
        var error = await Assert.ThrowsAsync<InvalidInputException>(
            async () => await imports.ImportScansAsync(AsyncEnumerable.Empty<TraceTrack.Scans.Scan>(), new() { ImportId = id }, cancellationToken: Stop));
        Assert.Equal(ErrorCodes.InvalidImport, error.Code);
    }

    private static async IAsyncEnumerable<BagRow> Rows(Func<int, Task> halfWay, int count = Many)
    {
        for (var i = 0; i < count; i++)
        {
            if (i == count / 2)
                await halfWay(i);
            yield return i % 31 == 0 ? new($"SB{i}") : new($"C{i:000000}", $"SB{i / 31 * 31}");
        }
    }

    private static async Task<ImportReport> ImportAsync(PostgresStore store, IAsyncEnumerable<BagRow> rows, CancellationToken? cancellationToken = null) =>
        await store.TraceTrack.As(Actor.System).Imports.ImportAsync(rows, new(), cancellationToken: cancellationToken ?? Stop);

    private static Task<string?> ShapeAsync(PostgresStore store) => store.ScalarAsync<string>(
        "SELECT string_agg(pg_get_indexdef(indexrelid) || indisvalid, E'\n' ORDER BY indexrelid::regclass::text) FROM pg_index WHERE indrelid = 'tracetrack.bag'::regclass");

    private static async Task AssertUntouchedAsync(PostgresStore store, string? shape)
    {
        Assert.Equal(shape, await ShapeAsync(store));
        foreach (var table in new[] { "bag", "import", "import_result" })
            Assert.Equal(0, await store.ScalarAsync<long>($"SELECT count(*) FROM tracetrack.{table}"));
        Assert.Equal(0, await store.ScalarAsync<long>("SELECT sum(bags)::bigint FROM tracetrack.totals"));
        Assert.Equal(1, (await ImportAsync(store, new[] { new BagRow("C01") }.ToAsyncEnumerable())).Children);
    }

    /// <returns>Whether a statement of this form was met and its connection ended.</returns>
    private async Task<bool> KillAsync(string statement, string schema, CancellationToken cancellationToken)
    {
        await using var command = server.Source.CreateCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND query LIKE $2 AND pid <> pg_backend_pid()");
        command.Parameters.Add(new() { Value = statement });
        command.Parameters.Add(new() { Value = $"%{schema}%" });
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await command.ExecuteScalarAsync(CancellationToken.None) is > 0L)
                return true;
            await Task.Delay(1, CancellationToken.None);
        }

        return false;
    }
}
