using System.Collections.Concurrent;
using System.Globalization;

namespace TraceTrack.Caching.Simulation;

/// <summary>
/// Many runs, each by its seed. <c>TRACETRACK_SEED=7</c> runs one of them, and <c>TRACETRACK_DEEP=1</c> more.
/// </summary>
public sealed class SimulationTests
{
    private const string SeedVariable = "TRACETRACK_SEED";

    private static readonly bool IsDeep = Environment.GetEnvironmentVariable("TRACETRACK_DEEP") == "1";

    [Fact]
    public async Task No_node_answers_older_than_it_may_whatever_becomes_of_the_second_tier()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            if (args.Exception.InnerExceptions.Any(error => error is TierFault or StoreFault))
                unobserved.Enqueue(args.Exception);
        }

        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            var failures = await RunAsync(Seeds());
            Assert.True(
                failures.Count == 0,
                $"{failures.Count} seeds fail (and perhaps more):\n{string.Join('\n', failures.Select(static (failure, i) => i == 0 ? failure : string.Join(' ', failure.Split('\n').Take(2))))}");
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.Empty(unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_seed_gives_the_same_run_each_time(int seed)
    {
        var worlds = new ConcurrentQueue<SimWorld>();
        for (var i = 0; i < 2; i++)
        {
            await OnThreadAsync(() =>
            {
                using var world = new SimWorld(seed);
                world.Run();
                worlds.Enqueue(world);
            });
        }

        Assert.Single(worlds.Select(world => (world.Notes.Count, world.Notes.Hash)).Distinct());
        Assert.True(worlds.First().History.Writes > 10);
    }

    private static IEnumerable<int> Seeds() => Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed
        ? [int.Parse(seed, CultureInfo.InvariantCulture)]
        : Enumerable.Range(1, IsDeep ? 10_000 : 1_000);

    /// <summary>One thread a processor, each with a run of its own, until a few have failed.</summary>
    private static async Task<IReadOnlyList<string>> RunAsync(IEnumerable<int> seeds)
    {
        var rest = new ConcurrentQueue<int>(seeds);
        var failures = new ConcurrentQueue<(int Seed, string Text)>();
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => OnThreadAsync(() =>
        {
            while (failures.Count < 3 && rest.TryDequeue(out var seed))
            {
                using var world = new SimWorld(seed);
                if (world.Run() is { } failure)
                    failures.Enqueue((seed, failure));
            }
        })));
        return [.. failures.OrderBy(failure => failure.Seed).Select(failure => failure.Text)];
    }

    /// <summary>On a thread of its own: there is no context that what goes on could be sent to.</summary>
    private static Task OnThreadAsync(Action run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
