using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace TraceTrack.LocalServices.Tests;

public sealed class HealingTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_server_left_by_a_killed_process_is_taken_over_and_stopped()
    {
        var killed = await _workplace.PostgresAsync();
        await killed.RememberAsync();
        killed.Abandon();

        var next = await _workplace.PostgresAsync();

        Assert.True(next.Owned);
        Assert.Equal(killed.ConnectionString, next.ConnectionString);
        Assert.Equal(42, await next.RecallAsync());
        await next.DisposeAsync();
        Assert.False(await next.AnswersAsync());
    }

    [Fact]
    public async Task A_killed_server_recovers_what_was_committed()
    {
        var killed = await _workplace.PostgresAsync();
        await killed.RememberAsync();
        KillServer();
        killed.Abandon();

        await using var next = await _workplace.PostgresAsync();

        Assert.Equal(42, await next.RecallAsync());
    }

    [Fact]
    public async Task A_killed_server_is_no_trouble_for_dispose()
    {
        var postgres = await _workplace.PostgresAsync();
        KillServer();

        await postgres.DisposeAsync();

        await using var next = await _workplace.PostgresAsync();
        Assert.True(await next.AnswersAsync());
    }

    [Fact]
    public async Task A_process_number_that_now_belongs_to_another_program_is_not_taken_for_the_server()
    {
        var killed = await _workplace.PostgresAsync();
        var file = PostmasterFile.PathIn(_workplace.PostgresData);
        KillServer();
        killed.Abandon();
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        lines[0] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);

        await using var next = await _workplace.PostgresAsync();

        Assert.True(await next.AnswersAsync());
    }

    [Fact]
    public async Task An_interrupted_initdb_is_done_again()
    {
        await (await _workplace.PostgresAsync()).DisposeAsync();

        // What is there when initdb is killed half way: some files, under the unfinished name.
        var unfinished = _workplace.PostgresData + ".new-1";
        Directory.Move(_workplace.PostgresData, unfinished);
        File.Delete(Path.Combine(unfinished, "global", "pg_control"));

        await using var next = await _workplace.PostgresAsync();

        Assert.True(await next.AnswersAsync());
        Assert.False(Directory.Exists(unfinished));
    }

    [Fact]
    public async Task A_first_start_that_is_cancelled_is_done_again()
    {
        foreach (var milliseconds in new[] { 150, 400, 900 })
        {
            using var cancel = new CancellationTokenSource(milliseconds);
            try
            {
                var early = await LocalPostgres.FindOrStartAsync(_workplace.Options(), NullLogger.Instance, cancel.Token);
                Assert.SkipWhen(early is null, LocalServicesAdvice.InstallPostgres);
                await early.DisposeAsync();
            }
            catch (OperationCanceledException)
            {
                // A fast computer may have been ready by then.
            }
        }

        await using var next = await _workplace.PostgresAsync();
        Assert.True(await next.AnswersAsync());
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_no_server_and_the_next_one_works()
    {
        await (await _workplace.PostgresAsync()).DisposeAsync();
        foreach (var milliseconds in new[] { 20, 60, 120, 200 })
        {
            using var cancel = new CancellationTokenSource(milliseconds);
            try
            {
                var early = await LocalPostgres.FindOrStartAsync(_workplace.Options(), NullLogger.Instance, cancel.Token);
                await early!.DisposeAsync();
            }
            catch (OperationCanceledException)
            {
                // Which of the two it is depends on the computer.
            }

            Assert.False(File.Exists(PostmasterFile.PathIn(_workplace.PostgresData)));
        }

        await using var next = await _workplace.PostgresAsync();
        Assert.True(await next.AnswersAsync());
    }

    [Fact]
    public async Task Ephemeral_servers_of_killed_processes_are_cleared_away()
    {
        var killed = await _workplace.PostgresAsync(ephemeral: true);
        killed.Abandon();

        await using var next = await _workplace.PostgresAsync(ephemeral: true);

        Assert.False(await killed.AnswersAsync());
        Assert.Single(Directory.GetDirectories(_workplace.PostgresFolder));
    }

    [Fact]
    public async Task Data_of_another_version_are_left_alone_and_the_error_says_what_to_do()
    {
        await (await _workplace.PostgresAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_workplace.PostgresData, "PG_VERSION"), "9\n", TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<LocalServiceException>(() => _workplace.PostgresAsync());

        Assert.Contains("Install PostgreSQL 9", exception.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(_workplace.PostgresData));
    }

    [Fact]
    public async Task A_folder_that_is_not_ours_is_left_alone()
    {
        Directory.CreateDirectory(_workplace.PostgresData);

        // Skips where there is no server at all.
        await (await _workplace.PostgresAsync(ephemeral: true)).DisposeAsync();
        var exception = await Assert.ThrowsAsync<LocalServiceException>(() => _workplace.PostgresAsync());

        Assert.Contains("left alone", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_start_quotes_the_log_of_the_server()
    {
        await (await _workplace.PostgresAsync()).DisposeAsync();
        await File.AppendAllTextAsync(
            Path.Combine(_workplace.PostgresData, "postgresql.conf"), "no_such_setting = 1\n", TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<LocalServiceException>(() => _workplace.PostgresAsync());

        Assert.Contains("no_such_setting", exception.Message, StringComparison.Ordinal);
    }

    private void KillServer()
    {
        using var server = Process.GetProcessById(PostmasterFile.Read(_workplace.PostgresData)!.ProcessId);
        server.Kill();
        server.WaitForExit();
    }
}
