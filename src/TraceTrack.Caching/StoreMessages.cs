namespace TraceTrack.Caching;

/// <summary>Where a channel hands over what it heard. It stands between the second tier, which the cache needs, and the cache.</summary>
internal sealed class StoreMessages(CacheMetrics metrics)
{
    private volatile StoreCache? _cache;

    public void ListenFor(StoreCache cache) => _cache = cache;

    public void Receive(ReadOnlySpan<byte> message)
    {
        metrics.Message();
        _cache?.Apply(CacheMessage.FromBytes(message));
    }

    /// <summary>Messages may have been lost: nothing kept in memory can be trusted.</summary>
    public void Missed() => _cache?.Apply(CacheMessage.Everything);
}
