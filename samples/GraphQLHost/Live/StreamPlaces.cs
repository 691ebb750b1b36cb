using GraphQLHost.Engines;
using TraceTrack.Users;

namespace GraphQLHost.Live;

/// <summary>Counts open subscriptions, of the host and of each user.</summary>
internal sealed class StreamPlaces(LiveSettings settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private int _all;

    public int Taken => Volatile.Read(ref _all);

    /// <returns>Disposed when the subscription ends.</returns>
    /// <exception cref="GraphQLErrorException">TOO_MANY_SUBSCRIPTIONS.</exception>
    public IDisposable Take(Actor actor)
    {
        lock (_lock)
        {
            if (_all >= settings.MaxStreams)
                throw TooMany("This server has as many subscriptions open as it takes. Try again later.", settings.MaxStreams, "host");
            var own = _users.GetValueOrDefault(actor.Id);
            if (own >= settings.MaxStreamsPerUser)
                throw TooMany("You have as many subscriptions open as one user may. End some of them.", settings.MaxStreamsPerUser, "user");
            _users[actor.Id] = own + 1;
            _all++;
        }

        return new Place(this, actor.Id);
    }

    private static GraphQLErrorException TooMany(string message, int most, string of) => new(new GraphQLError(
        HostErrorCodes.TooManySubscriptions, message, new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = most, ["of"] = of }));

    private void Leave(string user)
    {
        lock (_lock)
        {
            _all--;
            if (--_users[user] == 0)
                _users.Remove(user);
        }
    }

    private sealed class Place(StreamPlaces places, string user) : IDisposable
    {
        private bool _isLeft;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isLeft, true))
                places.Leave(user);
        }
    }
}
