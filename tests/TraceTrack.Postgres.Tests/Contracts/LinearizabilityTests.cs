using System.Diagnostics;
using Npgsql;
using TraceTrack.Testing;
using TraceTrack.Testing.Order;

namespace TraceTrack.Postgres.Tests.Contracts;

/// <summary>
/// Twenty clients at random work on a few bags and bills, round after round; each round's history must have an order in which the in-memory store answers
/// the same. TRACETRACK_SEED repeats a run's work, though not its meetings.
/// </summary>
public sealed class LinearizabilityTests(PostgresServer server)
{
    private const int Clients = 20;
    private const int CallsOfClient = 25;
    private const int Capacity = 3;

    // How many operations; none, and the test is skipped, unless it is said. The search guesses where nothing tells the order, and may end without an
    // answer on a history that has one: a failure is to be read, and is no proof by itself.
    private static readonly int Operations = int.TryParse(Environment.GetEnvironmentVariable("TRACETRACK_LINEARIZABILITY"), out var given) ? given : 0;

    [Fact]
    public async Task What_twenty_clients_are_answered_has_a_legal_order()
    {
        Assert.SkipUnless(Operations > 0, "Set TRACETRACK_LINEARIZABILITY to the number of operations, such as 20000.");
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TRACETRACK_SEED"), out var given) ? given : Random.Shared.Next(1_000_000);
        // Whether a commit survives a crash is not asked here, and waiting for the disk would be most of the time.
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Options = "-c synchronous_commit=off",
            MaxAutoPrepare = 50,
            MaxPoolSize = Clients + 5,
        }.ConnectionString);
        await using var strict = await PostgresStore.CreateAsync(server, Rules(allowIncomplete: false), source: source);
        await using var lenient = await PostgresStore.CreateAsync(server, Rules(allowIncomplete: true), source: source);
        var (done, calls, returns, recording) = (0, 0, 0, TimeSpan.Zero);
        var watch = Stopwatch.StartNew();
        for (var round = 1; done < Operations; round++)
        {
            var isLenient = round % 2 == 0;
            var began = watch.Elapsed;
            var history = await CrowdHistory.RecordAsync((isLenient ? lenient : strict).TraceTrack, seed, round, Clients, CallsOfClient);
            recording += watch.Elapsed - began;
            var search = new OrderSearch(history, Rules(isLenient));
            if (await search.RunAsync() is { } report)
                Assert.Fail($"TRACETRACK_SEED={seed}, round {round}, after {done} operations in {watch.Elapsed.TotalSeconds:0} s. {report}");
            (done, calls, returns) = (done + history.Sum(call => call.Work.Operations), calls + history.Count, returns + search.Returns);
            // The planner would go on as for empty tables, and dead rows would be in the way.
            if (round % 40 < 2)
                await (isLenient ? lenient : strict).ExecuteAsync("VACUUM ANALYZE tracetrack.bag");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{done} operations in {calls} calls, {watch.Elapsed.TotalSeconds:0} s, of these {recording.TotalSeconds:0} s to record them; the searches went back {returns} times.");
        foreach (var store in new[] { strict, lenient })
        {
            foreach (var (violation, sql) in LinearizabilitySql.Violations)
                Assert.True(await store.ScalarAsync<long>(sql.Replace("{0}", $"{Capacity}", StringComparison.Ordinal)) == 0, $"TRACETRACK_SEED={seed}: {violation}.");
            await Consistency.AssertHoldsAsync(new(store.Services));
        }
    }

    private static Action<TraceTrackOptions> Rules(bool allowIncomplete) => options =>
    {
        options.ParentCapacity = Capacity;
        options.AllowIncompleteParents = allowIncomplete;
    };
}
