namespace TraceTrack.Caching;

/// <summary>Names of what the cache measures, for OpenTelemetry's <c>AddMeter</c> or any other listener.</summary>
public static class CachingDiagnostics
{
    /// <summary>The meter.</summary>
    public const string MeterName = "TraceTrack.Caching";

    /// <summary>Counter, keys: asked for; tags <c>kind</c> (bag, bill, session, search) and <c>tier</c> that answered (memory, shared, store).</summary>
    public const string Reads = "tracetrack.cache.reads";

    /// <summary>Counter, loads: round trips to the store on behalf of the cache; tag <c>kind</c>. Callers who ask for one key at once share one.</summary>
    public const string Loads = "tracetrack.cache.loads";

    /// <summary>Counter, faults: operations of the second tier that failed or took too long; tag <c>operation</c> (get, fill, commit, subscribe).</summary>
    public const string Faults = "tracetrack.cache.faults";

    /// <summary>Counter, messages: received from other processes.</summary>
    public const string Messages = "tracetrack.cache.messages";

    /// <summary>Gauge, entries in memory; tag <c>kind</c>.</summary>
    public const string Entries = "tracetrack.cache.memory.entries";

    /// <summary>Gauge, bytes in memory as estimated; tag <c>kind</c>.</summary>
    public const string Bytes = "tracetrack.cache.memory.size";

    internal static string NameOf(char kind) => kind switch
    {
        BagCodec.Letter => "bag",
        BillCodec.Letter => "bill",
        LoginSessionCodec.Letter => "session",
        SearchCodec.Letter => "search",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}
