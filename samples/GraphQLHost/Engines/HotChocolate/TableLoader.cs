using GreenDonut;

namespace GraphQLHost.Engines.HotChocolate;

/// <summary>A HotChocolate data loader over an entry of the table. It keeps nothing: after a mutation the next field must see what it changed.</summary>
internal sealed class TableLoader<TKey, TValue>(BatchLoader<TKey, TValue> loader, RequestContext request, LevelDispatcher dispatcher)
    : DataLoaderBase<TKey, TValue>(dispatcher, new DataLoaderOptions { MaxBatchSize = 0, Cache = null })
    where TKey : notnull
{
    private int _waiting;

    /// <summary>Puts a key into the next batch; from then on the field that asked only waits.</summary>
    public Task<TValue?> EnqueueAsync(TKey key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        var value = LoadAsync(key, cancellationToken);
        dispatcher.End();
        return value;
    }

    protected override async ValueTask FetchAsync(
        IReadOnlyList<TKey> keys, Memory<Result<TValue?>> results, DataLoaderFetchContext<TValue> context, CancellationToken cancellationToken)
    {
        var waiting = Interlocked.Exchange(ref _waiting, 0);
        try
        {
            // Without a cache the same key may come more than once.
            var distinct = keys.Distinct().ToList();
            var values = await loader.LoadAsync(distinct, request);
            var places = new Dictionary<TKey, int>(distinct.Count);
            for (var i = 0; i < distinct.Count; i++)
                places.Add(distinct[i], i);
            for (var i = 0; i < keys.Count; i++)
                results.Span[i] = values[places[keys[i]]];
        }
        finally
        {
            // Counted as at work before they are: nothing may start between their values and what they do with them.
            dispatcher.Begin(waiting);
        }
    }
}
