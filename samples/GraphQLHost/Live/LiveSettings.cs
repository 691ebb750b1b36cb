using GraphQLHost.Server;

namespace GraphQLHost.Live;

/// <summary>What subscriptions may cost, and how often they are looked after.</summary>
internal sealed class LiveSettings
{
    public const string ConfigurationSection = "Live";

    /// <value>Subscriptions open at once on this host; 5,000 by default, half of the connections it takes.</value>
    public int MaxStreams { get; set; } = 5_000;

    /// <value>Subscriptions of one user at once on this host; 1,000 by default: a gateway may stand for a whole site.</value>
    public int MaxStreamsPerUser { get; set; } = 1_000;

    /// <value>Scans that wait for a subscriber who reads slowly; 1,000 by default. One more, and the subscriber is told to resume.</value>
    public int Buffer { get; set; } = 1_000;

    /// <value>How often the feed is read while somebody is subscribed and nothing says that there is news; 250 milliseconds by default.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <value>How often the totals are told at most; 1 second by default.</value>
    public TimeSpan TotalsInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <value>How often a subscriber to whom nothing happens gets a comment, so that nothing on the way takes the connection for dead; 15 seconds by default.</value>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <value>How often it is looked up who a subscriber is by now; 2 seconds by default. Answered by the cache of sessions.</value>
    public TimeSpan SessionCheck { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>How often streams without events are looked at.</value>
    internal TimeSpan Tick => new(Math.Min(Math.Min(KeepAlive.Ticks, SessionCheck.Ticks), TimeSpan.TicksPerSecond));

    public void Check()
    {
        var (least, hour) = (TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        new SettingsRules(ConfigurationSection, typeof(LiveSettings))
            .Within(nameof(MaxStreams), MaxStreams, 0)
            .Within(nameof(MaxStreamsPerUser), MaxStreamsPerUser, 0)
            .Within(nameof(Buffer), Buffer, 1, 1_000_000)
            .Within(nameof(PollInterval), PollInterval, least, hour)
            .Within(nameof(TotalsInterval), TotalsInterval, least, hour)
            .Within(nameof(KeepAlive), KeepAlive, least, hour)
            .Within(nameof(SessionCheck), SessionCheck, least, hour)
            .Check();
    }
}
