namespace TraceTrack.Caching.Simulation;

/// <summary>How old an answer may be, from what the options say.</summary>
/// <param name="Caching">The nodes' options.</param>
/// <param name="SecondTier">The nodes' options.</param>
/// <param name="Slack">What a real machine adds.</param>
internal sealed record HistoryBounds(CachingOptions Caching, SecondTierOptions SecondTier, TimeSpan Slack)
{
    private const int PulsesPerSilence = 5;

    private TimeSpan Pulse => Caching.UnheardTimeToLive / PulsesPerSilence;

    /// <summary>
    /// When the second tier knows of a write and has kept that, but its message was lost: the silence that is borne, until the pulse that notices
    /// it and the one before, either of which may have met with time-outs (of a debt, of the pulse itself).
    /// </summary>
    public long Unheard => (Caching.UnheardTimeToLive + (2 * Pulse) + (2 * SecondTier.OperationTimeout) + CacheTime.Step + Slack).Ticks;

    /// <summary>When the second tier was told, how long before must it not have lost its count of messages.</summary>
    public long Settled => 2 * Unheard;

    /// <summary>When the tier was not told, or has lost what it was told.</summary>
    public long Life(string key) => (Slack + key[0] switch
    {
        BagCodec.Letter or ChildrenCodec.Letter => Caching.BagTimeToLive,
        BillCodec.Letter => Caching.BillTimeToLive,
        SearchCodec.Letter => Caching.SearchTimeToLive,
        _ => Caching.LoginSessionTimeToLive,
    }).Ticks;

    /// <summary>What may be added while the store fails.</summary>
    public long Stale(string key) => key[0] is BagCodec.Letter or BillCodec.Letter ? Caching.StaleTimeToLive.Ticks : 0;

    /// <summary>The most that a caller waits for the second tier.</summary>
    public long Wait => (SecondTier.OperationTimeout + TimeSpan.FromMilliseconds(1) + Slack).Ticks;
}
