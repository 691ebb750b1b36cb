using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace TraceTrack.Caching;

/// <summary>
/// The first tier: values as they are, one private <see cref="MemoryCache"/> for each kind, keyed by the code's own string, within a budget
/// of bytes. It also holds the loads under way, because keeping a value, fencing a key and starting a load must see one another.
/// </summary>
/// <remarks>
/// A hit takes no lock, reads no clock of its own and allocates nothing. Everything else about a key happens under one of 64 locks.
/// A fence needs no memory of its own: a load that starts after a write's commit sees the write, and one that started before is in the
/// table of flights, where the fence marks it.
/// </remarks>
internal sealed class MemoryTier<T> : IDisposable
    where T : class
{
    private const int Stripes = 64;

    private readonly CacheCodec<T> _codec;
    private readonly MemoryCache _cache;
    private readonly Dictionary<string, Flight<T>>[] _stripes = new Dictionary<string, Flight<T>>[Stripes];

    public MemoryTier(CacheCodec<T> codec, long limitBytes, TimeProvider clock)
    {
        _codec = codec;
        _cache = new(new MemoryCacheOptions { SizeLimit = limitBytes, Clock = new CacheClock(clock), TrackStatistics = true });
        for (var i = 0; i < Stripes; i++)
            _stripes[i] = new(StringComparer.Ordinal);
    }

    public long Count => _cache.Count;

    public long Bytes => _cache.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    public bool TryGet(string key, [NotNullWhen(true)] out MemoryEntry<T>? entry)
    {
        if (_cache.TryGetValue(key, out var found))
        {
            entry = (MemoryEntry<T>)found!;
            return true;
        }

        entry = null;
        return false;
    }

    /// <summary>Joins the load of a key that is under way, or begins one, unless the key has been kept since the caller looked.</summary>
    /// <param name="key">The key.</param>
    /// <param name="begun">True when the caller must load it, and land or fail the flight.</param>
    public Flight<T> Join(string key, out bool begun)
    {
        var flights = StripeOf(key);
        lock (flights)
        {
            if (TryGet(key, out var kept))
            {
                begun = false;
                return Flight<T>.Landed(key, kept.Value);
            }

            // A fenced load may end with the value of before the fence; who asks only now must not get that.
            if (flights.TryGetValue(key, out var flight) && !flight.IsFenced)
            {
                begun = false;
                return flight;
            }

            begun = true;
            return flights[key] = new(key);
        }
    }

    /// <summary>Ends a load: answers all who wait, and keeps the value unless something newer is known.</summary>
    /// <returns>False when what was loaded is already known to be old.</returns>
    public bool Land(Flight<T> flight, T? value, long version, TimeSpan timeToLive)
    {
        var flights = StripeOf(flight.Key);
        bool isCurrent;
        lock (flights)
        {
            // One that a fence has made others leave no longer hears of fences, so it cannot tell any more whether its value is old.
            isCurrent = Remove(flights, flight) && version >= flight.Fence;
            if (isCurrent && timeToLive > TimeSpan.Zero)
                Keep(flight.Key, value, version, timeToLive);
        }

        flight.Land(value);
        return isCurrent;
    }

    public void Fail(Flight<T> flight, Exception error)
    {
        var flights = StripeOf(flight.Key);
        lock (flights)
            Remove(flights, flight);
        flight.Fail(error);
    }

    /// <summary>Keeps what a write left behind after its commit (null: nothing), and fences loads that began before.</summary>
    public void Put(string key, T? value, long version, TimeSpan timeToLive)
    {
        var flights = StripeOf(key);
        lock (flights)
        {
            FenceFlight(flights, key, version);
            Keep(key, value, version, timeToLive);
        }
    }

    /// <summary>Forgets what is older than a version, and fences loads that began before.</summary>
    public void Fence(string key, long version)
    {
        var flights = StripeOf(key);
        lock (flights)
        {
            FenceFlight(flights, key, version);
            if (TryGet(key, out var kept) && kept.Version < version)
                _cache.Remove(key);
        }
    }

    /// <summary>Forgets everything; no load that has begun may be kept.</summary>
    public void Clear()
    {
        foreach (var flights in _stripes)
        {
            lock (flights)
            {
                foreach (var flight in flights.Values)
                    flight.Fence = long.MaxValue;
            }
        }

        _cache.Clear();
    }

    public void Dispose() => _cache.Dispose();

    private static void FenceFlight(Dictionary<string, Flight<T>> flights, string key, long version)
    {
        if (flights.TryGetValue(key, out var flight) && flight.Fence < version)
            flight.Fence = version;
    }

    /// <returns>False when a later load has taken the place of a fenced one.</returns>
    private static bool Remove(Dictionary<string, Flight<T>> flights, Flight<T> flight) =>
        flights.TryGetValue(flight.Key, out var present) && present == flight && flights.Remove(flight.Key);

    private void Keep(string key, T? value, long version, TimeSpan timeToLive)
    {
        if (TryGet(key, out var kept) && kept.Version > version)
            return;
        using var entry = _cache.CreateEntry(key);
        entry.Value = new MemoryEntry<T>(value, version);
        entry.Size = _codec.SizeOf(key, value);
        entry.AbsoluteExpirationRelativeToNow = CacheLifetimes.Jitter(timeToLive);
    }

    private Dictionary<string, Flight<T>> StripeOf(string key) => _stripes[(uint)string.GetHashCode(key, StringComparison.Ordinal) % Stripes];

    private sealed class CacheClock(TimeProvider clock) : ISystemClock
    {
        public DateTimeOffset UtcNow => clock.GetUtcNow();
    }
}
