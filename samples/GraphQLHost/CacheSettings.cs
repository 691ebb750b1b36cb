namespace GraphQLHost;

/// <summary>Whether the host caches at all. How it does is <c>TraceTrack:Caching</c>'s to say.</summary>
internal sealed class CacheSettings
{
    public const string ConfigurationSection = "Cache";

    /// <value>True by default. False asks the database each time: for measuring what the cache brings, or to rule it out.</value>
    public bool Enabled { get; set; } = true;
}
