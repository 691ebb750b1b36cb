namespace TraceTrack.Caching;

/// <summary>
/// What must be seen together about some keys: the loads under way, and the versions that this process knows to be written. Its own lock
/// guards it.
/// </summary>
/// <remarks>
/// A floor is the lowest version of a key that may be believed: it was written here, or another process said so. It is kept in two
/// generations for as long as anything older may still be somewhere; beyond the limit keys are given up, and one floor stands for all of them.
/// </remarks>
internal sealed class MemoryStripe<T>(int mostFloors, TimeSpan generation, TaskCreationOptions continuations)
    where T : class
{
    private Dictionary<string, long> _floors = new(StringComparer.Ordinal);
    private Dictionary<string, long> _olderFloors = new(StringComparer.Ordinal);
    private long _floorOfAll;
    private long _olderFloorOfAll;
    private DateTimeOffset _begunAt;
    private int _mostMore;

    public Dictionary<string, Flight<T>> Flights { get; } = new(StringComparer.Ordinal);

    /// <summary>How those who wait for a load go on.</summary>
    public TaskCreationOptions Continuations => continuations;

    /// <returns>False when a later load has taken the place of a fenced one.</returns>
    public bool Remove(Flight<T> flight) => Flights.TryGetValue(flight.Key, out var present) && present == flight && Flights.Remove(flight.Key);

    /// <summary>The lowest version that this process wrote or heard of itself.</summary>
    public long FloorOf(string key) => Math.Max(_floors.GetValueOrDefault(key), _olderFloors.GetValueOrDefault(key));

    /// <summary>As <see cref="FloorOf"/>, also when the key itself was given up.</summary>
    public long CarefulFloorOf(string key) => Math.Max(FloorOf(key), Math.Max(_floorOfAll, _olderFloorOfAll));

    public void Raise(string key, long version, DateTimeOffset now)
    {
        if (now - _begunAt >= generation)
        {
            (_olderFloors, _olderFloorOfAll) = (_floors, _floorOfAll);
            (_floors, _floorOfAll, _begunAt, _mostMore) = (new(StringComparer.Ordinal), 0, now, 0);
        }

        if (_floors.GetValueOrDefault(key) >= version)
            return;
        _floors[key] = version;
        if (_floors.Count > mostFloors + _mostMore)
            GiveUp();
    }

    /// <summary>One floor for all keys; but that of an ended session is the highest number there is, and must not stand for others.</summary>
    private void GiveUp()
    {
        foreach (var (key, floor) in _floors.Where(static floor => floor.Value < CacheFence.Unknown).ToArray())
        {
            _floorOfAll = Math.Max(_floorOfAll, floor);
            _floors.Remove(key);
        }

        _mostMore = _floors.Count;
    }
}
