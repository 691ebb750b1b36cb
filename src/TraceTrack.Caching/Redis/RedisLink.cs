using StackExchange.Redis;

namespace TraceTrack.Caching;

/// <summary>A connection together with the names that belong to this store.</summary>
internal sealed class RedisLink(IConnectionMultiplexer multiplexer, string keyPrefix, Guid storeId)
{
    // The braces keep all keys of a store in one slot of a cluster, so that one MGET and one script reach them.
    private readonly string _prefix = $"{keyPrefix}:{{{storeId:N}}}:";
    private readonly RedisKey _prefixBytes = System.Text.Encoding.ASCII.GetBytes($"{keyPrefix}:{{{storeId:N}}}:");

    public IConnectionMultiplexer Multiplexer => multiplexer;

    public IDatabase Database { get; } = multiplexer.GetDatabase();

    public RedisChannel Channel { get; } = RedisChannel.Literal($"{keyPrefix}:{{{storeId:N}}}:changes");

    public RedisKey Counter { get; } = $"{keyPrefix}:{{{storeId:N}}}:messages";

    /// <summary>The prefix is bytes that all keys share, and not copied into each.</summary>
    public RedisKey Entry(string key) => ((RedisKey)key).Prepend(_prefixBytes);

    public RedisKey Scope(string scope) => $"{_prefix}scope:{scope}";
}
