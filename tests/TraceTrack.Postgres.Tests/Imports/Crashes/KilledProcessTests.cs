using TraceTrack.Imports;

namespace TraceTrack.Postgres.Tests.Imports.Crashes;

/// <summary>The importing process is killed in the middle of each phase: the server goes on, and has all of the import or nothing of it.</summary>
public sealed class KilledProcessTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0, ImportPhase.Reading)]
    [InlineData(1, 0, ImportPhase.Checking)]
    [InlineData(1, 0, ImportPhase.Indexing)]
    [InlineData(1, 2, ImportPhase.Reading)]
    [InlineData(1, 2, ImportPhase.Checking)]
    [InlineData(1, 2, ImportPhase.Indexing)]
    [InlineData(3, 2, ImportPhase.Reading)]
    [InlineData(3, 2, ImportPhase.Checking)]
    [InlineData(3, 2, ImportPhase.Indexing)]
    [InlineData(1, 2, ImportPhase.Reading, true)]
    [InlineData(1, 2, ImportPhase.Checking, true)]
    public async Task A_killed_process_leaves_all_or_nothing(int connections, long bags, ImportPhase phase, bool dryRun = false)
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await using var scene = new CrashScene(server.ConnectionString, store.Schema);
        var shape = await scene.ShapeAsync();
        if (bags > 0)
            await scene.Imports.ImportAsync(new BagRow[] { new("SB1"), new("C0A", "SB1") }.ToAsyncEnumerable(), new(), cancellationToken: Stop);
        var options = new ImportOptions { Connections = connections, DryRun = dryRun };
        await ImportProcess.KillInAsync(phase, server.ConnectionString, store.Schema, options);
        await WaitForServerAsync(store.Schema);
        if ((connections > 1 || dryRun) && phase == ImportPhase.Reading)
            Assert.Equal(1, await LeftTablesAsync(store));
        await scene.StartAsync();
        await scene.AssertAllOrNothingAsync(options, bags, shape);
        var report = await scene.Imports.ImportAsync(CrashScene.RowsAsync(), options, cancellationToken: Stop);
        Assert.Equal(CrashScene.Rows, report.RowsRead);
    }

    [Fact]
    public async Task The_next_staged_import_clears_away_what_a_killed_one_left()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await using var scene = new CrashScene(server.ConnectionString, store.Schema);
        await scene.Imports.ImportAsync(new BagRow[] { new("C0A") }.ToAsyncEnumerable(), new(), cancellationToken: Stop);
        await ImportProcess.KillInAsync(ImportPhase.Reading, server.ConnectionString, store.Schema, new() { Connections = 2 });
        await WaitForServerAsync(store.Schema);
        Assert.Equal(1, await LeftTablesAsync(store));
        await scene.Imports.ImportAsync(new BagRow[] { new("C0B") }.ToAsyncEnumerable(), new() { Connections = 2 }, cancellationToken: Stop);
        Assert.Equal(0, await LeftTablesAsync(store));
    }

    [Fact]
    public async Task A_start_leaves_the_table_of_a_living_import_alone()
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await using var scene = new CrashScene(server.ConnectionString, store.Schema);
        await scene.Imports.ImportAsync(new BagRow[] { new("C0A") }.ToAsyncEnumerable(), new(), cancellationToken: Stop);
        var report = await scene.Imports.ImportAsync(CrashScene.RowsAsync(StartAnotherAsync), new() { Connections = 2 }, cancellationToken: Stop);
        Assert.Equal(CrashScene.Rows, report.RowsRead);
        Assert.Equal(0, await LeftTablesAsync(store));

        async Task StartAnotherAsync()
        {
            await using var another = new CrashScene(server.ConnectionString, store.Schema);
            await another.StartAsync();
            Assert.Equal(1, await LeftTablesAsync(store));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_that_throw_leave_no_table(bool dryRun)
    {
        await using var store = await PostgresStore.CreateAsync(server);
        await using var scene = new CrashScene(server.ConnectionString, store.Schema);
        await Assert.ThrowsAsync<FormatException>(async () => await scene.Imports.ImportAsync(
            CrashScene.RowsAsync(() => throw new FormatException("line 20,000")), new() { DryRun = dryRun, Connections = 3 }, cancellationToken: Stop));
        Assert.Equal(0, await LeftTablesAsync(store));
    }

    private static Task<long> LeftTablesAsync(PostgresStore store) => store.ScalarAsync<long>(
        $"SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '{store.Schema}' AND relname LIKE 'import\\_stage%'");

    /// <summary>A backend whose client is gone ends when it next listens; until then it holds its locks.</summary>
    private async Task WaitForServerAsync(string schema)
    {
        while (await server.ScalarAsync<long>(
            $"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'killed {schema}'") > 0)
        {
            await Task.Delay(20, Stop);
        }
    }
}
