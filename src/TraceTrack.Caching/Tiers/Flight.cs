namespace TraceTrack.Caching;

/// <summary>One load of one key, shared by all who ask for it meanwhile. Everything but the task is guarded by the key's stripe.</summary>
/// <param name="key">The key.</param>
/// <param name="continuations">How those who wait go on.</param>
internal sealed class Flight<T>(string key, TaskCreationOptions continuations)
    where T : class
{
    private readonly TaskCompletionSource<T?> _done = new(continuations);

    public string Key { get; } = key;

    /// <summary>For one who waits. Of several who wait for one task, .NET sends all but one to other threads; a simulation gives each a task of its own.</summary>
    public Task<T?> Task => continuations == TaskCreationOptions.RunContinuationsAsynchronously
        ? _done.Task
        : _done.Task.ContinueWith(
            static done => done.GetAwaiter().GetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>What was loaded may be older than this: a write fenced the key meanwhile. Such a value answers those who asked before, and is not kept.</summary>
    public long Fence { get; set; } = long.MinValue;

    public bool IsFenced => Fence > long.MinValue;

    public static Flight<T> Landed(string key, T? value, TaskCreationOptions continuations)
    {
        var flight = new Flight<T>(key, continuations);
        flight.Land(value);
        return flight;
    }

    public void Land(T? value) => _done.TrySetResult(value);

    public void Fail(Exception error)
    {
        _done.TrySetException(error);
        // Those who asked may all have gone; then nobody else looks at the error, and that is no fault.
        _ = _done.Task.Exception;
    }
}
