namespace TraceTrack.Caching.Simulation;

/// <summary>How long one node has had something to wait for at the store, and how often it has failed there.</summary>
internal sealed class StoreTime(Func<long> now)
{
    private readonly Lock _gate = new();
    private int _pending;
    private long _since;
    private long _total;

    public int Failures { get; private set; }

    public long Total
    {
        get
        {
            lock (_gate)
                return _total + (_pending > 0 ? now() - _since : 0);
        }
    }

    public void Begin()
    {
        lock (_gate)
        {
            if (_pending++ == 0)
                _since = now();
        }
    }

    public void End(bool hasFailed)
    {
        lock (_gate)
        {
            if (hasFailed)
                Failures++;
            if (--_pending == 0)
                _total += now() - _since;
        }
    }
}
