namespace TraceTrack.Caching;

/// <summary>How well this process's cache does, for an application's own dashboards. <c>UseCaching</c> registers it. The same is measured, kind by kind, by <see cref="CachingDiagnostics"/>.</summary>
public sealed class CacheStatistics
{
    private readonly StoreCache _cache;

    internal CacheStatistics(StoreCache cache) => _cache = cache;

    /// <summary>What was asked for since the process began.</summary>
    /// <returns>Counts at about the same moment.</returns>
    public CacheReads Read() => _cache.CountReads();
}

/// <summary>Keys (bags, bills, searches, lists of children, login sessions) asked for, by the tier that answered.</summary>
/// <param name="Memory">Answered by this process's memory.</param>
/// <param name="Shared">Answered by the second tier.</param>
/// <param name="Store">Asked of the store, by somebody's question or to refresh memory.</param>
public readonly record struct CacheReads(long Memory, long Shared, long Store)
{
    /// <summary>The part that the store was not asked for: 0 to 1; 0 before the first question.</summary>
    public double HitRatio => Memory + Shared + Store is > 0 and var all ? (Memory + Shared) / (double)all : 0;
}
