using System.Diagnostics.Metrics;

namespace TraceTrack.Caching;

/// <summary>The package's instruments.</summary>
internal sealed class CacheMetrics(TraceTrackMeter meter)
{
    private readonly Counter<long> _reads = meter.Meter.CreateCounter<long>(CachingDiagnostics.Reads, "{key}", "Keys asked for, by the tier that answered");
    private readonly Counter<long> _loads = meter.Meter.CreateCounter<long>(CachingDiagnostics.Loads, "{load}", "Round trips to the store on behalf of the cache");
    private readonly Counter<long> _faults = meter.Meter.CreateCounter<long>(CachingDiagnostics.Faults, "{fault}", "Operations of the second tier that failed");
    private readonly Counter<long> _messages = meter.Meter.CreateCounter<long>(CachingDiagnostics.Messages, "{message}", "Messages about what was written");

    public KindMetrics Of(char kind) => new(CachingDiagnostics.NameOf(kind), _reads, _loads);

    /// <summary>Reports how full memory is, whenever somebody collects.</summary>
    public void Observe(StoreCache cache)
    {
        Gauge(CachingDiagnostics.Entries, "{entry}", "Entries in memory", cache.CountEntries);
        Gauge(CachingDiagnostics.Bytes, "By", "Estimated bytes in memory", cache.CountBytes);
    }

    public void Fault(string operation) => _faults.Add(1, new KeyValuePair<string, object?>(TraceTrackDiagnostics.ActionTag, operation));

    public void Message() => _messages.Add(1);

    private void Gauge(string name, string unit, string description, Func<IEnumerable<(char Kind, long Value)>> values) =>
        meter.Meter.CreateObservableGauge(
            name,
            () => values().Select(value =>
                new Measurement<long>(value.Value, new KeyValuePair<string, object?>(CachingDiagnostics.KindTag, CachingDiagnostics.NameOf(value.Kind)))),
            unit,
            description);
}

/// <summary>The instruments of one kind. A reading nobody listens to costs a branch.</summary>
internal sealed class KindMetrics(string name, Counter<long> reads, Counter<long> loads)
{
    private readonly KeyValuePair<string, object?> _kind = new(CachingDiagnostics.KindTag, name);

    public void MemoryHits(int keys) => Read(keys, "memory");

    public void SharedHits(int keys) => Read(keys, "shared");

    public void Load(int keys)
    {
        loads.Add(1, _kind);
        Read(keys, "store");
    }

    private void Read(int keys, string tier)
    {
        if (keys > 0 && reads.Enabled)
            reads.Add(keys, _kind, new(CachingDiagnostics.TierTag, tier));
    }
}
