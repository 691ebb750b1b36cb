namespace TraceTrack.Caching.Simulation;

/// <summary>
/// One node's connection to the simulated Redis. Requests and answers take their time and may overtake one another; the connection may hang, break,
/// and lose, repeat or reorder messages.
/// </summary>
internal sealed class SimLink(SimWorld world, SimRedis redis, int node) : ICacheTier
{
    private ITierListener? _listener;
    private bool _isUp = true;
    private int _generation;
    private long _hangsUntil;
    private bool _losesWhatHangs;
    private long _lastDelivery;

    /// <summary>The longest of one way.</summary>
    public TimeSpan Slowness { get; set; } = TimeSpan.FromMilliseconds(1.5);

    public double Drops { get; set; }

    public double Repeats { get; set; }

    public double Reorders { get; set; }

    /// <summary>Nothing is heard, and nothing says so.</summary>
    public bool IsMuted { get; set; }

    private bool IsConnected => _isUp && redis.IsUp;

    public ValueTask<TierAnswer> GetAsync(TierQuery query, CancellationToken cancellationToken) => CallAsync("get", query.Keys, () => redis.Get(query));

    public async ValueTask FillAsync(TierFill fill, CancellationToken cancellationToken) => await CallAsync("fill", fill.Entries.Select(entry => entry.Key), () =>
    {
        redis.Fill(fill);
        return true;
    });

    public ValueTask<IReadOnlyList<long>> CommitAsync(TierCommit commit, CancellationToken cancellationToken) =>
        CallAsync("commit", commit.Puts.Select(put => put.Key).Append("bumps").Concat(commit.Bumps.Select(bump => bump.Scope)), () => redis.Commit(commit));

    public ValueTask<TierPulse> PulseAsync(string scope, long freshEpoch, CancellationToken cancellationToken) =>
        CallAsync("", [], () => _listener is null ? throw new TierFault("Nobody listens.") : redis.Pulse(scope, freshEpoch));

    public async ValueTask ListenAsync(ITierListener listener, CancellationToken cancellationToken) => await CallAsync("listen", [], () =>
    {
        _listener = listener;
        return true;
    });

    /// <summary>A message sets out.</summary>
    public void Send(TierMessage message)
    {
        if (_listener is null || !IsConnected || IsMuted || world.Chance(Drops))
            return;
        Deliver(message, world.Chance(Reorders));
        if (world.Chance(Repeats))
            Deliver(message, isOutOfOrder: true);
    }

    public void Hang(TimeSpan time, bool losesWhatHangs) => (_hangsUntil, _losesWhatHangs) = (world.Clock.Now + time.Ticks, losesWhatHangs);

    /// <summary>The connection is gone; it comes back by <see cref="Restore"/>.</summary>
    public void Break()
    {
        (_isUp, _generation) = (false, _generation + 1);
        _listener?.Interrupted();
    }

    public void Restore()
    {
        _isUp = true;
        if (IsConnected)
            _listener?.Interrupted();
    }

    /// <summary>All is well again.</summary>
    public void Heal()
    {
        (Drops, Repeats, Reorders, IsMuted, _hangsUntil) = (0, 0, 0, false, 0);
        Slowness = TimeSpan.FromMilliseconds(1.5);
        if (!IsConnected)
            Restore();
    }

    private async ValueTask<T> CallAsync<T>(string what, IEnumerable<string> keys, Func<T> execute)
    {
        world.CheckThread();
        if (!IsConnected)
            throw new TierFault("There is no connection.");
        var generation = _generation;
        await PassAsync(generation);
        var isLost = _losesWhatHangs;
        if (await HangAsync(generation) && isLost)
            throw new TierFault("The request was lost.");
        var answer = execute();
        if (what.Length > 0)
            world.Notes.Add(node, $"tier {what}", string.Join(' ', keys.Select(world.History.Alias)));
        await PassAsync(generation);
        await HangAsync(generation);
        world.CheckThread();
        return answer;
    }

    private async ValueTask PassAsync(int generation)
    {
        await world.Clock.DelayAsync(world.UpTo(Slowness));
        CheckConnection(generation);
    }

    private async ValueTask<bool> HangAsync(int generation)
    {
        if (_hangsUntil <= world.Clock.Now)
            return false;
        while (_hangsUntil > world.Clock.Now)
            await world.Clock.DelayAsync(TimeSpan.FromTicks(_hangsUntil - world.Clock.Now) + world.UpTo(TimeSpan.FromMilliseconds(1)));
        CheckConnection(generation);
        return true;
    }

    private void CheckConnection(int generation)
    {
        if (generation != _generation)
            throw new TierFault("The connection broke.");
    }

    private void Deliver(TierMessage message, bool isOutOfOrder)
    {
        var at = world.Clock.Now + world.UpTo(Slowness).Ticks;
        if (isOutOfOrder)
            at += world.UpTo(TimeSpan.FromSeconds(2)).Ticks;
        else
            at = _lastDelivery = Math.Max(at, Math.Max(_lastDelivery, _hangsUntil));
        var generation = _generation;
        world.Clock.After(TimeSpan.FromTicks(at - world.Clock.Now), () =>
        {
            if (generation != _generation)
                return;
            world.Notes.Add(node, "hears", "", $"#{message.Number}");
            _listener!.Receive(message);
        });
    }
}
