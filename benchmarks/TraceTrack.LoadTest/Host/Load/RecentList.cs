namespace TraceTrack.LoadTest.Host;

/// <summary>What was scanned within the last hour, to draw from.</summary>
/// <param name="most">
/// Of an hour at the fixed rate. It is counted and not timed, so that an hour's work can be done in minutes, and each hour after it is like the one before.
/// </param>
internal sealed class RecentList<T>(int most)
{
    private readonly Lock _lock = new();
    private readonly List<T> _items = [];
    private int _oldest;

    public void Add(T item)
    {
        lock (_lock)
        {
            if (_items.Count < most)
            {
                _items.Add(item);
                return;
            }

            _items[_oldest] = item;
            _oldest = (_oldest + 1) % most;
        }
    }

    public T Draw(Random random)
    {
        lock (_lock)
            return _items[random.Next(_items.Count)];
    }
}
