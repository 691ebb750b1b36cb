using System.Threading.Channels;
using TraceTrack.Scans;

namespace GraphQLHost.Live;

/// <summary>A state, and the position of the feed at which it was looked up: scans after it may have changed the state since.</summary>
internal sealed record StateAt<T>(EventPosition At, T State);

/// <summary>One subscriber to a state. Only the newest waits for it, so that one who reads slowly leaves states out and costs nothing.</summary>
internal sealed class StateReader<T>
{
    private readonly Channel<StateAt<T>> _newest =
        Channel.CreateBounded<StateAt<T>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private T? _last;

    /// <summary>What it was told first.</summary>
    public void Begin(T state) => _last = state;

    public void Offer(StateAt<T> state)
    {
        if (EqualityComparer<T>.Default.Equals(state.State, _last))
            return;
        _last = state.State;
        _newest.Writer.TryWrite(state);
    }

    public IAsyncEnumerable<StateAt<T>> ReadAllAsync(CancellationToken cancellationToken) => _newest.Reader.ReadAllAsync(cancellationToken);
}

/// <summary>States that somebody is subscribed to. All are looked up together, and each subscriber is told when its own has changed.</summary>
internal sealed class StateWatch<TKey, TState>(
    Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyList<TState>>> load, TimeSpan interval, TimeProvider clock)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, HashSet<StateReader<TState>>> _readers = [];
    private long _lastLook;

    public bool IsWanted
    {
        get
        {
            lock (_lock)
                return _readers.Count > 0;
        }
    }

    public async ValueTask<TState> ReadAsync(TKey key, CancellationToken cancellationToken) => (await load([key], cancellationToken))[0];

    public void Add(TKey key, StateReader<TState> reader)
    {
        lock (_lock)
        {
            if (!_readers.TryGetValue(key, out var readers))
                _readers.Add(key, readers = []);
            readers.Add(reader);
        }
    }

    public void Remove(TKey key, StateReader<TState> reader)
    {
        lock (_lock)
        {
            if (_readers.TryGetValue(key, out var readers) && readers.Remove(reader) && readers.Count == 0)
                _readers.Remove(key);
        }
    }

    /// <summary>Looks whether something has changed, unless it is too early for that.</summary>
    public async ValueTask LookAsync(EventPosition at, CancellationToken cancellationToken)
    {
        TKey[] keys;
        lock (_lock)
        {
            if (_readers.Count == 0 || (_lastLook != 0 && clock.GetElapsedTime(_lastLook) < interval))
                return;
            keys = [.. _readers.Keys];
        }

        var states = await load(keys, cancellationToken);
        lock (_lock)
        {
            _lastLook = clock.GetTimestamp();
            for (var i = 0; i < keys.Length; i++)
            {
                foreach (var reader in _readers.GetValueOrDefault(keys[i]) ?? [])
                    reader.Offer(new(at, states[i]));
            }
        }
    }
}
