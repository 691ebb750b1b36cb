using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TraceTrack.Caching;

/// <summary>The package's instruments.</summary>
internal sealed class CacheMetrics(TraceTrackMeter meter)
{
    private readonly KindInstruments _kinds = new(meter.Meter);
    private readonly Counter<long> _faults = meter.Meter.CreateCounter<long>(CachingDiagnostics.Faults, "{fault}", "Operations of the second tier that failed");
    private readonly Counter<long> _messages = meter.Meter.CreateCounter<long>(CachingDiagnostics.Messages, "{message}", "Messages about what was written");
    private readonly Counter<long> _fences = meter.Meter.CreateCounter<long>(CachingDiagnostics.Fences, "{fence}", "Keys said to be written");
    private readonly Counter<long> _flushes = meter.Meter.CreateCounter<long>(CachingDiagnostics.Flushes, "{flush}", "Times memory was emptied since messages may have been lost");

    public KindMetrics Of(char kind) => new(CachingDiagnostics.NameOf(kind), _kinds);

    /// <summary>Reports how full memory is and how the second tier stands, whenever somebody collects.</summary>
    public void Observe(StoreCache cache)
    {
        Gauge(CachingDiagnostics.Entries, "{entry}", "Entries in memory", cache.CountEntries);
        Gauge(CachingDiagnostics.Bytes, "By", "Estimated bytes in memory", cache.CountBytes);
        meter.Meter.CreateObservableGauge<int>(
            CachingDiagnostics.Breaker, () => cache.Shared is { } shared ? [new(shared.BreakerState)] : [], "{state}",
            "0: the second tier is in use; 1: tried again; 2: left alone");
    }

    public void Fault(string operation) => _faults.Add(1, new KeyValuePair<string, object?>(TraceTrackDiagnostics.ActionTag, operation));

    public void Message() => _messages.Add(1);

    public void Flush() => _flushes.Add(1);

    /// <param name="count">Keys.</param>
    /// <param name="origin">Whose write: own or other.</param>
    public void Fences(int count, string origin)
    {
        if (count > 0)
            _fences.Add(count, new KeyValuePair<string, object?>(CachingDiagnostics.OriginTag, origin));
    }

    private void Gauge(string name, string unit, string description, Func<IEnumerable<(char Kind, long Value)>> values) =>
        meter.Meter.CreateObservableGauge(
            name,
            () => values().Select(value =>
                new Measurement<long>(value.Value, new KeyValuePair<string, object?>(CachingDiagnostics.KindTag, CachingDiagnostics.NameOf(value.Kind)))),
            unit,
            description);
}

/// <summary>The instruments that all kinds share.</summary>
internal sealed class KindInstruments(Meter meter)
{
    public Counter<long> Reads { get; } = meter.CreateCounter<long>(CachingDiagnostics.Reads, "{key}", "Keys asked for, by the tier that answered");

    public Counter<long> Loads { get; } = meter.CreateCounter<long>(CachingDiagnostics.Loads, "{load}", "Round trips to the store on behalf of the cache");

    public Histogram<double> LoadDuration { get; } = meter.CreateHistogram<double>(CachingDiagnostics.LoadDuration, "s", "Round trips to the store on behalf of the cache");

    public Counter<long> Refreshes { get; } = meter.CreateCounter<long>(CachingDiagnostics.Refreshes, "{key}", "Keys loaded anew before their end");

    public Counter<long> StaleAnswers { get; } = meter.CreateCounter<long>(CachingDiagnostics.StaleAnswers, "{key}", "Keys answered after their end, since the store failed");
}

/// <summary>The instruments of one kind, and what is counted whether anybody listens or not. A reading nobody listens to costs a branch.</summary>
internal sealed class KindMetrics(string name, KindInstruments instruments)
{
    private readonly KeyValuePair<string, object?> _kind = new(CachingDiagnostics.KindTag, name);
    private long _sharedHits;
    private long _storeReads;

    public string Name => name;

    public long SharedHitCount => Interlocked.Read(ref _sharedHits);

    public long StoreReadCount => Interlocked.Read(ref _storeReads);

    public void MemoryHits(int keys) => Read(keys, "memory");

    public void SharedHits(int keys)
    {
        Interlocked.Add(ref _sharedHits, keys);
        Read(keys, "shared");
    }

    /// <returns>The time, for <see cref="Loaded"/>.</returns>
    public long Loading(int keys)
    {
        Interlocked.Add(ref _storeReads, keys);
        instruments.Loads.Add(1, _kind);
        Read(keys, "store");
        return instruments.LoadDuration.Enabled ? Stopwatch.GetTimestamp() : 0;
    }

    public void Loaded(long begun)
    {
        if (begun != 0)
            instruments.LoadDuration.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, _kind);
    }

    public void Refreshed(int keys) => instruments.Refreshes.Add(keys, _kind);

    public void Stale(int keys)
    {
        if (keys > 0)
            instruments.StaleAnswers.Add(keys, _kind);
    }

    private void Read(int keys, string tier)
    {
        if (keys > 0 && instruments.Reads.Enabled)
            instruments.Reads.Add(keys, _kind, new(CachingDiagnostics.TierTag, tier));
    }
}
