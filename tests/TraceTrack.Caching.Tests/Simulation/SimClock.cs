namespace TraceTrack.Caching.Simulation;

/// <summary>
/// Virtual time: one queue for the timers of the cache, the network, the store and the clients, so that a seed has one order of events. Each runs
/// on the thread that calls <see cref="Step"/>.
/// </summary>
internal sealed class SimClock(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<Alarm, (long At, long Order)> _queue = new();
    private long _now = start.UtcTicks;
    private long _order;

    public long Now => Volatile.Read(ref _now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now;

    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Completed inline, when its time has come.</summary>
    public Task DelayAsync(TimeSpan time)
    {
        var done = new TaskCompletionSource();
        After(time, done.SetResult);
        return done.Task;
    }

    public void After(TimeSpan time, Action act) => new Alarm(this, act).Change(time, Timeout.InfiniteTimeSpan);

    /// <summary>Moves on to the next event and lets it happen.</summary>
    /// <param name="until">Not beyond this.</param>
    /// <returns>False when there is none any more; the time is then that given.</returns>
    public bool Step(long until)
    {
        while (_queue.TryPeek(out _, out var next) && next.At <= until)
        {
            var alarm = _queue.Dequeue();
            if (!alarm.IsDue(next.Order))
                continue;
            Volatile.Write(ref _now, Math.Max(_now, next.At));
            alarm.Ring();
            return true;
        }

        Volatile.Write(ref _now, Math.Max(_now, until));
        return false;
    }

    private sealed class Alarm(SimClock clock, Action act) : ITimer
    {
        private TimeSpan _period;
        private long _order = -1;

        public bool IsDue(long order) => order == _order;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _order = -1;
            if (dueTime != Timeout.InfiniteTimeSpan)
                clock._queue.Enqueue(this, (clock._now + dueTime.Ticks, _order = ++clock._order));
            return true;
        }

        public void Ring()
        {
            _order = -1;
            if (_period > TimeSpan.Zero)
                Change(_period, _period);
            act();
        }

        public void Dispose() => _order = -1;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
