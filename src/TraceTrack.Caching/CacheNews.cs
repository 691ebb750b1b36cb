namespace TraceTrack.Caching;

/// <summary>Tells that other processes have written, as the cache hears it by its second tier. <c>UseCaching</c> registers it. It is a hint to look now and not later: without a second tier, or while that fails, nothing is heard.</summary>
public sealed class CacheNews
{
    private readonly StoreCache _cache;

    internal CacheNews(StoreCache cache) => _cache = cache;

    /// <summary>Something was written elsewhere, or may have been. The cache has forgotten what it made old. Raised by whoever receives messages: a handler returns at once, and throws nothing.</summary>
    public event EventHandler? Heard
    {
        add => _cache.Heard += value;
        remove => _cache.Heard -= value;
    }
}
