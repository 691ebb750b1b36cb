namespace TraceTrack.Caching.Simulation;

/// <summary>What goes wrong in one run: some kinds of trouble, each again and again. Some runs have none.</summary>
internal sealed class SimFaults
{
    private readonly SimWorld _world;
    private readonly Random _chance;
    private readonly Action[] _kinds;
    private bool _isOver;
    private long _storeFailsUntil;
    private int _storeFailsFor;
    private long _storeIsSlowUntil;

    public SimFaults(SimWorld world, Random chance)
    {
        (_world, _chance) = (world, chance);
        Action[] all =
        [
            () => Hang(AnyLink, isOne: true), () => Break(AnyLink), () => Break(AnyLink), Slow, Drop, Repeat, Mute, HangAll, FailStore, FailStore, SlowStore,
            .. chance.Next(2) == 0 ? new Action[] { Die, Die, Evict, Evict, FlushAll, FailOver, FailOver } : [],
        ];
        chance.Shuffle(all);
        _kinds = all[..Math.Min(all.Length, chance.Next(5))];
        StoreFailure = chance.Next(3) == 0 ? 0.05 : 0;
    }

    /// <summary>How likely one call of the store fails on its way there, and on its way back.</summary>
    private double StoreFailure { get; set; }

    private SimLink AnyLink => _world.Redis.Links[_chance.Next(_world.Redis.Links.Count)];

    public void Start()
    {
        if (_kinds.Length > 0)
            _world.Clock.After(Seconds(0.1, 2), Strike);
    }

    public void End()
    {
        (_isOver, StoreFailure, _storeFailsUntil, _storeIsSlowUntil) = (true, 0, 0, 0);
        if (!_world.Redis.IsUp)
            _world.Redis.Start(isRestored: false);
        foreach (var link in _world.Redis.Links)
            link.Heal();
    }

    /// <summary>One way to the store or back.</summary>
    public async ValueTask PassStoreAsync(int node, StoreWay way)
    {
        _world.CheckThread();
        var longest = _storeIsSlowUntil > _world.Clock.Now ? 3000 : _chance.Next(8) == 0 ? 60 : 3;
        await _world.Clock.DelayAsync(_world.UpTo(TimeSpan.FromMilliseconds(longest)));
        var isDown = _storeFailsUntil > _world.Clock.Now && (_storeFailsFor < 0 || _storeFailsFor == node);
        if (isDown || _world.Chance(StoreFailure))
        {
            _world.Notes.Add(node, "store fails", "", way.ToString());
            throw new StoreFault();
        }
    }

    private void Strike()
    {
        if (_isOver)
            return;
        // What it may come back with one day.
        if (_chance.Next(2) == 0)
            _world.Redis.Save();
        _kinds[_chance.Next(_kinds.Length)]();
        _world.Clock.After(Seconds(0.2, 5), Strike);
    }

    private void Note(string what) => _world.Notes.Add(-1, "FAULT", "", what);

    private void Hang(SimLink link, bool isOne)
    {
        var time = Seconds(0.1, 9);
        if (isOne)
            Note($"a link hangs for {time}");
        link.Hang(time, _chance.Next(3) == 0);
    }

    private void HangAll()
    {
        Note("all links hang");
        foreach (var link in _world.Redis.Links)
            Hang(link, isOne: false);
    }

    private void Break(SimLink link)
    {
        Note("a link breaks");
        link.Break();
        After(_chance.Next(2) == 0 ? Seconds(0.01, 0.5) : Seconds(1, 30), link.Restore);
    }

    private void Slow()
    {
        Note("links are slow");
        var links = _world.Redis.Links.Where(_ => _chance.Next(2) == 0).ToArray();
        foreach (var link in links)
            link.Slowness = TimeSpan.FromMilliseconds(_chance.Next(50, 400));
        After(Seconds(2, 20), () => Array.ForEach(links, link => link.Slowness = TimeSpan.FromMilliseconds(1.5)));
    }

    private void Drop()
    {
        var link = AnyLink;
        Note("messages are dropped");
        link.Drops = 0.1 + _chance.NextDouble();
        After(Seconds(0.5, 15), () => link.Drops = 0);
    }

    private void Repeat()
    {
        var link = AnyLink;
        Note("messages are repeated and reordered");
        (link.Repeats, link.Reorders) = (0.4, 0.4);
        After(Seconds(1, 15), () => (link.Repeats, link.Reorders) = (0, 0));
    }

    private void Mute()
    {
        var link = AnyLink;
        Note("a link is muted");
        link.IsMuted = true;
        After(Seconds(0.5, 30), () => link.IsMuted = false);
    }

    private void Die()
    {
        if (!_world.Redis.IsUp)
            return;
        Note("the tier dies");
        _world.Redis.Die();
        After(_chance.Next(2) == 0 ? Seconds(0.001, 0.1) : Seconds(0.1, 12), () =>
        {
            if (!_world.Redis.IsUp)
                _world.Redis.Start(isRestored: _chance.Next(2) == 0);
        });
    }

    private void Evict()
    {
        Note("the tier evicts");
        for (var i = _chance.Next(1, 4); i > 0; i--)
            _world.Redis.Evict(_chance);
    }

    private void FlushAll()
    {
        Note("the tier is flushed");
        _world.Redis.FlushAll();
    }

    private void FailOver()
    {
        Note("the tier is another one, which lags behind");
        _world.Redis.FailOver();
    }

    private void FailStore()
    {
        Note("the store is down");
        (_storeFailsUntil, _storeFailsFor) = (_world.Clock.Now + Seconds(0.2, 25).Ticks, _chance.Next(-1, _world.Redis.Links.Count));
    }

    private void SlowStore()
    {
        Note("the store is slow");
        _storeIsSlowUntil = _world.Clock.Now + Seconds(1, 12).Ticks;
    }

    private void After(TimeSpan time, Action act) => _world.Clock.After(time, () =>
    {
        if (!_isOver)
            act();
    });

    private TimeSpan Seconds(double least, double most) => TimeSpan.FromSeconds(least + (_chance.NextDouble() * (most - least)));
}
