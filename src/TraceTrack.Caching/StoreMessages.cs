namespace TraceTrack.Caching;

/// <summary>Where a channel hands over what it heard. It stands between the second tier, which the cache needs, and the cache.</summary>
internal sealed class StoreMessages(CacheMetrics metrics)
{
    private volatile StoreCache? _cache;

    public void ListenFor(StoreCache cache) => _cache = cache;

    public void Receive(ReadOnlySpan<byte> message)
    {
        metrics.Message();
        Apply(CacheMessage.FromBytes(message));
    }

    /// <summary>Messages may have been lost: nothing kept in memory can be trusted.</summary>
    public void Missed() => Apply(CacheMessage.Everything);

    private void Apply(CacheMessage message)
    {
        try
        {
            _cache?.Apply(message);
        }
        catch (ObjectDisposedException)
        {
            // The application ends; the connection is closed after the cache.
        }
    }
}
