namespace TraceTrack.LoadTest.Host;

/// <summary>
/// When each request of an open loop is due: at a fixed rate, whatever became of those before it. A request that waits for an earlier one's
/// answer is late, and its waiting counts.
/// </summary>
internal readonly record struct Pace(int Users, double PerSecond)
{
    /// <summary>The users take turns, so the requests of all are evenly spread.</summary>
    /// <param name="user">0 up to the number of users.</param>
    /// <param name="request">0 for the user's first.</param>
    /// <returns>After the beginning.</returns>
    public TimeSpan Due(int user, long request) => TimeSpan.FromSeconds((user + (request * (double)Users)) / PerSecond);

    /// <summary>How long a request took for whoever wanted it answered at its time.</summary>
    /// <param name="due">When it was due.</param>
    /// <param name="sent">When it was sent: as a rule a little later, or up to a millisecond earlier, since timers are that coarse.</param>
    /// <param name="answered">When its answer was there.</param>
    public static TimeSpan Latency(TimeSpan due, TimeSpan sent, TimeSpan answered) => answered - (sent < due ? sent : due);
}
