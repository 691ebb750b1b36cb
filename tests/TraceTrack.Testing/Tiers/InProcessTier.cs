using TraceTrack.Caching;

namespace TraceTrack.Testing;

/// <summary>
/// A second tier within one process: several caches of a test share it. It is also the shortest tier that passes <see cref="CacheTierContract"/>,
/// for whoever writes one.
/// </summary>
public sealed class InProcessTier(TimeProvider clock) : ICacheTier
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _epochs = [];
    private readonly Dictionary<string, Kept> _entries = [];
    private readonly List<ITierListener> _listeners = [];
    private long _messages;

    public ValueTask<TierAnswer> GetAsync(TierQuery query, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var epochs = query.Scopes.Select(scope => EpochOf(scope, query.FreshEpoch)).ToArray();
            var stamp = Stamp(epochs);
            return new(new TierAnswer(epochs, [.. query.Keys.Select(key => Find(key, stamp)?.Envelope ?? default)]));
        }
    }

    public ValueTask FillAsync(TierFill fill, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (fill.Scopes.Zip(fill.Epochs).All(scope => _epochs.GetValueOrDefault(scope.First) == scope.Second))
                Put(fill.Entries, Stamp(fill.Epochs));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<long>> CommitAsync(TierCommit commit, CancellationToken cancellationToken)
    {
        long[] epochs;
        lock (_gate)
        {
            var isExpected = _epochs.GetValueOrDefault(commit.Scope) == commit.Epoch;
            epochs = [.. commit.Bumps.Select(bump => _epochs[bump.Scope] = Math.Max(bump.AtLeast, _epochs.GetValueOrDefault(bump.Scope) + 1))];
            if (isExpected)
                Put(commit.Puts, Stamp([EpochOf(commit.Scope, commit.FreshEpoch)]));
            foreach (var put in isExpected ? [] : commit.Puts)
                _entries.Remove(put.Key);
            var message = new TierMessage(++_messages, epochs, commit.Body);
            foreach (var listener in _listeners)
                listener.Receive(message);
        }

        return new(epochs);
    }

    public ValueTask<TierPulse> PulseAsync(string scope, long freshEpoch, CancellationToken cancellationToken)
    {
        lock (_gate)
            return new(new TierPulse(_messages, EpochOf(scope, freshEpoch)));
    }

    public ValueTask ListenAsync(ITierListener listener, CancellationToken cancellationToken)
    {
        lock (_gate)
            _listeners.Add(listener);
        return ValueTask.CompletedTask;
    }

    private static string Stamp(IEnumerable<long> epochs) => string.Join(' ', epochs);

    private long EpochOf(string scope, long fresh) => _epochs.TryGetValue(scope, out var epoch) ? epoch : _epochs[scope] = fresh;

    private Kept? Find(string key, string stamp) =>
        _entries.TryGetValue(key, out var kept) && kept.Stamp == stamp && kept.EndsAt > clock.GetUtcNow() ? kept : null;

    private void Put(IEnumerable<TierEntry> entries, string stamp)
    {
        foreach (var entry in entries)
        {
            if (Find(entry.Key, stamp) is not { } kept || kept.Version <= entry.Version)
                _entries[entry.Key] = new(stamp, entry.Version, clock.GetUtcNow() + entry.TimeToLive, entry.Envelope);
        }
    }

    private sealed record Kept(string Stamp, long Version, DateTimeOffset EndsAt, ReadOnlyMemory<byte> Envelope);
}
