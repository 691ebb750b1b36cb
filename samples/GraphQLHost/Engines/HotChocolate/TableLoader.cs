using GreenDonut;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>A key that one field waits for. No two are equal, so that a batch has as many as fields wait for it.</summary>
internal sealed class Wanted<TKey>(TKey key)
{
    public TKey Key { get; } = key;
}

/// <summary>A HotChocolate data loader over an entry of the table. It keeps nothing: after a mutation the next field must see what it changed.</summary>
internal sealed class TableLoader<TKey, TValue>(BatchLoader<TKey, TValue> loader, RequestContext request, LevelDispatcher dispatcher)
    : DataLoaderBase<Wanted<TKey>, TValue>(dispatcher, new DataLoaderOptions { MaxBatchSize = 0, Cache = null })
    where TKey : notnull
{
    /// <summary>Puts a key into the next batch; from then on the field that asked only waits.</summary>
    public Task<TValue?> EnqueueAsync(TKey key, CancellationToken cancellationToken)
    {
        var value = LoadAsync(new Wanted<TKey>(key), cancellationToken);
        dispatcher.End();
        return value;
    }

    protected override async ValueTask FetchAsync(
        IReadOnlyList<Wanted<TKey>> keys, Memory<Result<TValue?>> results, DataLoaderFetchContext<TValue> context, CancellationToken cancellationToken)
    {
        try
        {
            var distinct = new List<TKey>(keys.Count);
            var places = new Dictionary<TKey, int>(keys.Count);
            foreach (var wanted in keys)
            {
                if (places.TryAdd(wanted.Key, distinct.Count))
                    distinct.Add(wanted.Key);
            }

            var values = await loader.LoadAsync(distinct, request);
            for (var i = 0; i < keys.Count; i++)
                results.Span[i] = values[places[keys[i].Key]];
        }
        finally
        {
            // Counted as at work before they are: nothing may start between their values and what they do with them.
            dispatcher.Begin(keys.Count);
        }
    }
}
