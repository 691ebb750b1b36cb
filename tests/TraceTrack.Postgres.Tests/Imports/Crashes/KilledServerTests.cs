using System.Globalization;
using Npgsql;
using TraceTrack.Imports;

namespace TraceTrack.Postgres.Tests.Imports.Crashes;

/// <summary>The server is killed in the middle of each phase of each path. When it is back, all of the import is there or nothing of it.</summary>
public sealed class KilledServerTests
{
    [Fact]
    public async Task A_server_killed_in_any_phase_of_any_path_has_all_or_nothing()
    {
        await using var server = new CrashServer();
        await server.StartAsync();
        foreach (var (connections, bags) in new[] { (1, 0L), (1, 2L), (3, 2L) })
        {
            foreach (var phase in new[] { ImportPhase.Reading, ImportPhase.Checking, ImportPhase.Indexing })
                await CrashAsync(server, phase, bags, new() { Connections = connections });
        }

        foreach (var phase in new[] { ImportPhase.Reading, ImportPhase.Checking })
            await CrashAsync(server, phase, bags: 2, new() { DryRun = true });
    }

    private static async Task CrashAsync(CrashServer server, ImportPhase phase, long bags, ImportOptions options)
    {
        var schema = string.Create(
            CultureInfo.InvariantCulture, $"crash_{(options.DryRun ? "dry_" : "")}{options.Connections}_{bags}_{phase}").ToLowerInvariant();
        string? shape;
        await using (var scene = new CrashScene(server.ConnectionString, schema))
        {
            await scene.StartAsync();
            shape = await scene.ShapeAsync();
            if (bags > 0)
                await scene.Imports.ImportAsync(new BagRow[] { new("SB1"), new("C0A", "SB1") }.ToAsyncEnumerable(), new());
            var killer = new Killer(server, phase);
            try
            {
                await scene.Imports.ImportAsync(
                    CrashScene.RowsAsync(phase == ImportPhase.Reading ? killer.KillAsync : null), options, killer, TestContext.Current.CancellationToken);
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TraceTrackException or ObjectDisposedException)
            {
                // Whichever the connection was doing.
            }

            await killer.Done;
        }

        await server.StartAsync();
        await using var after = new CrashScene(server.ConnectionString, schema);
        await after.StartAsync();
        await after.AssertAllOrNothingAsync(options, bags, shape);
        // And it can be sent again, whatever became of it.
        var report = await after.Imports.ImportAsync(CrashScene.RowsAsync(), options, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((CrashScene.Rows, CrashScene.Rows / 100), (report.RowsRead, report.Rejected[RowReason.InvalidQrCode]));
    }

    /// <summary>Strikes a moment after the phase began, while the server is at it.</summary>
    private sealed class Killer(CrashServer server, ImportPhase phase) : IProgress<ImportProgress>
    {
        private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(40);

        private readonly Lock _gate = new();
        private Task? _done;

        public Task Done => KillAsync();

        public void Report(ImportProgress value)
        {
            if (value.Phase == phase && phase != ImportPhase.Reading)
                _ = KillAsync();
        }

        public Task KillAsync()
        {
            lock (_gate)
                return _done ??= Task.Run(async () => { await Task.Delay(Moment); server.Kill(); });
        }
    }
}
