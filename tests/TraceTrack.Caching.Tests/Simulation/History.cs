namespace TraceTrack.Caching.Simulation;

/// <summary>
/// Everything written to the one store and everything read through the nodes' caches, and the rules that both together must keep. A rule that
/// is broken is a text in <see cref="Violations"/>.
/// </summary>
internal sealed class History
{
    private readonly HistoryBounds _bounds;
    private readonly Func<IEnumerable<(string Key, object? Value)>> _look;
    private readonly Func<long> _now;
    private readonly Notes _notes;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeyHistory> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Node, string Key), long> _known = [];
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<WriteOperation>> _untold = [];
    private long _number;
    private long _agreed;
    private long _lostAt = long.MinValue;

    /// <param name="bounds">How old answers may be.</param>
    /// <param name="look">Reads the store.</param>
    /// <param name="now">The time in ticks.</param>
    /// <param name="notes">What is kept for a reader.</param>
    public History(HistoryBounds bounds, Func<IEnumerable<(string Key, object? Value)>> look, Func<long> now, Notes notes)
    {
        (_bounds, _look, _now, _notes) = (bounds, look, now, notes);
        foreach (var (key, value) in look())
            _keys.Add(key, new(value, now()));
    }

    public List<string> Violations { get; } = [];

    public HistoryBounds Bounds => _bounds;

    /// <summary>Whether the second tier ever lost something: then only times to live end what is old.</summary>
    public bool HasLost => _lostAt != long.MinValue;

    public int Reads { get; private set; }

    public long Writes => _number;

    /// <summary>Runs a transaction and notes what it changed.</summary>
    public T Commit<T>(Func<T> write)
    {
        lock (_gate)
        {
            Look();
            try
            {
                return write();
            }
            finally
            {
                Look();
            }
        }
    }

    /// <summary>A write has come back to who asked for it: this node may not go behind it any more.</summary>
    public void Returned(WriteOperation write)
    {
        lock (_gate)
        {
            Raise(write.Node, write);
            if (write.Changes.Count > 0 && write.ToldAt is null)
                Untold(write.Node).Add(write);
        }
    }

    /// <summary>What a node could not tell of so far; voiding everything tells of it.</summary>
    public WriteOperation[] UntoldOf(int node)
    {
        lock (_gate)
            return [.. Untold(node)];
    }

    /// <summary>A write has shown a row to a node as it stands.</summary>
    public void Shown(int node, string key, object row)
    {
        lock (_gate)
            Raise(node, key, _keys[key].NumberOf(row));
    }

    /// <summary>The second tier knows of writes from now on.</summary>
    public void Told(IEnumerable<WriteOperation> writes)
    {
        lock (_gate)
        {
            foreach (var write in writes)
                write.ToldAt ??= _now();
        }
    }

    /// <summary>A node has heard of writes.</summary>
    public void Heard(int node, IEnumerable<WriteOperation> writes)
    {
        lock (_gate)
        {
            foreach (var write in writes)
                Raise(node, write);
        }
    }

    /// <summary>The second tier has lost something.</summary>
    public void Lost()
    {
        lock (_gate)
            _lostAt = _now();
    }

    /// <summary>From now on nobody may be behind what the store has.</summary>
    public void Agree()
    {
        lock (_gate)
            _agreed = _number;
    }

    public ReadOperation BeginRead(int node, string key)
    {
        lock (_gate)
        {
            Reads++;
            var history = Of(key);
            var (at, life, stale) = (_now(), _bounds.Life(key), _bounds.Stale(key));
            var known = Math.Max(_agreed, _known.GetValueOrDefault((node, key)));
            return new(node, key, at, known, Math.Max(known, DueAfter(0)), Math.Max(known, DueAfter(stale)));

            long DueAfter(long more) => history.LastThat(state =>
                state.At + life + more <= at
                || (state.Write?.ToldAt is { } told && told + _bounds.Unheard + more <= at && _lostAt < told - _bounds.Settled));
        }
    }

    /// <param name="read">What <see cref="BeginRead"/> gave.</param>
    /// <param name="value">The answer.</param>
    /// <param name="hasStoreFailed">Whether the store failed meanwhile, so that an answer beyond its end was allowed.</param>
    public void EndRead(ReadOperation read, object? value, bool hasStoreFailed)
    {
        lock (_gate)
        {
            var least = hasStoreFailed ? read.LeastWhenStale : read.Least;
            _notes.Add(read.Node, "read", Alias(read.Key), Text(value));
            if (_keys[read.Key].WasCurrentSince(least, value))
                return;
            var rule = !_keys[read.Key].WasCurrentSince(0, value) ? "was never current"
                : !_keys[read.Key].WasCurrentSince(read.Known, value) ? "is older than what this node knew"
                : "is older than the bound";
            Break($"node {read.Node} read {Alias(read.Key)}, and the answer {Text(value)} {rule}; asked at {read.At}, state {least} was due.", Alias(read.Key));
        }
    }

    /// <summary>Notes that a rule was broken.</summary>
    public void Break(string rule, string? key = null)
    {
        lock (_gate)
        {
            _notes.Add(-1, "VIOLATION", "", rule);
            if (Violations.Count < 5)
                Violations.Add($"{rule}\n{_notes.About(key, 60)}");
        }
    }

    /// <summary>What the store has now.</summary>
    public object? Now(string key)
    {
        lock (_gate)
            return Of(key).Last.Value;
    }

    public string[] Keys()
    {
        lock (_gate)
            return [.. _keys.Keys];
    }

    /// <summary>A name that is the same in each run.</summary>
    public string Alias(string key)
    {
        if (!key.StartsWith($"{LoginSessionCodec.Letter}:", StringComparison.Ordinal))
            return key;
        lock (_gate)
        {
            if (!_aliases.TryGetValue(key, out var alias))
                _aliases.Add(key, alias = $"s:{_aliases.Count + 1}");
            return alias;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "nothing",
        Bags.Bag bag => $"v{bag.Version}",
        Bills.Bill bill => $"v{bill.Version}",
        _ => value.ToString()!,
    };

    /// <summary>Compares the store with what it had before; what differs was written by the present operation.</summary>
    private void Look()
    {
        var number = _number + 1;
        foreach (var (key, value) in _look())
        {
            var history = Of(key);
            if (Equals(history.Last.Value, value))
                continue;
            _number = number;
            var write = WriteOperation.Current ?? throw new InvalidOperationException($"Nobody wrote {key}.");
            history.Add(number, _now(), value, write);
            write.Changes.Add((key, number));
            _notes.Add(write.Node, $"{write.Name} commits", Alias(key), Text(value));
        }
    }

    private KeyHistory Of(string key)
    {
        if (!_keys.TryGetValue(key, out var history))
            _keys.Add(key, history = new(null, _now()));
        return history;
    }

    private List<WriteOperation> Untold(int node)
    {
        if (!_untold.TryGetValue(node, out var writes))
            _untold.Add(node, writes = []);
        writes.RemoveAll(static write => write.ToldAt is not null);
        return writes;
    }

    private void Raise(int node, WriteOperation write)
    {
        foreach (var (key, number) in write.Changes)
            Raise(node, key, number);
    }

    private void Raise(int node, string key, long number) => _known[(node, key)] = Math.Max(number, _known.GetValueOrDefault((node, key)));

    /// <param name="Node">Who reads.</param>
    /// <param name="Key">What.</param>
    /// <param name="At">From when.</param>
    /// <param name="Known">The number of the state that the node knew of.</param>
    /// <param name="Least">That of the state the answer may not be behind.</param>
    /// <param name="LeastWhenStale">The same when the store fails.</param>
    internal readonly record struct ReadOperation(int Node, string Key, long At, long Known, long Least, long LeastWhenStale);
}
