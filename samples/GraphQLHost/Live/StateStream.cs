using System.Runtime.CompilerServices;

namespace GraphQLHost.Live;

/// <summary>A state now, and whenever it has changed.</summary>
internal static class StateStream
{
    public static async IAsyncEnumerable<StateAt<TState>> FollowAsync<TKey, TState>(
        LiveFeed feed, StateWatch<TKey, TState> watch, TKey key, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        // In this order: what changes after the position is told by who reads on from it.
        var at = feed.Position ?? await feed.FindEndAsync(cancellationToken);
        var state = await watch.ReadAsync(key, cancellationToken);
        yield return new(at, state);
        var reader = new StateReader<TState>();
        reader.Begin(state);
        watch.Add(key, reader);
        feed.JoinStates(at);
        try
        {
            await foreach (var changed in reader.ReadAllAsync(cancellationToken))
                yield return changed;
        }
        finally
        {
            watch.Remove(key, reader);
            feed.LeaveStates();
        }
    }
}
