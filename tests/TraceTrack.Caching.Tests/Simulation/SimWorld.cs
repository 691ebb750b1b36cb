using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack.Caching.Simulation;

/// <summary>
/// One run: some nodes, their clients, one store, one simulated Redis and what goes wrong, all on one thread in virtual time. The same seed gives
/// the same run.
/// </summary>
internal sealed class SimWorld : IDisposable
{
    /// <summary>Virtual time for those who owe something to pay it, and for those who missed something to notice.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(20);

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly int _seed;
    private readonly Random _chance;
    private readonly Random _network;
    private readonly SharedStore _store;
    private readonly SimNode[] _nodes;
    private readonly SimFaults _faults;
    private readonly Tokens _tokens = new();
    private int _clients;

    public SimWorld(int seed)
    {
        (_seed, _chance, _network) = (seed, new(seed), new(seed + 1_000_003));
        Clock = new(Rows.Noon);
        Notes = new(() => Clock.Now);
        _store = new(Clock);
        Done(_store.SeedAsync());
        History = new(new(Caching(), new(), TimeSpan.Zero), _store.Look, () => Clock.Now, Notes);
        var told = new ToldWrites(isToldByAnswer: false);
        Redis = new(Clock, History, told);
        _nodes = [.. Enumerable.Range(0, _chance.Next(2, 5)).Select(node => NodeOf(node, told))];
        _faults = new(this, new(seed + 2_000_003));
    }

    public SimClock Clock { get; }

    public Notes Notes { get; }

    public History History { get; }

    public SimRedis Redis { get; }

    /// <returns>What went wrong; null when all went well.</returns>
    public string? Run()
    {
        _faults.Start();
        foreach (var node in _nodes)
        {
            for (var i = _chance.Next(2, 4); i > 0; i--)
                _ = ServeAsync(node);
        }

        RunUntil(Clock.Now + TimeSpan.FromMinutes(30).Ticks, () => _clients == 0);
        if (_clients > 0)
            History.Break("Clients hang.");
        _faults.End();
        Agree(Recovery, isStrict: !History.HasLost);
        Agree(TimeSpan.FromTicks(History.Bounds.Life($"{LoginSessionCodec.Letter}:")), isStrict: true);
        return History.Violations.Count == 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"TRACETRACK_SEED={_seed}, {_nodes.Length} nodes\n{string.Join('\n', History.Violations)}");
    }

    public void Dispose()
    {
        foreach (var node in _nodes)
            Done(node.DisposeAsync().AsTask());
        Done(_store.DisposeAsync().AsTask());
    }

    public bool Chance(double likely) => likely > 0 && _network.NextDouble() < likely;

    public TimeSpan UpTo(TimeSpan most) => TimeSpan.FromMicroseconds(_network.NextInt64(1, most.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>All runs on one thread; where something does not, a seed is no proof.</summary>
    public void CheckThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
            History.Break($"Another thread: {Environment.StackTrace}");
    }

    private static CachingOptions Caching()
    {
        var options = new CachingOptions();
        Hasten(options);
        return options;
    }

    /// <summary>Short lives, so that a run of minutes sees the ends of many.</summary>
    private static void Hasten(CachingOptions options)
    {
        (options.BagTimeToLive, options.BillTimeToLive, options.SearchTimeToLive) = (TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(35), TimeSpan.FromSeconds(30));
        (options.LoginSessionTimeToLive, options.LoginSessionMemoryTimeToLive) = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(20));
        (options.AbsenceTimeToLive, options.StaleTimeToLive) = (TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(20));
    }

    private SimNode NodeOf(int node, ToldWrites told)
    {
        var time = new StoreTime(() => Clock.Now);
        var link = new SimLink(this, Redis, node);
        Redis.Add(link);
        return new(
            _store,
            new LayerBelow(time, History, way => _faults.PassStoreAsync(node, way)),
            new LayerAbove(node, time, History, () => Clock.Now),
            Clock,
            traceTrack =>
            {
                traceTrack.Services.AddSingleton(new NetworkClock(Clock, TaskCreationOptions.None, new(_seed + 3_000_017 + node), Later));
                traceTrack.UseCaching(Hasten).UseSecondTier(_ => new ToldTier(link, node, History, told));
            });
    }

    /// <summary>Now, or after a while in which anything may happen.</summary>
    private void Later(Action act)
    {
        if (Chance(0.5))
            Clock.After(UpTo(TimeSpan.FromMilliseconds(20)), act);
        else
            act();
    }

    private async Task ServeAsync(SimNode node)
    {
        _clients++;
        var chance = new Random(_chance.Next());
        var workload = new Workload(node.Door, _store, _tokens, chance);
        var isBusy = chance.Next(3) > 0;
        try
        {
            for (var i = chance.Next(20, 50); i > 0; i--)
            {
                await Clock.DelayAsync(TimeSpan.FromMicroseconds(chance.Next(1, chance.Next(12) == 0 ? 12_000_000 : isBusy ? 60_000 : 2_000_000)));
                try
                {
                    await workload.ActAsync();
                }
                catch (StoreFault)
                {
                    // The store's is the only failure a user may see.
                }

                CheckThread();
            }
        }
        catch (Exception error)
        {
            History.Break($"A client failed: {error}");
        }

        _clients--;
    }

    /// <summary>After some quiet time every node reads everything, and each answer is what the store has.</summary>
    private void Agree(TimeSpan after, bool isStrict)
    {
        RunUntil(Clock.Now + after.Ticks, static () => false);
        Notes.Add(-1, "QUIET");
        if (isStrict)
            History.Agree();
        foreach (var node in _nodes)
            Done(node.ReadAllAsync(_store));
    }

    private void Done(Task task)
    {
        RunUntil(Clock.Now + TimeSpan.FromMinutes(1).Ticks, () => task.IsCompleted);
        Assert.True(task.IsCompleted, "It does not end.");
        task.GetAwaiter().GetResult();
    }

    private void RunUntil(long until, Func<bool> isDone)
    {
        while (!isDone() && Clock.Step(until))
        {
        }
    }
}
