using System.Diagnostics;
using Npgsql;
using TraceTrack.Testing;
using TraceTrack.Testing.Order;

namespace TraceTrack.Postgres.Tests.Contracts;

/// <summary>Twenty clients at random work on a few bags and bills, round after round. TRACETRACK_SEED repeats a run's work, though not its meetings.</summary>
public sealed class LinearizabilityTests(PostgresServer server)
{
    private const int Clients = 20;
    private const int CallsOfClient = 25;
    private const int Capacity = 3;

    private static readonly bool IsDeep = Environment.GetEnvironmentVariable("TRACETRACK_DEEP") == "1";
    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("TRACETRACK_SEED"), out var given) ? given : Random.Shared.Next(1_000_000);

    /// <summary>
    /// Every answer is the one that the in-memory store gives when it is asked the same in the order of the times drawn under the locks. All bags and bills
    /// exist throughout.
    /// </summary>
    [Fact]
    public async Task What_twenty_clients_are_answered_is_what_one_after_the_other_would_be()
    {
        var operations = IsDeep ? 1_000_000 : 100_000;
        await using var source = Source();
        await using var strict = await PostgresStore.CreateAsync(server, Rules(allowIncomplete: false), source: source);
        await using var lenient = await PostgresStore.CreateAsync(server, Rules(allowIncomplete: true), source: source);
        var (done, calls, placed, busy, recording) = (0, 0, 0, 0, TimeSpan.Zero);
        var watch = Stopwatch.StartNew();
        for (var round = 1; done < operations; round++)
        {
            var isLenient = round % 2 == 0;
            var store = isLenient ? lenient : strict;
            var began = watch.Elapsed;
            var history = await new CrowdHistory(store.TraceTrack, Seed, round, Clients).AtOnceAsync(CallsOfClient);
            recording += watch.Elapsed - began;
            var replay = new OrderReplay(history, Rules(isLenient));
            if (await replay.RunAsync() is { } report)
                Assert.Fail($"TRACETRACK_SEED={Seed}, round {round}, after {done} operations in {watch.Elapsed.TotalSeconds:0} s. {report}");
            done += history.Sum(call => call.Work.Operations);
            (calls, placed, busy) = (calls + history.Count, placed + replay.Placed, busy + history.Count(call => call.Answer.IsBusy));
            await SweepAsync(store, round);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{done} operations in {calls} calls ({placed} with a time of their own, {busy} turned away), {watch.Elapsed.TotalSeconds:0} s, "
            + $"of these {recording.TotalSeconds:0} s to record them.");
        Assert.True(busy < calls / 1_000, $"{busy} of {calls} calls were turned away.");
        await AssertHoldsAsync(strict);
        await AssertHoldsAsync(lenient);
    }

    /// <summary>
    /// Bags are deleted too, and registered again by scans. What is absent is not locked, so the answers have no order that could be read off them, and they
    /// are not looked at: what this shows is that the tables are right afterwards, and that nobody waits for another in turn.
    /// </summary>
    [Fact]
    public async Task Deletions_and_registrations_in_a_crowd_leave_the_tables_right()
    {
        var operations = IsDeep ? 100_000 : 10_000;
        await using var source = Source();
        await using var store = await PostgresStore.CreateAsync(server, Rules(allowIncomplete: true), source: source);
        var done = 0;
        for (var round = 1; done < operations; round++)
        {
            var history = await new CrowdHistory(store.TraceTrack, Seed, round, Clients, deletes: true).AtOnceAsync(CallsOfClient);
            done += history.Sum(call => call.Work.Operations);
            await SweepAsync(store, round);
        }

        await AssertHoldsAsync(store);
    }

    /// <summary>Whether a commit survives a crash is not asked here, and waiting for the disk would be most of the time.</summary>
    private NpgsqlDataSource Source()
    {
        // Also for a run that an error of the database ends.
        TestContext.Current.TestOutputHelper?.WriteLine($"TRACETRACK_SEED={Seed}");
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Options = "-c synchronous_commit=off",
            MaxAutoPrepare = 50,
            MaxPoolSize = Clients + 5,
        }.ConnectionString);
    }

    /// <summary>The planner would go on as for empty tables, and dead rows would be in the way.</summary>
    private static Task SweepAsync(PostgresStore store, int round) =>
        round % 40 < 2 ? store.ExecuteAsync("VACUUM ANALYZE tracetrack.bag") : Task.CompletedTask;

    private static async Task AssertHoldsAsync(PostgresStore store)
    {
        foreach (var (violation, sql) in LinearizabilitySql.Violations)
        {
            var found = await store.ScalarAsync<long>(sql.Replace("{0}", $"{Capacity}", StringComparison.Ordinal));
            Assert.True(found == 0, $"TRACETRACK_SEED={Seed}: {violation} ({found} times).");
        }

        await Consistency.AssertHoldsAsync(new(store.Services));
    }

    private static Action<TraceTrackOptions> Rules(bool allowIncomplete) => options =>
    {
        options.ParentCapacity = Capacity;
        options.AllowIncompleteParents = allowIncomplete;
    };
}
