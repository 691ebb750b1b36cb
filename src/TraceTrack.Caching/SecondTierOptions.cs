namespace TraceTrack.Caching;

/// <summary>How patient the cache is with its second tier. Validated when the host starts.</summary>
public class SecondTierOptions
{
    /// <summary>Where messages say a setting is in the configuration. Any other section can be bound as well.</summary>
    public const string SecondTierSection = "TraceTrack:SecondTier";

    /// <summary>Default of <see cref="OperationTimeout"/>.</summary>
    public static readonly TimeSpan DefaultOperationTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>Default of <see cref="RetryAfter"/>.</summary>
    public static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>How long one operation may take before the store is asked instead.</summary>
    /// <value>5 milliseconds to 10 seconds; 250 milliseconds by default.</value>
    public TimeSpan OperationTimeout { get; set; } = DefaultOperationTimeout;

    /// <summary>How long the second tier is left alone after a failure; then one operation tries whether it is back.</summary>
    /// <value>10 milliseconds to 1 minute; 1 second by default.</value>
    public TimeSpan RetryAfter { get; set; } = DefaultRetryAfter;
}
