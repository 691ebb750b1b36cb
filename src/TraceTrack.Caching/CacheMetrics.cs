using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace TraceTrack.Caching;

/// <summary>The package's instruments.</summary>
internal sealed class CacheMetrics : IDisposable
{
    private readonly Meter? _own;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _loads;
    private readonly Counter<long> _faults;
    private readonly Counter<long> _messages;
    private readonly Dictionary<char, KindMetrics> _kinds = [];

    public CacheMetrics(IServiceProvider services)
    {
        // Without AddMetrics (a unit test's bare container) there is no factory; listeners find the meter by its name all the same.
        var meter = services.GetService<IMeterFactory>()?.Create(CachingDiagnostics.MeterName) ?? (_own = new(CachingDiagnostics.MeterName));
        Meter = meter;
        _reads = meter.CreateCounter<long>(CachingDiagnostics.Reads, "{key}", "Keys asked for, by kind and by the tier that answered.");
        _loads = meter.CreateCounter<long>(CachingDiagnostics.Loads, "{load}", "Round trips to the store on behalf of the cache, by kind.");
        _faults = meter.CreateCounter<long>(CachingDiagnostics.Faults, "{fault}", "Operations of the second tier that failed or took too long.");
        _messages = meter.CreateCounter<long>(CachingDiagnostics.Messages, "{message}", "Messages from other processes about what they wrote.");
    }

    public Meter Meter { get; }

    public KindMetrics Of(char kind)
    {
        lock (_kinds)
        {
            if (!_kinds.TryGetValue(kind, out var metrics))
                _kinds[kind] = metrics = new(CachingDiagnostics.NameOf(kind), _reads, _loads);
            return metrics;
        }
    }

    /// <summary>Reports how full memory is, whenever somebody collects.</summary>
    public void Observe(StoreCache cache)
    {
        Gauge(CachingDiagnostics.Entries, "{entry}", "Entries in memory, by kind.", cache.CountEntries);
        Gauge(CachingDiagnostics.Bytes, "By", "Estimated bytes in memory, by kind.", cache.CountBytes);
    }

    public void Fault(string operation) => _faults.Add(1, new KeyValuePair<string, object?>("operation", operation));

    public void Message() => _messages.Add(1);

    public void Dispose() => _own?.Dispose();

    private void Gauge(string name, string unit, string description, Func<IEnumerable<(char Kind, long Value)>> values) =>
        Meter.CreateObservableGauge(
            name,
            () => values().Select(value => new Measurement<long>(value.Value, new KeyValuePair<string, object?>("kind", CachingDiagnostics.NameOf(value.Kind)))),
            unit,
            description);
}

/// <summary>The instruments of one kind. A reading nobody listens to costs a branch.</summary>
internal sealed class KindMetrics(string name, Counter<long> reads, Counter<long> loads)
{
    private readonly KeyValuePair<string, object?> _kind = new("kind", name);

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
            reads.Add(keys, _kind, new("tier", tier));
    }
}
