namespace TraceTrack.Caching;

/// <summary>
/// The time as the hit path sees it: a number that a timer moves, since reading a clock would cost as much as the look-up itself. It is at
/// most one <see cref="Step"/> behind, and whatever must end in time is made to end a step earlier.
/// </summary>
internal sealed class CacheTime : IDisposable
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _clock;
    private readonly TimeSpan _unheard;
    private readonly Random _chance;
    private ITimer? _timer;
    private long _now;
    private long _generation;

    /// <param name="clock">The application's.</param>
    /// <param name="unheard">How long memory may answer while the other processes are not heard.</param>
    /// <param name="chance">A simulation's own.</param>
    public CacheTime(TimeProvider clock, TimeSpan unheard, Random? chance = null)
    {
        (_clock, _unheard, _chance) = (clock, unheard, chance ?? Random.Shared);
        _now = clock.GetUtcNow().UtcTicks;
    }

    /// <summary>Ticks in UTC, a step behind at most.</summary>
    public long Now => Volatile.Read(ref _now);

    /// <summary>The time to the tick.</summary>
    public DateTimeOffset Exact => _clock.GetUtcNow();

    /// <summary>How long memory may keep anything now.</summary>
    public TimeSpan Longest { get; private set; } = TimeSpan.MaxValue;

    /// <summary>90–100 % of a time, so that what was read together does not expire together.</summary>
    public TimeSpan Jitter(TimeSpan time) => time * (0.9 + (_chance.NextDouble() / 10));

    /// <summary>The end of a life in memory. While the other processes are not heard, their time too counts from the question.</summary>
    public DateTimeOffset EndIn(TimeSpan life, DateTimeOffset begunAt) => begunAt + Jitter(life < Longest ? life : Longest);

    /// <summary>How often everything was forgotten: what was read before is not kept after.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>Lets time move.</summary>
    /// <param name="tick">Called at each step.</param>
    public void Start(Action tick) => _timer = _clock.CreateTimer(
        _ =>
        {
            Volatile.Write(ref _now, _clock.GetUtcNow().UtcTicks);
            tick();
        },
        null,
        Step,
        Step);

    public void Limit(bool isDeaf) => Longest = isDeaf ? _unheard : TimeSpan.MaxValue;

    public void Forget() => Interlocked.Increment(ref _generation);

    public void Dispose() => _timer?.Dispose();
}
