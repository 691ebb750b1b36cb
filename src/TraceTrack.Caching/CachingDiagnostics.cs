namespace TraceTrack.Caching;

/// <summary>Names of what the cache measures, on the meter <see cref="TraceTrackDiagnostics.MeterName"/>.</summary>
public static class CachingDiagnostics
{
    /// <summary>Counter, <c>{key}</c>: keys asked for, by <see cref="KindTag"/> and <see cref="TierTag"/>.</summary>
    public const string Reads = "tracetrack.cache.reads";

    /// <summary>Counter, <c>{load}</c>: round trips to the store on behalf of the cache, by <see cref="KindTag"/>. Callers who ask for one key at once share one.</summary>
    public const string Loads = "tracetrack.cache.loads";

    /// <summary>Counter, <c>{fault}</c>: operations of the second tier that failed, took too long, or could not be tried, by <see cref="TraceTrackDiagnostics.ActionTag"/> (get, fill, commit).</summary>
    public const string Faults = "tracetrack.cache.faults";

    /// <summary>Counter, <c>{message}</c>: messages received about what was written, this process's own among them.</summary>
    public const string Messages = "tracetrack.cache.messages";

    /// <summary>Gauge, <c>{entry}</c>: entries in memory, by <see cref="KindTag"/>.</summary>
    public const string Entries = "tracetrack.cache.memory.entries";

    /// <summary>Gauge, <c>By</c>: estimated bytes in memory, by <see cref="KindTag"/>.</summary>
    public const string Bytes = "tracetrack.cache.memory.size";

    /// <summary>Tag: <c>bag</c>, <c>bill</c>, <c>session</c> or <c>search</c>.</summary>
    public const string KindTag = "tracetrack.cache.kind";

    /// <summary>Tag: the tier that answered: <c>memory</c>, <c>shared</c>, or <c>store</c> when none did.</summary>
    public const string TierTag = "tracetrack.cache.tier";

    internal static string NameOf(char kind) => kind switch
    {
        BagCodec.Letter => "bag",
        BillCodec.Letter => "bill",
        LoginSessionCodec.Letter => "session",
        SearchCodec.Letter => "search",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}
