namespace GraphQLHost.Live;

/// <summary>One timer for all streams that have nothing to do but to see whether it is time for something.</summary>
internal sealed class SharedTick(TimeProvider clock, LiveSettings settings)
{
    private readonly Lock _lock = new();
    private Task _next = Task.CompletedTask;

    /// <summary>Ends within a tick.</summary>
    public Task Next
    {
        get
        {
            lock (_lock)
                return _next.IsCompleted ? _next = Task.Delay(settings.Tick, clock) : _next;
        }
    }
}
