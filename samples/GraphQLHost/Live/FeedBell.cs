namespace GraphQLHost.Live;

/// <summary>Rung when something was written that the feed may hold; whoever reads it need not wait for the next look.</summary>
internal sealed class FeedBell
{
    private TaskCompletionSource _rung = New();

    public void Ring() => Volatile.Read(ref _rung).TrySetResult();

    /// <returns>True when it was rung, since the last time too; false when the time has passed.</returns>
    public async ValueTask<bool> WaitAsync(TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var rung = Volatile.Read(ref _rung).Task;
        await rung.WaitAsync(patience, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (!rung.IsCompleted)
            return false;
        // Before what it announces is read: what comes later rings anew.
        Volatile.Write(ref _rung, New());
        return true;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
