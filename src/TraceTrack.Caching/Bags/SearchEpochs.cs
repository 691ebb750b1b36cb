using System.Collections.Concurrent;

namespace TraceTrack.Caching;

/// <summary>How often the codes of an area have changed, as far as this process knows.</summary>
internal sealed class SearchEpochs
{
    private readonly ConcurrentDictionary<string, long> _epochs = new(StringComparer.Ordinal);
    private long _all;

    /// <summary>Grows with every bump of the area and every bump of all.</summary>
    public long Of(string scope) => Interlocked.Read(ref _all) + _epochs.GetValueOrDefault(scope);

    public void Bump(string scope)
    {
        if (scope == CacheScopes.All)
            Interlocked.Increment(ref _all);
        else
            _epochs.AddOrUpdate(scope, 1, static (_, epoch) => epoch + 1);
    }
}
