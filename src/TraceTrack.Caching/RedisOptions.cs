namespace TraceTrack.Caching;

/// <summary>How the second tier uses Redis. Validated when the host starts.</summary>
public sealed class RedisOptions : SecondTierOptions
{
    /// <summary>Where messages say a setting is in the configuration. Any other section can be bound as well.</summary>
    public const string ConfigurationSection = "TraceTrack:Redis";

    /// <summary>Default of <see cref="KeyPrefix"/>.</summary>
    public const string DefaultKeyPrefix = "tracetrack";

    /// <summary>Default of <see cref="ConnectTimeout"/>.</summary>
    public static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>What every key and channel begins with; the random id of the store follows it, so that two stores never meet.</summary>
    /// <value>1–32 characters of a–z A–Z 0–9 - _ .; <c>tracetrack</c> by default.</value>
    public string KeyPrefix { get; set; } = DefaultKeyPrefix;

    /// <summary>How long the start of the host, or a write that finds no connection yet, waits for the first connection.</summary>
    /// <value>10 milliseconds to 1 minute; 1 second by default. Not used for a connection of the application's own.</value>
    public TimeSpan ConnectTimeout { get; set; } = DefaultConnectTimeout;
}
