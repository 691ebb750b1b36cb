using System.Runtime.ExceptionServices;

namespace TraceTrack.Caching;

/// <summary>One load of one key, shared by all who ask for it meanwhile. Its fence is guarded by the key's stripe.</summary>
/// <param name="key">The key.</param>
/// <param name="stripe">The key's.</param>
internal sealed class Flight<T>(string key, MemoryStripe<T> stripe)
    where T : class
{
    // Made for the first who waits: who loads a hundred keys waits once, and not for each.
    private TaskCompletionSource<T?>? _waiting;
    private T? _value;
    private Exception? _error;
    private int _isDone;
    private long _endsAt;

    public string Key => key;

    public MemoryStripe<T> Stripe => stripe;

    /// <summary>What was loaded may be older than this: a write fenced the key meanwhile. Such a value answers those who asked before, and is not kept.</summary>
    public long Fence { get; set; } = long.MinValue;

    public bool IsFenced => Fence > long.MinValue;

    /// <summary>The version of what the second tier answered.</summary>
    public long Version { get; private set; }

    /// <summary>The end of the life of what the second tier answered; null when it answered nothing, or not yet.</summary>
    public DateTimeOffset? EndsAt => _endsAt == 0 ? null : new(_endsAt, TimeSpan.Zero);

    /// <summary>Whether the second tier has answered it (and <see cref="Result"/> is that answer), and no write has overtaken the answer since.</summary>
    public bool IsAnswered => Volatile.Read(ref _isDone) != 0 && _endsAt != 0 && !IsFenced;

    /// <summary>What was loaded, once it is done.</summary>
    public T? Result
    {
        get
        {
            if (_error is { } error)
                ExceptionDispatchInfo.Throw(error);
            return _value;
        }
    }

    public static Flight<T> Landed(string key, T? value, MemoryStripe<T> stripe)
    {
        var flight = new Flight<T>(key, stripe);
        flight.Land(value);
        return flight;
    }

    /// <summary>For one who waits. Of several who wait for one task, .NET sends all but one to other threads; a simulation gives each a task of its own.</summary>
    public Task<T?> WhenDone()
    {
        if (_waiting is null)
            Interlocked.CompareExchange(ref _waiting, new(stripe.Continuations), null);
        if (Volatile.Read(ref _isDone) != 0)
            Tell(_waiting);
        return stripe.Continuations == TaskCreationOptions.RunContinuationsAsynchronously
            ? _waiting.Task
            : _waiting.Task.ContinueWith(
                static done => done.GetAwaiter().GetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>
    /// Answers all who wait with an entry of the second tier, if that may be believed: it is no older than what is known to be written. The load is over when memory
    /// keeps the entry (<see cref="MemoryTier{T}.KeepAnswered"/>); until then others join it, and it hears of fences.
    /// </summary>
    /// <param name="value">The entry's value.</param>
    /// <param name="version">Its version; 0 for absence.</param>
    /// <param name="endsAt">The end of its life.</param>
    /// <returns>False when it is too old; then the load goes on.</returns>
    public bool TryAnswer(T? value, long version, DateTimeOffset endsAt)
    {
        lock (stripe)
        {
            if (version < Fence || version < stripe.CarefulFloorOf(key))
                return false;
            (Version, _endsAt) = (version, endsAt.UtcTicks);
        }

        Land(value);
        return true;
    }

    /// <summary>Whether it was answered, and with what has come to its end since.</summary>
    /// <param name="now">UTC ticks, a step late at most.</param>
    public bool HasEnded(long now) => _endsAt != 0 && now >= _endsAt - CacheTime.Step.Ticks;

    public void Land(T? value)
    {
        _value = value;
        Done();
    }

    /// <summary>Ends it with an error, which is not kept.</summary>
    public void Fail(Exception error)
    {
        lock (stripe)
            stripe.Remove(this);
        _error = error;
        Done();
    }

    private void Done()
    {
        // A full barrier: either this sees who waits, or who waits sees this.
        Interlocked.Exchange(ref _isDone, 1);
        if (_waiting is { } waiting)
            Tell(waiting);
    }

    private void Tell(TaskCompletionSource<T?> waiting)
    {
        if (_error is not { } error)
        {
            waiting.TrySetResult(_value);
            return;
        }

        waiting.TrySetException(error);
        // Those who asked may all have gone; then nobody else looks at the error, and that is no fault.
        _ = waiting.Task.Exception;
    }
}
