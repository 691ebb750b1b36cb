using TraceTrack.Scans;

namespace TraceTrack.DemoData;

public sealed partial class DemoWarehouse
{
    /// <summary>Rows of the scan log.</summary>
    public int HistoryRows { get; }

    /// <summary>
    /// Thirty days of scans that led to these bags, ordered by time: the newest parents being filled, stock being checked, and some
    /// scans that were refused.
    /// </summary>
    /// <param name="until">When the log ends; the last scan is a little earlier.</param>
    /// <param name="actorId">The id a user has in the store; their names when left out.</param>
    public IEnumerable<Scan> History(DateTimeOffset until, Func<DemoUser, string>? actorId = null) =>
        new DemoHistory(this, _noise).Rows(until.ToUniversalTime(), actorId ?? (user => user.Name));

    /// <summary>The same rows, as imports take them.</summary>
    /// <param name="until">When the log ends.</param>
    /// <param name="actorId">The id a user has in the store; their names when left out.</param>
    public IAsyncEnumerable<Scan> HistoryAsync(DateTimeOffset until, Func<DemoUser, string>? actorId = null) =>
        History(until, actorId).ToAsyncEnumerable();
}
