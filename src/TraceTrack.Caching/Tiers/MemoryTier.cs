using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace TraceTrack.Caching;

/// <summary>
/// The first tier: values as they are, one private <see cref="MemoryCache"/> for each kind, keyed by the code's own string, within a budget
/// of bytes. It also holds the loads under way and the versions known to be written, because keeping a value, fencing a key and starting a
/// load must see one another.
/// </summary>
/// <remarks>
/// A hit takes no lock, reads no clock of its own and allocates nothing. Everything else about a key happens under one of 64 locks.
/// </remarks>
internal sealed partial class MemoryTier<T> : IDisposable
    where T : class
{
    private const int Stripes = 64;

    /// <summary>Bytes of the budget for which one floor may be kept.</summary>
    private const int BytesOfAFloor = 1024;

    /// <summary>Clocks of two processes may differ by this much before what one wrote into the second tier outlives what the other knows.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    private readonly CacheCodec<T> _codec;
    private readonly CacheTime _time;
    private readonly CacheLifetimes _lifetimes;
    private readonly MemoryCache _cache;
    private readonly MemoryStripe<T>[] _stripes = new MemoryStripe<T>[Stripes];
    private readonly ConcurrentQueue<string> _due = [];
    private long _looks;

    /// <param name="codec">The kind.</param>
    /// <param name="limitBytes">The budget.</param>
    /// <param name="lifetimes">How long entries live.</param>
    /// <param name="time">The time.</param>
    /// <param name="continuations">How those who wait for a load go on; a simulation has them go on at once.</param>
    public MemoryTier(
        CacheCodec<T> codec, long limitBytes, CacheLifetimes lifetimes, CacheTime time,
        TaskCreationOptions continuations = TaskCreationOptions.RunContinuationsAsynchronously)
    {
        (_codec, _lifetimes, _time, Continuations) = (codec, lifetimes, time, continuations);
        _cache = new(new MemoryCacheOptions { SizeLimit = limitBytes, Clock = new CacheClock(time), TrackStatistics = true });
        var mostFloors = (int)Math.Clamp(limitBytes / BytesOfAFloor / Stripes, 16, 1 << 20);
        for (var i = 0; i < Stripes; i++)
            _stripes[i] = new(mostFloors, lifetimes.Shared + lifetimes.Stale + ClockDifference, continuations);
    }

    /// <summary>How those who wait for a load go on.</summary>
    public TaskCreationOptions Continuations { get; }

    public long Count => _cache.Count;

    public long Bytes => _cache.GetCurrentStatistics()?.CurrentEstimatedSize ?? 0;

    /// <summary>Look-ups that were answered.</summary>
    public long Hits => Math.Max(0, (_cache.GetCurrentStatistics()?.TotalHits ?? 0) - Interlocked.Read(ref _looks));

    public bool TryGet(string key, [NotNullWhen(true)] out MemoryEntry<T>? entry)
    {
        if (_cache.TryGetValue(key, out var found))
        {
            entry = (MemoryEntry<T>)found!;
            if (_time.Now < entry.LooksAt || IsStillGood(key, entry))
                return true;
            Interlocked.Increment(ref _looks);
        }

        entry = null;
        return false;
    }

    /// <summary>Joins the load of a key that is under way, or begins one, unless the key has been kept since the caller looked.</summary>
    /// <param name="key">The key.</param>
    /// <param name="begun">True when the caller must load it, and land or fail the flight.</param>
    public Flight<T> Join(string key, out bool begun)
    {
        var stripe = StripeOf(key);
        lock (stripe)
        {
            if (Peek(key) is { } kept && !kept.HasEnded(_time.Now))
            {
                begun = false;
                return Flight<T>.Landed(key, kept.Value, stripe);
            }

            // A fenced load may end with the value of before the fence; who asks only now must not get that.
            ref var flight = ref CollectionsMarshal.GetValueRefOrAddDefault(stripe.Flights, key, out _);
            if (flight is { IsFenced: false } && !flight.HasEnded(_time.Now))
            {
                begun = false;
                return flight;
            }

            begun = true;
            return flight = new(key, stripe);
        }
    }

    /// <summary>What the second tier has given and memory is about to keep.</summary>
    public bool TryGetAnswered(string key, out T? value)
    {
        var stripe = StripeOf(key);
        lock (stripe)
        {
            var isAnswered = stripe.Flights.TryGetValue(key, out var flight) && flight.IsAnswered && !flight.HasEnded(_time.Now);
            value = isAnswered ? flight!.Result : null;
            return isAnswered;
        }
    }

    /// <summary>Begins loads of keys that were asked for shortly before their end, while everybody is still answered.</summary>
    public List<Flight<T>> BeginRefresh(int most)
    {
        var begun = new List<Flight<T>>();
        while (begun.Count < most && _due.TryDequeue(out var key))
        {
            var stripe = StripeOf(key);
            lock (stripe)
            {
                if (Peek(key) is not null && !stripe.Flights.ContainsKey(key))
                    begun.Add(stripe.Flights[key] = new(key, stripe));
            }
        }

        return begun;
    }

    /// <summary>Ends a load that the second tier has answered: keeps its value unless something newer is known by now. Any other load goes on.</summary>
    public void KeepAnswered(Flight<T> flight)
    {
        if (flight.EndsAt is not { } endsAt)
            return;
        var stripe = flight.Stripe;
        lock (stripe)
            LandIn(stripe, flight, flight.Result, flight.Version, endsAt, isTruth: false);
    }

    /// <summary>Ends a load with what the store has: answers all who wait, and keeps the value unless something newer is known.</summary>
    /// <param name="flight">The load.</param>
    /// <param name="value">What it found.</param>
    /// <param name="version">Its version; 0 for absence.</param>
    /// <param name="endsAt">The end of its life.</param>
    /// <returns>False when what was loaded is already known to be old.</returns>
    public bool Land(Flight<T> flight, T? value, long version, DateTimeOffset endsAt)
    {
        var stripe = flight.Stripe;
        bool isCurrent;
        lock (stripe)
            isCurrent = LandIn(stripe, flight, value, version, endsAt, isTruth: value is null);

        flight.Land(value);
        return isCurrent;
    }

    /// <summary>Ends a load whose store failed with what memory had before, within the time that allows for it.</summary>
    public bool TryLandStale(Flight<T> flight)
    {
        T? stale;
        var stripe = flight.Stripe;
        lock (stripe)
        {
            if (_lifetimes.Stale == TimeSpan.Zero || Peek(flight.Key) is not { Value: { } value } kept || kept.Version < flight.Fence)
                return false;
            stale = value;
            stripe.Remove(flight);
        }

        flight.Land(stale);
        return true;
    }

    public void Dispose() => _cache.Dispose();

    /// <summary>What a hit does at most twice in an entry's life: see whether it has ended, or have it refreshed.</summary>
    private bool IsStillGood(string key, MemoryEntry<T> entry)
    {
        if (entry.HasEnded(_time.Now))
            return false;
        if (entry.TryClaimRefresh())
            _due.Enqueue(key);
        return true;
    }

    private bool LandIn(MemoryStripe<T> stripe, Flight<T> flight, T? value, long version, DateTimeOffset endsAt, bool isTruth)
    {
        // One that a fence has made others leave no longer hears of fences, so it cannot tell any more whether its value is old.
        if (!stripe.Remove(flight) || version < flight.Fence)
            return false;
        Keep(flight.Key, value, version, endsAt, isTruth);
        return true;
    }

    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="version">Its version.</param>
    /// <param name="endsAt">The end of its life.</param>
    /// <param name="isTruth">Absence has no version that could be compared: when the store finds nothing, there is nothing.</param>
    /// <returns>False when it is not kept.</returns>
    private bool Keep(string key, T? value, long version, DateTimeOffset endsAt, bool isTruth)
    {
        var now = new DateTimeOffset(_time.Now, TimeSpan.Zero);
        var left = endsAt - now;
        if (_time.Longest < left)
            left = _time.Longest;
        // Whoever looks sees the time a step late.
        left -= CacheTime.Step;
        if (left <= TimeSpan.Zero || (!isTruth && Peek(key) is { } kept && kept.Version > version && !kept.HasEnded(_time.Now)))
            return false;
        var refreshAt = _lifetimes.IsRefreshed && value is not null ? now + (left * CacheLifetimes.RefreshedAfter) : DateTimeOffset.MaxValue;
        using var entry = _cache.CreateEntry(key);
        entry.Value = new MemoryEntry<T>(value, version, (now + left).UtcTicks, refreshAt.UtcTicks);
        entry.Size = _codec.SizeOf(key, value);
        entry.AbsoluteExpiration = now + left + (value is null ? TimeSpan.Zero : _lifetimes.Stale);
        return true;
    }

    /// <summary>What is there, whether it has ended or not.</summary>
    private MemoryEntry<T>? Peek(string key)
    {
        if (!_cache.TryGetValue(key, out var found))
            return null;
        Interlocked.Increment(ref _looks);
        return (MemoryEntry<T>)found!;
    }

    private MemoryStripe<T> StripeOf(string key) => _stripes[(uint)string.GetHashCode(key, StringComparison.Ordinal) % Stripes];

    // MemoryCache asks for the time at each look-up.
    private sealed class CacheClock(CacheTime time) : ISystemClock
    {
        public DateTimeOffset UtcNow => new(time.Now, TimeSpan.Zero);
    }
}
