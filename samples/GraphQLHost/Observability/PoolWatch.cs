using System.Diagnostics.Metrics;

namespace GraphQLHost.Observability;

/// <param name="InUse">Connections that somebody uses.</param>
/// <param name="Idle">Open ones that nobody uses.</param>
/// <param name="Max">The most there may be.</param>
/// <param name="Waiting">Who waits for one.</param>
internal sealed record PoolFigures(int InUse, int Idle, int Max, int Waiting);

/// <summary>The pool of connections to PostgreSQL, from what Npgsql measures anyway; asking for it takes no connection.</summary>
internal sealed class PoolWatch : IDisposable
{
    private const string Connections = "db.client.connection.count";
    private const string Most = "db.client.connection.max";
    private const string Pending = "db.client.connection.npgsql.pending_requests";
    private const string State = "db.client.connection.state";

    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private int _inUse;
    private int _idle;
    private int _max;
    private int _waiting;

    public PoolWatch()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Npgsql" && instrument.Name is Connections or Most or Pending)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, (int)value, tags));
        _listener.Start();
    }

    /// <returns>The figures of all pools of this process; null when there is none.</returns>
    public PoolFigures? Read()
    {
        lock (_lock)
        {
            (_inUse, _idle, _max) = (0, 0, 0);
            _listener.RecordObservableInstruments();
            return _max == 0 ? null : new(_inUse, _idle, _max, Math.Max(0, _waiting));
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        switch (instrument.Name)
        {
            case Pending when instrument.IsObservable:
                _waiting = value;
                break;
            case Pending:
                Interlocked.Add(ref _waiting, value);
                break;
            case Most:
                _max += value;
                break;
            default:
                var isIdle = false;
                foreach (var (name, tag) in tags)
                    isIdle |= name == State && tag is "idle";
                _ = isIdle ? _idle += value : _inUse += value;
                break;
        }
    }
}
