using TraceTrack.Users;

namespace GraphQLHost.Engines;

/// <summary>
/// A subscription under way, as its field and the engines see it. Its document is run once to begin it, when the field gives the events' source, and
/// then once for each event, when the field gives that event. So each event is answered as a query would be now: by who the subscriber is now.
/// </summary>
internal sealed class LiveStream(Actor? actor) : IDisposable
{
    /// <summary>What the field gives when it has begun; nobody sees it.</summary>
    public static readonly object Begun = new();

    private volatile Actor? _actor = actor;

    /// <summary>Who the subscriber is by now.</summary>
    public Actor? Actor => _actor;

    /// <summary>The events; null until the field has begun.</summary>
    public IAsyncEnumerable<object>? Source { get; set; }

    /// <summary>Whether running the document once has begun the subscription, and there are events to come.</summary>
    public bool HasBegun(GraphQLResult result) => Source is not null && !result.ErrorCodes.Any();

    /// <summary>Throws when somebody may not have the subscription, or not any more.</summary>
    public Action<Actor>? Demand { get; set; }

    /// <summary>What the subscription holds as long as it lasts.</summary>
    public IDisposable? Place { get; set; }

    /// <exception cref="TraceTrack.TraceTrackException">That is nobody who may have the subscription.</exception>
    public void Become(Actor? actor)
    {
        if (actor == _actor)
            return;
        if (actor is null)
            throw new GraphQLErrorException(HostErrorCodes.Unauthenticated, "The session has ended. Log in again.");
        Demand?.Invoke(actor);
        _actor = actor;
    }

    public void Dispose() => Place?.Dispose();
}
