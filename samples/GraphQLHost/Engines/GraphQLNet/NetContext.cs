namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>Carries the request through GraphQL.NET, whose only place for it is a dictionary, and the batches being collected.</summary>
internal sealed class NetContext(RequestContext request) : Dictionary<string, object?>(StringComparer.Ordinal)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, object> _open = [];

    public RequestContext Request { get; } = request;

    /// <summary>Puts a key into the batch of its loader that has not started yet.</summary>
    public BatchedValue<TKey, TValue> Enqueue<TKey, TValue>(BatchLoader<TKey, TValue> loader, TKey key)
        where TKey : notnull
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(loader, out var batch))
                _open.Add(loader, batch = new Batch<TKey, TValue>(this, loader));
            return ((Batch<TKey, TValue>)batch).Add(key);
        }
    }

    /// <summary>Closes a batch: keys that come later wait for the next one.</summary>
    public void Close(object loader)
    {
        lock (_lock)
            _open.Remove(loader);
    }
}
