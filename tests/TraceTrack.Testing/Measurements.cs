using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TraceTrack.Testing;

/// <summary>An application's meter factory that keeps what is measured, apart from every other test's. Register it as <see cref="IMeterFactory"/>.</summary>
public sealed class Measurements : IMeterFactory
{
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _all = new();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentBag<Meter> _meters = [];

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public Meter Create(MeterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>Asks the gauges now.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    /// <summary>The measurements of an instrument, in order.</summary>
    public double[] Values(string name) => [.. _all.Where(one => one.Name == name).Select(one => one.Value)];

    /// <summary>Each combination of tags (sorted, as name=value) with the sum measured under it.</summary>
    public IReadOnlyDictionary<string, double> Sums(string name) => _all
        .Where(one => one.Name == name)
        .GroupBy(one => one.Tags, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(one => one.Value), StringComparer.Ordinal);

    public IReadOnlySet<string> Names => _all.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters)
            meter.Dispose();
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _all.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal))));
}
