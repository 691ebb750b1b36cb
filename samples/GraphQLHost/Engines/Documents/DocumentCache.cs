using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace GraphQLHost.Engines;

/// <summary>
/// Documents that were parsed, validated and executed once. Two generations: when the young one is full it becomes the old one,
/// and what is still asked for moves back; so the least used go, at the price of a dictionary look-up.
/// </summary>
internal sealed class DocumentCache<TDocument>(int capacity)
    where TDocument : class
{
    private readonly Lock _lock = new();
    private readonly int _generation = (capacity + 1) / 2;
    private ConcurrentDictionary<string, TDocument> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, TDocument> _old = new(StringComparer.Ordinal);
    private int _count;

    public bool TryGet(string query, [NotNullWhen(true)] out TDocument? document)
    {
        if (_young.TryGetValue(query, out document))
            return true;
        if (!_old.TryGetValue(query, out document))
            return false;
        Add(query, document);
        return true;
    }

    public void Add(string query, TDocument document)
    {
        if (_generation == 0)
            return;
        lock (_lock)
        {
            if (!_young.TryAdd(query, document) || ++_count < _generation)
                return;
            (_old, _young, _count) = (_young, new(StringComparer.Ordinal), 0);
        }
    }
}
