using System.Collections.Concurrent;

namespace TraceTrack.Caching;

/// <summary>
/// The highest epoch of each scope that this process has heard of. A tier that answers with a lower one has lost data (evicted, restored from
/// an old snapshot, failed over), and what it has may be older than what this process knows.
/// </summary>
internal sealed class TierEpochs(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> _known = new(StringComparer.Ordinal);

    public long Of(string scope) => _known.GetValueOrDefault(scope);

    public long[] Of(IReadOnlyList<string> scopes)
    {
        var known = new long[scopes.Count];
        for (var i = 0; i < known.Length; i++)
            known[i] = Of(scopes[i]);
        return known;
    }

    public void Raise(string scope, long epoch) =>
        _known.AddOrUpdate(scope, static (_, epoch) => epoch, static (_, known, epoch) => Math.Max(known, epoch), epoch);

    /// <summary>An epoch higher than any this process has heard of: microseconds of the clock, so that it is higher than those forgotten too.</summary>
    public long Fresh(IReadOnlyList<string> scopes)
    {
        var fresh = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        for (var i = 0; i < scopes.Count; i++)
            fresh = Math.Max(fresh, Of(scopes[i]) + 1);
        return fresh;
    }

    public long Fresh(string scope) => Fresh([scope]);
}
