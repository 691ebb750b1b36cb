namespace TraceTrack.Caching;

/// <summary>How long rows are kept, and how much memory they may take. Validated when the host starts.</summary>
/// <remarks>
/// Times are upper bounds: a write replaces what it changed at once. Each kept entry gets 90–100 % of its time, by chance, so that rows read
/// together do not expire together.
/// </remarks>
public sealed class CachingOptions
{
    /// <summary>Where messages say a setting is in the configuration. Any other section can be bound as well.</summary>
    public const string ConfigurationSection = "TraceTrack:Caching";

    /// <summary>Default of <see cref="BagTimeToLive"/>, from the report.</summary>
    public static readonly TimeSpan DefaultBagTimeToLive = TimeSpan.FromMinutes(10);

    /// <summary>Default of <see cref="BillTimeToLive"/>, from the report.</summary>
    public static readonly TimeSpan DefaultBillTimeToLive = TimeSpan.FromMinutes(5);

    /// <summary>Default of <see cref="SearchTimeToLive"/>, from the report.</summary>
    public static readonly TimeSpan DefaultSearchTimeToLive = TimeSpan.FromMinutes(3);

    /// <summary>Default of <see cref="LoginSessionTimeToLive"/>, from the report.</summary>
    public static readonly TimeSpan DefaultLoginSessionTimeToLive = TimeSpan.FromHours(1);

    /// <summary>Default of <see cref="LoginSessionMemoryTimeToLive"/>.</summary>
    public static readonly TimeSpan DefaultLoginSessionMemoryTimeToLive = TimeSpan.FromSeconds(30);

    /// <summary>Default of <see cref="AbsenceTimeToLive"/>.</summary>
    public static readonly TimeSpan DefaultAbsenceTimeToLive = TimeSpan.FromSeconds(30);

    /// <summary>Default of <see cref="StaleTimeToLive"/>.</summary>
    public static readonly TimeSpan DefaultStaleTimeToLive = TimeSpan.FromMinutes(2);

    /// <summary>Default of <see cref="UnheardTimeToLive"/>.</summary>
    public static readonly TimeSpan DefaultUnheardTimeToLive = TimeSpan.FromSeconds(5);

    /// <summary>Default of <see cref="MemoryLimitBytes"/>.</summary>
    public const long DefaultMemoryLimitBytes = 128L * 1024 * 1024;

    /// <summary>The longest a bag is kept in either tier.</summary>
    /// <value>1 second to 1 day; 10 minutes by default (the report's).</value>
    public TimeSpan BagTimeToLive { get; set; } = DefaultBagTimeToLive;

    /// <summary>The longest a bill is kept in either tier.</summary>
    /// <value>1 second to 1 day; 5 minutes by default (the report's).</value>
    public TimeSpan BillTimeToLive { get; set; } = DefaultBillTimeToLive;

    /// <summary>The longest the answer to a search (codes, never rows) is kept in either tier.</summary>
    /// <value>1 second to 1 day; 3 minutes by default (the report's).</value>
    public TimeSpan SearchTimeToLive { get; set; } = DefaultSearchTimeToLive;

    /// <summary>The longest a login session is kept in the second tier.</summary>
    /// <value>1 second to 1 day; 1 hour by default (the report's).</value>
    public TimeSpan LoginSessionTimeToLive { get; set; } = DefaultLoginSessionTimeToLive;

    /// <summary>The longest a login session is kept in memory; without a second tier it bounds how long another process's revocation stays unseen.</summary>
    /// <value>1 second up to <see cref="LoginSessionTimeToLive"/>; 30 seconds by default.</value>
    public TimeSpan LoginSessionMemoryTimeToLive { get; set; } = DefaultLoginSessionMemoryTimeToLive;

    /// <summary>The longest it is remembered that there is no such bag or bill.</summary>
    /// <value>Zero (not remembered) to 1 day; 30 seconds by default.</value>
    public TimeSpan AbsenceTimeToLive { get; set; } = DefaultAbsenceTimeToLive;

    /// <summary>How long after its end a bag or a bill may still be answered from memory when the store fails. Never a login session.</summary>
    /// <value>Zero (never) to 1 day; 2 minutes by default.</value>
    public TimeSpan StaleTimeToLive { get; set; } = DefaultStaleTimeToLive;

    /// <summary>
    /// With a second tier: how long memory may go on answering without a sign that all messages of the other processes have arrived. When there
    /// is none for so long, memory is emptied, and until there is one again it keeps nothing for longer than this. Asked five times as often.
    /// </summary>
    /// <value>1 second to 1 hour; 5 seconds by default.</value>
    public TimeSpan UnheardTimeToLive { get; set; } = DefaultUnheardTimeToLive;

    /// <summary>The memory that kept entries may take, by a careful estimate of their size: 60 % for bags, 10 % each for bills, searches, lists of children and login sessions.</summary>
    /// <value>1 MiB to 1 TiB, in bytes; 128 MiB by default (about 115,000 bags).</value>
    public long MemoryLimitBytes { get; set; } = DefaultMemoryLimitBytes;
}
