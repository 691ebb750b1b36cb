using System.Runtime.ExceptionServices;

namespace TraceTrack.Caching;

/// <summary>One load of one key, shared by all who ask for it meanwhile. Its fence is guarded by the key's stripe.</summary>
/// <param name="key">The key.</param>
/// <param name="continuations">How those who wait go on.</param>
internal sealed class Flight<T>(string key, TaskCreationOptions continuations)
    where T : class
{
    // Made for the first who waits: who loads a hundred keys waits once, and not for each.
    private TaskCompletionSource<T?>? _waiting;
    private T? _value;
    private Exception? _error;
    private int _isDone;

    public string Key => key;

    /// <summary>What was loaded may be older than this: a write fenced the key meanwhile. Such a value answers those who asked before, and is not kept.</summary>
    public long Fence { get; set; } = long.MinValue;

    public bool IsFenced => Fence > long.MinValue;

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

    public static Flight<T> Landed(string key, T? value, TaskCreationOptions continuations)
    {
        var flight = new Flight<T>(key, continuations);
        flight.Land(value);
        return flight;
    }

    /// <summary>For one who waits. Of several who wait for one task, .NET sends all but one to other threads; a simulation gives each a task of its own.</summary>
    public Task<T?> WhenDone()
    {
        if (_waiting is null)
            Interlocked.CompareExchange(ref _waiting, new(continuations), null);
        if (Volatile.Read(ref _isDone) != 0)
            Tell(_waiting);
        return continuations == TaskCreationOptions.RunContinuationsAsynchronously
            ? _waiting.Task
            : _waiting.Task.ContinueWith(
                static done => done.GetAwaiter().GetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public void Land(T? value)
    {
        _value = value;
        Done();
    }

    public void Fail(Exception error)
    {
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
