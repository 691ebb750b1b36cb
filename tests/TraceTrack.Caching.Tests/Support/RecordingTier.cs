using System.Collections.Concurrent;

namespace TraceTrack.Caching;

/// <summary>A second tier in this process, which counts what it is asked and can be out of order.</summary>
internal sealed class RecordingTier : ICacheTier
{
    private static readonly byte[] Stamp = new byte[8];
    private readonly ConcurrentDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    public ConcurrentQueue<string[]> Gets { get; } = [];

    public ConcurrentQueue<TierEntry[]> Fills { get; } = [];

    public ConcurrentQueue<TierCommit> Commits { get; } = [];

    public bool IsLost { get; set; }

    public void Set(string key, byte[] envelope) => _entries[key] = envelope;

    public ValueTask<TierAnswer> GetAsync(string[] scopes, string[] keys)
    {
        Gets.Enqueue(keys);
        return new(IsLost
            ? TierAnswer.Nothing
            : new TierAnswer(Stamp, Array.ConvertAll(keys, key => _entries.TryGetValue(key, out var found) ? found : default(ReadOnlyMemory<byte>))));
    }

    public ValueTask FillAsync(string[] scopes, byte[] stamp, IReadOnlyList<TierEntry> entries)
    {
        foreach (var entry in entries)
            _entries[entry.Key] = entry.Envelope;
        Fills.Enqueue([.. entries]);
        return ValueTask.CompletedTask;
    }

    public ValueTask CommitAsync(TierCommit commit)
    {
        Commits.Enqueue(commit);
        return ValueTask.CompletedTask;
    }
}
