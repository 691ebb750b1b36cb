namespace TraceTrack.Caching;

/// <summary>What comes without a load: rows that were written, fences, and the forgetting of everything.</summary>
internal sealed partial class MemoryTier<T>
{
    /// <summary>Keeps what a write left behind after its commit (null: nothing), and fences loads that began before.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The row.</param>
    /// <param name="version">Its version.</param>
    /// <param name="endsAt">The end of its life.</param>
    /// <param name="generation">The generation when the write began: what was forgotten since then may have been told to be old.</param>
    public void Put(string key, T? value, long version, DateTimeOffset endsAt, long generation)
    {
        var stripe = StripeOf(key);
        lock (stripe)
        {
            Raise(stripe, key, version);
            if (generation != _time.Generation || version < stripe.FloorOf(key) || !Keep(key, value, version, endsAt, isTruth: false))
                RemoveOlder(key, version);
        }
    }

    /// <summary>Keeps a row that was read without being asked for, unless something newer is known.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The row.</param>
    /// <param name="version">Its version.</param>
    /// <param name="endsAt">The end of its life.</param>
    /// <param name="generation">The generation when the read began.</param>
    public void Offer(string key, T value, long version, DateTimeOffset endsAt, long generation)
    {
        var stripe = StripeOf(key);
        lock (stripe)
        {
            if (generation == _time.Generation && version >= stripe.CarefulFloorOf(key))
                Keep(key, value, version, endsAt, isTruth: false);
        }
    }

    /// <summary>Forgets what is older than a version, and fences loads that began before.</summary>
    public void Fence(string key, long version)
    {
        var stripe = StripeOf(key);
        lock (stripe)
        {
            Raise(stripe, key, version);
            RemoveOlder(key, version);
        }
    }

    /// <summary>Forgets everything; no load that has begun may be kept. The generation has moved before.</summary>
    public void Clear()
    {
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                foreach (var flight in stripe.Flights.Values)
                    flight.Fence = long.MaxValue;
            }
        }

        _cache.Clear();
    }

    private void Raise(MemoryStripe<T> stripe, string key, long version)
    {
        if (stripe.Flights.TryGetValue(key, out var flight) && flight.Fence < version)
            flight.Fence = version;
        // An outcome that nobody knows has no version that could be a floor.
        if (version != CacheFence.Unknown)
            stripe.Raise(key, version, _time.Exact);
    }

    /// <summary>What was loaded since a write began may be older than what it wrote.</summary>
    private void RemoveOlder(string key, long version)
    {
        if (Peek(key) is { } kept && kept.Version < version)
            _cache.Remove(key);
    }
}
