using GraphQL.DataLoader;

namespace GraphQLHost.Engines.GraphQLNet;

/// <summary>
/// Keys of one loader, collected while GraphQL.NET resolves a level. It asks for the first value only when the level has
/// nothing else to do; that starts the load for all.
/// </summary>
internal sealed class Batch<TKey, TValue>(NetContext context, BatchLoader<TKey, TValue> loader)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly List<TKey> _keys = [];
    private readonly Dictionary<TKey, int> _places = [];
    private Task<IReadOnlyList<TValue>>? _load;

    public BatchedValue<TKey, TValue> Add(TKey key)
    {
        if (!_places.TryGetValue(key, out var place))
        {
            place = _keys.Count;
            _keys.Add(key);
            _places.Add(key, place);
        }

        return new(this, place);
    }

    public async Task<object?> ValueAsync(int place) => (await LoadAsync())[place];

    private Task<IReadOnlyList<TValue>> LoadAsync()
    {
        context.Close(loader);
        lock (_lock)
            return _load ??= loader.LoadAsync(_keys, context.Request).AsTask();
    }
}

/// <summary>A value that is on its way. Returned, not awaited, by the resolver: awaiting would load one value at a time.</summary>
internal sealed class BatchedValue<TKey, TValue>(Batch<TKey, TValue> batch, int place) : IDataLoaderResult
    where TKey : notnull
{
    // The load is cancelled through the request; every value of a batch has the same.
    public Task<object?> GetResultAsync(CancellationToken cancellationToken = default) => batch.ValueAsync(place);
}
