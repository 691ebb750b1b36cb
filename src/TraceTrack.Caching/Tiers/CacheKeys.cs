namespace TraceTrack.Caching;

internal static class CacheKeys
{
    /// <summary>Kind and key, as tiers and messages name an entry.</summary>
    public static string Shared<T>(CacheCodec<T> codec, string key)
        where T : class => Shared(codec.Kind, codec.SharedKey(key));

    public static string Shared(char kind, string key) => $"{kind}:{key}";
}
