namespace TraceTrack.Caching.Simulation;

/// <summary>The states that a key had in the store, each current until the next.</summary>
internal sealed class KeyHistory(object? first, long since)
{
    private readonly List<State> _states = [new(0, since, first, null)];

    public State Last => _states[^1];

    public void Add(long number, long at, object? value, WriteOperation write) => _states.Add(new(number, at, value, write));

    /// <summary>Whether a value was current at some moment since a state with this number, or a later one, became current.</summary>
    public bool WasCurrentSince(long number, object? value)
    {
        for (var i = _states.Count - 1; i >= 0; i--)
        {
            if (Equals(_states[i].Value, value))
                return true;
            if (_states[i].Number <= number)
                return false;
        }

        return false;
    }

    /// <summary>The number of the last state that nobody may be behind any more.</summary>
    public long LastThat(Func<State, bool> isDue)
    {
        for (var i = _states.Count - 1; i > 0; i--)
        {
            if (isDue(_states[i]))
                return _states[i].Number;
        }

        return 0;
    }

    /// <summary>The number of the state with this value; 0 when there was none.</summary>
    public long NumberOf(object? value) => _states.FindLast(state => Equals(state.Value, value))?.Number ?? 0;

    /// <param name="Number">Counts the writes to the store.</param>
    /// <param name="At">When it became current.</param>
    /// <param name="Value">The row, a text for a search, a text for a session; null for none.</param>
    /// <param name="Write">Who brought it.</param>
    internal sealed record State(long Number, long At, object? Value, WriteOperation? Write);
}
