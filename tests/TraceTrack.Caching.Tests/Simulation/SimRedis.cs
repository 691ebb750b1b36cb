namespace TraceTrack.Caching.Simulation;

/// <summary>What a Redis would hold: epochs, entries, and the count of messages. It may lose any of it.</summary>
internal sealed class SimRedis(SimClock clock, History history, ToldWrites told)
{
    private readonly List<SimLink> _links = [];
    private Contents _contents = new([], [], 0);
    private Contents _snapshot = new([], [], 0);

    public IReadOnlyList<SimLink> Links => _links;

    /// <summary>False while the server is dead.</summary>
    public bool IsUp { get; private set; } = true;

    public void Add(SimLink link) => _links.Add(link);

    public TierAnswer Get(TierQuery query)
    {
        foreach (var scope in query.Scopes)
            _contents.Epochs.TryAdd(scope, query.FreshEpoch);
        var epochs = EpochsOf(query.Scopes);
        return new(epochs, [.. query.Keys.Select(key => Find(key, epochs) is { } entry ? entry.Envelope : default)]);
    }

    public void Fill(TierFill fill)
    {
        if (!fill.Scopes.Select(scope => _contents.Epochs.GetValueOrDefault(scope)).SequenceEqual(fill.Epochs))
            return;
        foreach (var entry in fill.Entries)
            Put(entry, [.. fill.Epochs]);
    }

    public IReadOnlyList<long> Commit(TierCommit commit)
    {
        var isExpected = _contents.Epochs.GetValueOrDefault(commit.Scope) == commit.Epoch;
        foreach (var bump in commit.Bumps)
            _contents.Epochs[bump.Scope] = Math.Max(bump.AtLeast, _contents.Epochs.GetValueOrDefault(bump.Scope) + 1);
        if (commit.Puts.Count > 0)
            _contents.Epochs.TryAdd(commit.Scope, commit.FreshEpoch);
        foreach (var put in commit.Puts)
        {
            if (isExpected)
                Put(put, [_contents.Epochs[commit.Scope]]);
            else
                _contents.Entries.Remove(put.Key);
        }

        var epochs = EpochsOf([.. commit.Bumps.Select(bump => bump.Scope)]);
        _contents.Counter++;
        // What it deletes for want of the expected epoch a late fill may bring back; then only the entry's life ends it.
        if (isExpected || commit.Puts.Count == 0)
            history.Told(told.Read(commit.Body).Writes);
        foreach (var link in _links)
            link.Send(new(_contents.Counter, epochs, commit.Body));
        return epochs;
    }

    public TierPulse Pulse(string scope, long freshEpoch)
    {
        _contents.Epochs.TryAdd(scope, freshEpoch);
        return new(_contents.Counter, _contents.Epochs[scope]);
    }

    public void Save() => _snapshot = _contents.Copy();

    public void FlushAll()
    {
        _contents = new([], [], 0);
        history.Lost();
    }

    /// <summary>Connections stay, and what was written since the snapshot is gone.</summary>
    public void FailOver()
    {
        _contents = _snapshot.Copy();
        history.Lost();
    }

    /// <summary>One key goes: an entry, an epoch, or the count of messages.</summary>
    public void Evict(Random chance)
    {
        var place = chance.Next(_contents.Epochs.Count + _contents.Entries.Count + 1);
        if (place < _contents.Epochs.Count)
            _contents.Epochs.Remove(_contents.Epochs.Keys.ElementAt(place));
        else if (place > _contents.Epochs.Count)
            _contents.Entries.Remove(_contents.Entries.Keys.ElementAt(place - _contents.Epochs.Count - 1));
        else
            _contents.Counter = 0;
        history.Lost();
    }

    public void Die()
    {
        IsUp = false;
        foreach (var link in _links)
            link.Break();
    }

    /// <param name="isRestored">From the snapshot; otherwise it has nothing.</param>
    public void Start(bool isRestored)
    {
        IsUp = true;
        _contents = isRestored ? _snapshot.Copy() : new([], [], 0);
        history.Lost();
        foreach (var link in _links)
            link.Restore();
    }

    private long[] EpochsOf(IReadOnlyList<string> scopes) => [.. scopes.Select(scope => _contents.Epochs[scope])];

    private Entry? Find(string key, long[] stamp) =>
        _contents.Entries.TryGetValue(key, out var entry) && entry.EndsAt > clock.Now && entry.Stamp.SequenceEqual(stamp) ? entry : null;

    private void Put(TierEntry entry, long[] stamp)
    {
        if (Find(entry.Key, stamp) is not { } present || present.Version <= entry.Version)
            _contents.Entries[entry.Key] = new(stamp, entry.Version, clock.Now + entry.TimeToLive.Ticks, entry.Envelope);
    }

    private sealed record Entry(long[] Stamp, long Version, long EndsAt, ReadOnlyMemory<byte> Envelope);

    private sealed class Contents(Dictionary<string, long> epochs, Dictionary<string, Entry> entries, long counter)
    {
        public Dictionary<string, long> Epochs => epochs;

        public Dictionary<string, Entry> Entries => entries;

        public long Counter { get; set; } = counter;

        public Contents Copy() => new(new(epochs), new(entries), Counter);
    }
}
