using System.Reflection;

namespace TraceTrack.Caching;

/// <summary>Names of what the cache measures, on the meter <see cref="TraceTrackDiagnostics.MeterName"/>.</summary>
public static class CachingDiagnostics
{
    /// <summary>Counter, <c>{key}</c>: keys asked for, by <see cref="KindTag"/> and <see cref="TierTag"/>.</summary>
    public const string Reads = "tracetrack.cache.reads";

    /// <summary>Counter, <c>{load}</c>: round trips to the store on behalf of the cache, by <see cref="KindTag"/>. Callers who ask for one key at once share one.</summary>
    public const string Loads = "tracetrack.cache.loads";

    /// <summary>Counter, <c>{fault}</c>: operations of the second tier that failed, took too long, or could not be tried, by <see cref="TraceTrackDiagnostics.ActionTag"/> (get, fill, commit, pulse).</summary>
    public const string Faults = "tracetrack.cache.faults";

    /// <summary>Counter, <c>{message}</c>: messages received about what was written, this process's own among them.</summary>
    public const string Messages = "tracetrack.cache.messages";

    /// <summary>Histogram, <c>s</c>: one round trip to the store on behalf of the cache, by <see cref="KindTag"/>.</summary>
    public const string LoadDuration = "tracetrack.cache.load.duration";

    /// <summary>Counter, <c>{key}</c>: keys loaded anew shortly before their end because somebody asked for them, by <see cref="KindTag"/>.</summary>
    public const string Refreshes = "tracetrack.cache.refreshes";

    /// <summary>Counter, <c>{key}</c>: keys answered after their end because the store failed, by <see cref="KindTag"/>.</summary>
    public const string StaleAnswers = "tracetrack.cache.stale_answers";

    /// <summary>Counter, <c>{fence}</c>: keys said to be written, by <see cref="OriginTag"/>.</summary>
    public const string Fences = "tracetrack.cache.fences";

    /// <summary>Counter, <c>{flush}</c>: times that memory was emptied because messages may have been lost.</summary>
    public const string Flushes = "tracetrack.cache.flushes";

    /// <summary>Gauge, <c>{state}</c>: 0 while the second tier is in use, 1 while one operation tries it again, 2 while it is left alone.</summary>
    public const string Breaker = "tracetrack.cache.breaker";

    /// <summary>Activity: one round trip to the store on behalf of the cache, with <see cref="KindTag"/> and <see cref="TraceTrackDiagnostics.CountTag"/>.</summary>
    public const string LoadActivity = "tracetrack.cache.load";

    /// <summary>Beginning of the names of activities for round trips to the second tier: get, fill and commit follow.</summary>
    public const string ActivityPrefix = "tracetrack.cache.";

    /// <summary>Tag: <c>own</c> for this process's writes, <c>other</c> for what others told.</summary>
    public const string OriginTag = "tracetrack.cache.origin";

    /// <summary>Gauge, <c>{entry}</c>: entries in memory, by <see cref="KindTag"/>.</summary>
    public const string Entries = "tracetrack.cache.memory.entries";

    /// <summary>Gauge, <c>By</c>: estimated bytes in memory, by <see cref="KindTag"/>.</summary>
    public const string Bytes = "tracetrack.cache.memory.size";

    /// <summary>Tag: <c>bag</c>, <c>bill</c>, <c>session</c>, <c>search</c> or <c>children</c>.</summary>
    public const string KindTag = "tracetrack.cache.kind";

    /// <summary>Tag: the tier that answered: <c>memory</c>, <c>shared</c>, or <c>store</c> when none did.</summary>
    public const string TierTag = "tracetrack.cache.tier";

    internal static readonly string? Version = typeof(CachingDiagnostics).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    internal static string NameOf(char kind) => kind switch
    {
        BagCodec.Letter => "bag",
        BillCodec.Letter => "bill",
        LoginSessionCodec.Letter => "session",
        SearchCodec.Letter => "search",
        ChildrenCodec.Letter => "children",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}
