namespace TraceTrack.LoadTest.Host;

/// <summary>What was scanned within the last hour, to draw from.</summary>
internal sealed class RecentList<T>(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset At, T Item)> _items = [];
    private int _first;

    public void Add(T item)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            _items.Add((now, item));
            while (_items[_first].At < now - Window)
                _first++;
            // Seldom, so that forgetting costs next to nothing.
            if (_first > _items.Count / 2)
            {
                _items.RemoveRange(0, _first);
                _first = 0;
            }
        }
    }

    public T Draw(Random random)
    {
        lock (_lock)
            return _items[random.Next(_first, _items.Count)].Item;
    }
}
